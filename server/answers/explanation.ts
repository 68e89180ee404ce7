import type {
  GrantResult,
  Layer,
  LayerOutcome,
  LayerResult,
  StatementResult,
} from '../../simulator/access/decision.ts';
import type { Path } from '../../simulator/json/place.ts';
import type { Truth } from '../../simulator/policy/truth.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Answer } from './ask.ts';
import { grantCheckInWords } from './element-words.ts';
import { writeRemedy } from './remedy-report.ts';
import {
  because,
  callerArn,
  callerInWords,
  elementInWords,
  keyInWords,
  layerNames,
  needsInWords,
  statementName,
} from './words.ts';
import { type Piece, type Report, ReportWriter } from './writer.ts';

/** Where documents stand, for names and links. */
export interface Documents {
  /** The documents of the decision by the name that its places carry. */
  get(document: string): SourceDocument | undefined;
  /** A document's name for people. */
  nameOf(document: string): string;
  /** What carries out one of the proposed changes when it is clicked. Left out: nothing can be clicked. */
  applying?(proposal: number): string;
  /** What shows the decision layer by layer when it is clicked. Left out: nothing does. */
  readonly following?: string | undefined;
}

/** The readable form of a decision: every layer, every statement that was looked at, every element that failed. */
export function explain(answer: Answer, documents: Documents): Report {
  return new Explanation(answer, documents).write();
}

const marks: Readonly<Record<'true' | 'false' | 'unknown', string>> = { true: '✓', false: '✗', unknown: '?' };
const mark = (truth: Truth): string => marks[`${truth}`];

const outcomes: Readonly<Record<LayerOutcome, readonly [mark: string, words: string]>> = {
  allows: ['✓', 'lets the request in'],
  delegates: ['→', 'hands the decision to the identity policies of the account'],
  denies: ['✗', 'denies the request'],
  silent: ['✗', 'has no statement that lets the request in'],
  depends: ['?', 'hangs on something that is not known'],
  'not-given': ['?', 'nobody gave them'],
  'not-applicable': ['–', 'have no say here'],
};

class Explanation {
  private readonly out = new ReportWriter();
  private readonly answer: Answer;
  private readonly documents: Documents;

  constructor(answer: Answer, documents: Documents) {
    this.answer = answer;
    this.documents = documents;
  }

  write(): Report {
    const { decision, request } = this.answer;
    this.out.title(`${decision.verdict.toUpperCase()}: kms:${request.action}`);
    this.out.table([
      ['who', callerArn(request.caller), ` (${callerInWords(request.caller)})`],
      ['does', `kms:${request.action}`],
      ['on', keyInWords(request)],
      ...Object.entries(request.encryptionContext ?? {}).map(
        ([name, value], index) => [index === 0 ? 'context' : '', `${name} = ${value}`] as const,
      ),
      ...Object.entries(request.context ?? {}).map(([name, value]) => ['with', `${name} = ${String(value)}`] as const),
      ...(request.via ? [['via', request.via] as const] : []),
    ]);
    this.out.heading('Why');
    this.out.line(`  ${because(decision, request).replaceAll('`', '')}.`);
    this.deciding();
    const { following } = this.documents;
    if (following) this.out.line('  ▸ ', { text: 'Follow it layer by layer', target: following });
    const needs = needsInWords(decision);
    if (needs.length > 1) for (const need of needs) this.out.line(`  ? ${need.replaceAll('`', '')}`);
    if (decision.assumed.length > 0) {
      this.out.heading('Taken for granted');
      for (const { text } of decision.assumed) this.out.line(`  • ${text}`);
    }
    writeRemedy(this.out, this.answer, this.documents);
    this.out.heading('Layer by layer');
    for (const layer of decision.layers) this.layer(layer);
    return this.out.report();
  }

  /** Where to look first. */
  private deciding(): void {
    const { deciding, grant } = this.answer.decision;
    if (deciding) {
      const { document, statement } = deciding;
      this.out.line(
        '  → ',
        this.link(statementName(deciding), document, statement.path),
        ...this.where(document, statement.path),
      );
    } else if (grant) {
      const { document, path = [] } = grant.grant.place ?? {};
      this.out.line('  → Grant ', this.link(grant.grant.name, document, path), ...this.where(document, path));
    }
  }

  private layer(result: LayerResult): void {
    const { layer, outcome, statements } = result;
    this.out.line(`${outcomes[outcome][0]} ${layerNames[layer]}: ${outcomeInWords(layer, outcome)}`);
    for (const { target, outcome: ofLevel } of result.levels ?? [])
      this.out.line(`  ${outcomes[ofLevel][0]} ${target}: ${outcomeInWords(layer, ofLevel)}`);
    for (const statement of statements) this.statement(statement);
    for (const grant of result.grants ?? []) this.grant(grant);
    const others = this.othersOf(result);
    if (others > 0) {
      const speak = others === 1 ? '1 other statement says' : `${others} other statements say`;
      this.out.line(`    ${speak} nothing about kms:${this.answer.request.action}`);
    }
    this.out.line();
  }

  private statement(result: StatementResult): void {
    const { statement, matched, document } = result;
    const effect = statement.effect ?? 'unreadable';
    this.out.line(
      `  ${mark(matched)} ${effect} `,
      this.link(statementName(result), document, statement.path),
      ...this.where(document, statement.path),
    );
    for (const element of result.elements) {
      if (matched === true && element.matched === true && element.element === 'Action') continue;
      const words = elementInWords(element, this.answer.request.caller).replaceAll('`', '');
      this.out.line(
        `      ${mark(element.matched)} `,
        this.link(element.element, document, element.place.path),
        `: ${words}`,
      );
    }
  }

  private grant({ grant, matched, checks }: GrantResult): void {
    const { document, path = [] } = grant.place ?? {};
    this.out.line(`  ${mark(matched)} Grant `, this.link(grant.name, document, path), ...this.where(document, path));
    for (const check of checks)
      this.out.line(`      ${mark(check.matched)} ${check.part}: ${grantCheckInWords(check).replaceAll('`', '')}`);
  }

  /** ` (orders.key-policy.json:12)`, a link of its own. */
  private where(document: string | undefined, path: Path): Piece[] {
    const source = document === undefined ? undefined : this.documents.get(document);
    if (document === undefined || !source) return [];
    const { start } = source.rangeOf({ path });
    return ['  ', this.link(`${this.documents.nameOf(document)}:${start.line + 1}`, document, path)];
  }

  private link(text: string, document: string | undefined, path: Path): Piece {
    const source = document === undefined ? undefined : this.documents.get(document);
    if (!source) return text;
    const { start } = source.rangeOf({ path });
    return { text, target: `${source.uri}#L${start.line + 1},${start.character + 1}` };
  }

  private othersOf({ layer, statements }: LayerResult): number {
    if (layer !== 'key-policy') return 0;
    const document = statements[0]?.document;
    const source = document === undefined ? undefined : this.documents.get(document);
    return source ? (source.policy?.policy.statements.length ?? 0) - statements.length : 0;
  }
}

/** The layers that are one policy each; the others are several. */
const ONE_POLICY: ReadonlySet<Layer> = new Set<Layer>(['key-policy', 'vpc-endpoint-policy', 'permissions-boundary']);

/** The layers that let nobody in, and only narrow what others grant. */
const FILTERS: ReadonlySet<Layer> = new Set<Layer>([
  'scp',
  'rcp',
  'vpc-endpoint-policy',
  'permissions-boundary',
  'session-policy',
]);

/** What a layer does, as the end of a sentence about it. */
export function outcomeInWords(layer: Layer, outcome: LayerOutcome): string {
  const [, plain] = outcomes[outcome];
  const words = FILTERS.has(layer) ? plain.replace('the request in', 'the request pass') : plain;
  if (ONE_POLICY.has(layer))
    return words.replace(/^nobody gave them$/, 'nobody gave it').replace(/^have no say/, 'has no say');
  return words
    .replace(/^lets /, 'let ')
    .replace(/^hands /, 'hand ')
    .replace(/^denies /, 'deny ')
    .replace(/^has no statement that lets/, layer === 'grant' ? 'none of them lets' : 'have no statement that lets')
    .replace(/^hangs /, 'hang ');
}
