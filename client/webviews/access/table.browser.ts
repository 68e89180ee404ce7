import type { AccessView, AccessViewReason, AccessViewRow } from '../../../server/protocol.ts';
import { button, type Chosen, made, type Placed, post, tablePage } from '../shared/page.browser.ts';

// Runs in the page of the webview.

const marks = { allowed: '✓', denied: '✗', depends: '?' } as const;

function textOf({ subject, detail, operations, verdict, reasons }: AccessViewRow): string {
  const why = reasons.flatMap(({ text, statements, provisos }) => [
    text,
    ...statements.map(({ name }) => name),
    ...provisos,
  ]);
  return [subject, detail, ...operations, verdict, ...why].join(' ');
}

function cellOf(reasons: readonly AccessViewReason[], row: number): HTMLElement {
  const cell = made('td');
  for (const [reason, { text, statements, provisos }] of reasons.entries()) {
    const line = made('div', text);
    for (const [statement, { name, at }] of statements.entries()) {
      line.append(statement === 0 ? ': ' : ' and ');
      line.append(at ? button(name, 'link', () => post({ row, reason, statement })) : name);
    }
    cell.append(line, ...provisos.map((proviso) => made('div', `if ${proviso}`, 'proviso')));
  }
  return cell;
}

function lineOf({ row, index }: Placed<AccessViewRow>): HTMLElement {
  const { subject, detail, operations, verdict, reasons } = row;
  const line = made('tr');
  const head = made('th', subject);
  head.scope = 'row';
  if (detail && detail !== subject) head.append(made('div', detail, 'detail'));
  line.append(
    head,
    made('td', operations.join(', '), 'operations'),
    made('td', `${marks[verdict]} ${verdict}`, verdict),
    cellOf(reasons, index),
  );
  return line;
}

function nameFirstColumn({ title }: AccessView): void {
  const header = document.querySelector('button[data-column=subject]');
  if (header) header.textContent = title.startsWith('Who') ? 'Principal' : 'Key';
}

tablePage<AccessView, AccessViewRow, Chosen>({
  chosen: { column: undefined, descending: false, filter: '' },
  rows: ({ rows }) => rows,
  text: textOf,
  value: ({ operations, ...row }, column) =>
    column === 'operations' ? operations.join(', ') : column === 'verdict' ? row.verdict : row.subject,
  draw(rows, view) {
    nameFirstColumn(view);
    return rows.map(lineOf);
  },
  noun: 'row',
});
