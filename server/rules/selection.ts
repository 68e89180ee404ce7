import type { DocumentKind } from '../documents/kinds.ts';
import type { Rule, RuleChecks, Severity } from './rule.ts';

export type Severities = Readonly<Record<string, Severity | 'off'>>;

/** A rule that runs, and which of them it is. */
export interface Listener {
  readonly rule: Rule;
  readonly position: number;
}

/** The rules that run, and for each part of a document those that ask for it. */
export interface Selection extends Readonly<Record<keyof RuleChecks, readonly Listener[]>> {
  /** Two selections with the same ids are the same. */
  readonly ids: string;
}

function selectionOf(all: readonly Rule[]): Selection {
  const listeners = all.map((rule, position): Listener => ({ rule, position }));
  return { ids: all.map(({ id }) => id).join(' '), ...byPart(listeners) };
}

/** The same for some of the rules. */
export function narrowed({ ids, ...parts }: Selection, rules: ReadonlySet<Rule>): Selection {
  const listeners = new Set(Object.values(parts).flat());
  return { ids, ...byPart([...listeners].filter(({ rule }) => rules.has(rule))) };
}

function byPart(listeners: readonly Listener[]): Omit<Selection, 'ids'> {
  const asking = (part: keyof RuleChecks) => listeners.filter(({ rule }) => rule.check[part] !== undefined);
  return {
    syntax: asking('syntax'),
    object: asking('object'),
    policy: asking('policy'),
    statement: asking('statement'),
    action: asking('action'),
    resource: asking('resource'),
    principal: asking('principal'),
    condition: asking('condition'),
    grants: asking('grants'),
    grant: asking('grant'),
    scenario: asking('scenario'),
    suppression: asking('suppression'),
  };
}

/** Whether a rule runs at all under these severities. */
export function isOn({ id, optIn }: Rule, severities: Severities | undefined): boolean {
  const chosen = severities?.[id];
  return chosen === undefined ? optIn !== true : chosen !== 'off';
}

/** The rules for documents that may be of these kinds. After a keystroke they are those of the keystrokes before. */
export function rulesFor(
  rules: readonly Rule[],
  candidates: readonly DocumentKind[],
  severities: Severities | undefined,
): Selection {
  const asked = `${candidates.join(' ')} ${JSON.stringify(severities)}`;
  const known = recent.get(rules) ?? new Map<string, Selection>();
  recent.set(rules, known);
  const kept = known.get(asked);
  if (kept) return kept;
  const applies = ({ kinds }: Rule): boolean =>
    0 < candidates.length && candidates.every((kind) => kinds.includes(kind));
  const selection = selectionOf(rules.filter((rule) => isOn(rule, severities) && applies(rule)));
  if (MOST_KEPT <= known.size) known.clear();
  known.set(asked, selection);
  return selection;
}

const recent = new WeakMap<readonly Rule[], Map<string, Selection>>();

/** One for each kind of document, and some for other severities. */
const MOST_KEPT = 16;
