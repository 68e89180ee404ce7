import type { JsonNode, JsonObject } from '../../simulator/json/node.ts';
import type { JsonProblem } from '../../simulator/json/parse.ts';
import type { Path, Place } from '../../simulator/json/place.ts';
import type {
  ActionItem,
  Condition,
  Item,
  PolicyDocument,
  PrincipalItem,
  Statement,
} from '../../simulator/policy/document.ts';
import type { Grant, GrantDocument } from '../../simulator/policy/grant.ts';
import type { ScenarioOutline } from '../../simulator/scenario/outline.ts';
import type { DocumentEdit } from '../documents/edits.ts';
import type { DocumentKind, KindAnswer } from '../documents/kinds.ts';
import type { PolicySource, SourceDocument, Span } from '../documents/source.ts';
import type { SpannedText, SuppressionComment } from './suppress/comment.ts';

/**
 * What a rule is about decides how grave its findings are:
 * `invalid`, AWS rejects it or it can never have an effect; `exposure`, it lets in more than it seems to;
 * `suspicious`, it works, but not as meant; `hardening`, it works and could be tighter; `style`, a matter of taste.
 */
export type RuleGroup = 'invalid' | 'exposure' | 'suspicious' | 'hardening' | 'style';

/** How programs file findings: those about who gets in are about security. */
export function tagsOf({ group }: Rule): readonly string[] {
  return group === 'exposure' || group === 'hardening' ? ['security'] : [];
}

export type Severity = 'error' | 'warning' | 'information';

export const severityOfGroup: Readonly<Record<RuleGroup, Severity>> = {
  invalid: 'error',
  exposure: 'warning',
  suspicious: 'warning',
  hardening: 'information',
  style: 'information',
};

/** One diagnostic: what it reports, and how it is mended. Its id is its file's name. */
export interface Rule {
  readonly id: string;
  readonly group: RuleGroup;
  /** The kinds of document it applies to. A document of unknown kind is checked by the rules that apply to all it may be. */
  readonly kinds: readonly DocumentKind[];
  /**
   * Rules that speak alone where both would report the same fault: a finding of this rule is dropped where one of theirs
   * touches its characters.
   */
  readonly yieldsTo?: readonly string[];
  /** Off unless somebody switches it on, because what it finds is a matter of how a team works. */
  readonly optIn?: boolean;
  /** It judges what a document as a whole lacks, so a fragment or a test of one statement would trip it. */
  readonly aboutWhole?: boolean;
  /** One line for lists: `an action that AWS KMS does not have`. */
  readonly title: string;
  /** Called once for each part of its kind, in the order of the text. */
  readonly check: RuleChecks;
}

/** A rule as people read about it. Programs load this apart from its check: scripts/build/rule-parts.mjs. */
export interface DocumentedRule extends Omit<Rule, 'check'> {
  readonly documentation: RuleDocumentation;
}

/** Plain sentences in Markdown; code in backticks. Pages, hovers and `kms-lens explain` are made from them. */
export interface RuleDocumentation {
  /** What it reports. */
  readonly what: string;
  /** Why that matters: what AWS does with such a document. */
  readonly why: string;
  /** What it knows of and does not report. */
  readonly spares?: string;
  /** A document that gets exactly this finding, once. */
  readonly bad: Example;
  /** The same, mended: no finding of any rule. */
  readonly good: Example;
  /** Where AWS says so. */
  readonly sources: readonly Source[];
}

export interface Example {
  /** A file name that gives the kind: `orders.key-policy.json`. */
  readonly file: string;
  readonly text: string;
  /** What is known of its key, for rules that need to know. */
  readonly facts?: DocumentFacts;
}

export interface Source {
  readonly title: string;
  readonly url: string;
}

export interface RuleChecks {
  /** The problems of a JSON text that has some, the policy's inside get-key-policy output included. */
  syntax?(broken: BrokenJson, context: RuleContext): void;
  /** Every object of the document, policy or not; what a later member of the same name overrides is left out. */
  object?(object: LocatedObject, context: RuleContext): void;
  policy?(policy: PolicyDocument, context: RuleContext): void;
  statement?(statement: Statement, context: RuleContext): void;
  action?(action: ActionItem, statement: Statement, context: RuleContext): void;
  resource?(resource: Item, statement: Statement, context: RuleContext): void;
  principal?(principal: PrincipalItem, statement: Statement, context: RuleContext): void;
  condition?(condition: Condition, statement: Statement, context: RuleContext): void;
  /** All grants of a document of grants together, before each of them. */
  grants?(grants: GrantDocument, context: RuleContext): void;
  /** Each grant of a document of grants: the input of CreateGrant, an entry of ListGrants' output, or one of a list. */
  grant?(grant: Grant, context: RuleContext): void;
  /** What a scenario says, once for the document. */
  scenario?(scenario: ScenarioOutline, context: RuleContext): void;
  /** Each comment that is meant to suppress findings, once all others are known. */
  suppression?(comment: UsedComment, context: RuleContext): void;
}

/** What somebody told about the key of a document: `.kms-lens.json`, a setting or the scenarios that use it. */
export interface DocumentFacts {
  /** The account that owns the key. */
  readonly account?: string;
  readonly keySpec?: string;
  readonly keyUsage?: string;
  /** The policy of the key, for documents that are about the key and are not its policy. */
  readonly keyPolicy?: PolicyDocument;
  /** For the policy of a multi-Region key: its other keys, the primary among them. */
  readonly replicas?: readonly ReplicaFact[];
  /** For identity policies: the policies of keys, by the ARNs of these; undefined where there is one that was not read. */
  readonly keyPolicies?: ReadonlyMap<string, PolicyDocument | undefined>;
  /**
   * Why files that a scenario names cannot be used, by the path as it is written: `cannot be read: mend the path or add the
   * file`. What has not been looked at yet is not in here.
   */
  readonly unusableFiles?: ReadonlyMap<string, string>;
}

/** A key with the same id in another Region. */
export interface ReplicaFact {
  /** What it is called. */
  readonly name: string;
  readonly region: string;
  /** The Region of the key whose policy is looked at. */
  readonly ownRegion: string;
  readonly policy: PolicyDocument;
}

/** A comment that is meant to suppress findings, with what came of it. */
export interface UsedComment extends SuppressionComment {
  /** Those of its names that no rule has. */
  readonly unknown: readonly SpannedText[];
  /** Those of its names whose rule ran and found nothing there. */
  readonly unused: readonly SpannedText[];
}

export interface BrokenJson {
  /** The text they were found in: the document's, or that of the policy inside get-key-policy output. */
  readonly text: string;
  readonly problems: readonly JsonProblem[];
  /** True for the text of a policy inside get-key-policy output, whose syntax no JSON service looks at. */
  readonly embedded: boolean;
  /** An offset into `text` as an offset into the document. */
  outer(offset: number): number;
}

export interface LocatedObject {
  readonly node: JsonNode & { readonly type: 'object' };
  readonly path: Path;
  readonly embedded: boolean;
}

export interface RuleContext {
  readonly document: SourceDocument;
  readonly kind: KindAnswer;
  /** The policy's `Version`; undefined where it has none. */
  readonly version: string | undefined;
  /** What is known of the key, its account and its callers beside the document. */
  readonly facts: DocumentFacts;
  /** The policy being checked with its text; undefined as `policy` is. In a scenario one of those that stand in it. */
  readonly source: PolicySource | undefined;
  /** The policy being checked; undefined for grants, scenarios and broken texts. */
  readonly policy: PolicyDocument | undefined;
  /** The ids of all rules there are. */
  readonly ruleIds: readonly string[];
  /**
   * Whether the text of an object is broken on its own floor, so that it may lack a member only because it could not be
   * read. What is broken inside its members does not count.
   */
  isBroken(object: JsonObject): boolean;
  /** A finding on characters that are no JSON is dropped, unless it comes from the rule that reports just that. */
  report(finding: Finding): void;
}

/** What a rule found. `message`, `why` and `next` are shown together: lower case, user text in backticks, no final stop. */
export interface Finding {
  /** A place, or for broken JSON, which has no places, the characters of the document. */
  readonly at: Place | Span;
  /** What is wrong. */
  readonly message: string;
  /** Why it matters here. */
  readonly why?: string;
  /** What to do next. */
  readonly next?: string;
  /** Only where the catalogue lets a condition of the case decide; otherwise the group does. */
  readonly severity?: Severity;
  /** Other places that belong to the fault. */
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  /** Or what makes them, where that costs something: most documents are checked without anybody asking for fixes. */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
  /** Crossed out or faded in the editor. */
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
}

/** How a finding is mended: nothing where nobody can tell. */
export function fixesOf(finding: Finding | undefined): readonly Fix[] {
  const fixes = finding?.fixes ?? [];
  return typeof fixes === 'function' ? fixes() : fixes;
}

export interface Fix {
  /** An imperative: ``change to `kms:Decrypt` ``. */
  readonly title: string;
  /**
   * A safe fix removes the finding, keeps the document valid, changes no decision it does not mean to change and does
   * nothing when applied again. Only safe fixes are applied in bulk.
   */
  readonly safe: boolean;
  /** What is left for the user to fill in is marked with `hole` (server/rules/holes.ts); such a fix is never safe. */
  readonly edits: readonly (DocumentEdit | SpanEdit)[];
}

/** For broken JSON, which has no places: replaces characters of the document, whatever they are. */
export interface SpanEdit {
  readonly op: 'span';
  readonly span: Span;
  readonly text: string;
}

/** Gives a rule its types; the registry checks that the id is the file's name. */
export function rule(definition: Rule & DocumentedRule): Rule & DocumentedRule {
  return definition;
}
