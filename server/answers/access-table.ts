import type { Access, AccessWay, Hanging, Proviso, Subject, SubjectAccess } from '../../simulator/access/who.ts';
import { keyOperations } from '../../simulator/access/who.ts';
import { provisoInWords } from './access-table-json.ts';
import type { Documents } from './explanation.ts';
import { layerNames, statementName } from './names.ts';
import { shortNames } from './operation-names.ts';
import { subjectInWords } from './subjects.ts';
import { type Piece, type Report, ReportWriter, wrap } from './writer.ts';

export interface TableHead {
  readonly title: string;
  /** Names and values. */
  readonly facts: readonly (readonly [string, string])[];
}

/** The table of principals and operations as text: who, what, by which way, and if what holds. */
export function describeAccess(head: TableHead, subjects: readonly SubjectAccess[], documents: Documents): Report {
  return new AccessReport(documents).write(head, subjects);
}

const MARKS: Readonly<Record<Access['verdict'], string>> = { allowed: '✓', depends: '?', denied: '✗' };

class AccessReport {
  private readonly out = new ReportWriter();
  private readonly documents: Documents;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  write({ title, facts }: TableHead, subjects: readonly SubjectAccess[]): Report {
    this.out.title(title);
    this.out.table(facts).line();
    this.out.table([
      ['✓', 'with every request'],
      ['?', 'if what stands below holds'],
      ['✗', 'allowed somewhere, and taken away by a Deny'],
    ]);
    for (const each of subjects) this.subject(each);
    if (subjects.every(({ rows }) => rows.length === 0))
      this.out.heading('Nobody gets in').line('  Nothing is allowed.');
    return this.out.report();
  }

  private subject({ subject, rows }: SubjectAccess): void {
    if (rows.length === 0) return;
    this.out.heading(subjectInWords(subject));
    for (const { names, access } of rowsInWords(rows)) {
      this.paragraph(`  ${MARKS[access.verdict]} `, names.join(', '));
      this.access(access, subject);
    }
  }

  private access({ ways, limits, denies }: Access, subject: Subject): void {
    ways.forEach((way, index) => {
      this.way(way, subject, index > 0);
    });
    for (const limit of limits) this.hanging('and if ', limit);
    for (const deny of denies) this.hanging(deny.provisos.length > 0 ? 'unless ' : '', deny);
  }

  private way({ through, statements, grant, provisos }: AccessWay, { kind }: Subject, isMore: boolean): void {
    const how = {
      'key-policy': 'by name in the key policy',
      iam: kind === 'root-user' ? 'as its account' : 'through IAM',
      grant: `by the grant ${grant?.name}`,
    }[through];
    const lead = `      ${isMore ? 'or ' : ''}${how}`;
    const names = statements.map((statement) => this.link(statement));
    const length = names.reduce((sum, name) => sum + lengthOf(name) + ' and '.length, lead.length);
    if (length <= WIDTH) {
      this.out.line(lead, ...names.flatMap((name, index): Piece[] => [index === 0 ? ': ' : ' and ', name]));
    } else {
      this.out.line(`${lead}:`);
      for (const name of names) this.out.line('        ', name);
    }
    for (const proviso of provisos) this.proviso('        if ', proviso);
  }

  private hanging(word: string, { layer, statement, provisos }: Hanging): void {
    const verb = word === 'and if ' ? 'lets it pass' : 'denies it';
    this.out.line(`      ${word}`, this.link(statement), ` (${layerNames[layer]}) ${verb}`);
    for (const proviso of provisos) this.proviso('        where ', proviso);
  }

  private link(result: Hanging['statement']): Piece {
    const source = result.document === undefined ? undefined : this.documents.get(result.document);
    const text = statementName(result);
    if (!source) return text;
    const { start } = source.rangeOf({ path: result.statement.path });
    return { text, target: `${source.uri}#L${start.line + 1},${start.character + 1}` };
  }

  private proviso(lead: string, proviso: Proviso): void {
    this.paragraph(lead, provisoInWords(proviso).replaceAll('`', ''));
  }

  private paragraph(lead: string, text: string): void {
    wrap(text, WIDTH - lead.length).forEach((line, index) => {
      this.out.line(index === 0 ? lead : ' '.repeat(lead.length), line);
    });
  }
}

const lengthOf = (piece: Piece): number => (typeof piece === 'string' ? piece : piece.text).length;

/** Reports are read in half a window. */
const WIDTH = 72;

/** The rows of a subject with short names: what is special comes first, the wide answer that covers the rest last. */
export function rowsInWords(
  rows: SubjectAccess['rows'],
): readonly { readonly names: readonly string[]; readonly access: Access }[] {
  const largest = Math.max(...rows.map(({ operations }) => operations.length));
  return [...rows]
    .sort((a, b) => a.operations.length - b.operations.length)
    .map(({ operations, access }) => {
      const isRest = operations.length === largest && rows.length > 1 && covers(rows);
      return { names: isRest ? ['every other operation'] : namesOf(operations), access };
    });
}

function namesOf(operations: readonly string[]): readonly string[] {
  if (keyOperations.every((name) => operations.includes(name))) return ['every operation on the key'];
  return shortNames(operations, keyOperations);
}

const covers = (rows: SubjectAccess['rows']): boolean => {
  const named = new Set(rows.flatMap(({ operations }) => operations));
  return keyOperations.every((name) => named.has(name));
};
