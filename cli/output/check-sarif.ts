import { createHash } from 'node:crypto';
import type { SourceDocument } from '../../server/documents/source.ts';
import type { Knowledge } from '../../server/knowledge/index.ts';
import type { Range } from '../../server/protocol.ts';
import { type Diagnostic, fullMessage, type Suppressed } from '../../server/rules/diagnostic.ts';
import { textEditsOf } from '../../server/rules/fixes.ts';
import { type Fix, fixesOf, type Rule, type Severity, severityOfGroup } from '../../server/rules/rule.ts';
import { HOMEPAGE, ruleUrl } from '../../server/rules/url.ts';
import type { CheckedFile } from '../verbs/check.ts';

export interface SarifOptions {
  readonly version: string;
  readonly knowledge: Knowledge;
  /** What went wrong with files, as people were told. */
  readonly failures: readonly string[];
}

/**
 * SARIF 2.1.0, as code scanning services read it: one run with the rules that reported something, a result for each finding
 * with its fixes, and what is suppressed marked as such.
 * Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
 */
export function checkSarif(files: readonly CheckedFile[], { version, knowledge, failures }: SarifOptions): object {
  const rules = usedRules(files);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const results = files.flatMap((file) => resultsOf(file, indexes));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'KMS Lens',
            semanticVersion: version,
            informationUri: HOMEPAGE,
            rules: rules.map((rule) => descriptorOf(rule, knowledge)),
          },
        },
        invocations: [
          {
            executionSuccessful: failures.length === 0,
            toolExecutionNotifications: failures.map((text) => ({ level: 'error', message: { text } })),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

function usedRules(files: readonly CheckedFile[]): readonly Rule[] {
  const used = new Map<string, Rule>();
  for (const { diagnostics, suppressed } of files)
    for (const { rule } of [...diagnostics, ...suppressed.map((each) => each.diagnostic)]) used.set(rule.id, rule);
  return [...used.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function descriptorOf({ id, group }: Rule, knowledge: Knowledge): object {
  const page = knowledge.rulePage(id);
  return {
    id,
    ...(page
      ? {
          shortDescription: { text: page.title },
          fullDescription: { text: plain(page.what) },
          help: { text: plain(`${page.what}\n\n${page.why}`), markdown: `${page.what}\n\n${page.why}` },
        }
      : {}),
    helpUri: ruleUrl(id),
    defaultConfiguration: { level: LEVELS[severityOfGroup[group]] },
    properties: { tags: [group] },
  };
}

function resultsOf(
  { name, document, diagnostics, suppressed }: CheckedFile,
  indexes: ReadonlyMap<string, number>,
): readonly object[] {
  const fingerprints = new Fingerprints(name, document);
  const resultOf = (diagnostic: Diagnostic, suppression?: Suppressed['by']): object => {
    const { rule, severity, finding, range, pointer } = diagnostic;
    const fixes = fixesOf(finding).flatMap((fix) => fixOf(document, name, fix));
    return {
      ruleId: rule.id,
      ruleIndex: indexes.get(rule.id),
      level: LEVELS[severity],
      message: { text: fullMessage(finding) },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: uriOf(name) }, region: regionOf(range) },
          ...(pointer === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: pointer, kind: 'member' }] }),
        },
      ],
      partialFingerprints: { 'kmsLens/v1': fingerprints.of(diagnostic) },
      ...(fixes.length > 0 ? { fixes } : {}),
      ...(suppression ? { suppressions: [suppressionOf(suppression)] } : {}),
    };
  };
  return [
    ...diagnostics.map((diagnostic) => resultOf(diagnostic)),
    ...suppressed.map(({ diagnostic, by }) => resultOf(diagnostic, by)),
  ];
}

function suppressionOf({ where, reason }: Suppressed['by']): object {
  return {
    kind: where === 'comment' ? 'inSource' : 'external',
    status: 'accepted',
    ...(reason === undefined ? {} : { justification: reason }),
  };
}

function fixOf(document: SourceDocument, name: string, fix: Fix): readonly object[] {
  const edits = textEditsOf(document, fix);
  if (!edits) return [];
  const replacements = edits.map(({ range, newText }) => ({
    deletedRegion: regionOf(range),
    insertedContent: { text: newText },
  }));
  return [
    {
      description: { text: fix.title },
      artifactChanges: [{ artifactLocation: { uri: uriOf(name) }, replacements }],
    },
  ];
}

/**
 * The same for the same finding while lines are added above it: made from the file, the rule and the code that it is about,
 * and of equal ones from their order.
 */
class Fingerprints {
  private readonly name: string;
  private readonly document: SourceDocument;
  private readonly counts = new Map<string, number>();

  constructor(name: string, document: SourceDocument) {
    this.name = name;
    this.document = document;
  }

  of({ rule, range }: Diagnostic): string {
    const code = this.document.text.slice(this.document.offsetAt(range.start), this.document.offsetAt(range.end));
    const hash = createHash('sha256')
      .update(JSON.stringify([this.name, rule.id, code.replace(/\s+/g, ' ')]))
      .digest('hex')
      .slice(0, 16);
    const count = (this.counts.get(hash) ?? 0) + 1;
    this.counts.set(hash, count);
    return `${hash}:${count}`;
  }
}

/** Lines and columns count from 1, and the end column is that of the character after the last. */
function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

/** A relative path as a reference; a colon in its first part would make a scheme of it. */
const uriOf = (name: string): string =>
  encodeURI(name)
    .replace(/[?#]/g, encodeURIComponent)
    .replace(/^([^/]*):/, './$1:');

/** Markdown without the signs that only a renderer understands. */
const plain = (markdown: string): string => markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
