import type { AccessView, AccessViewReason, AccessViewRow } from '../../../server/protocol.ts';

// Runs in the page of the webview. What a person chose, the sorting and the filter, stays when the answer changes.

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): Partial<Chosen> | undefined;
  setState(state: Chosen): void;
};

type Column = 'subject' | 'operations' | 'verdict';

interface Chosen {
  readonly column: Column | undefined;
  readonly descending: boolean;
  readonly filter: string;
}

const vscode = acquireVsCodeApi();
const marks = { allowed: '✓', denied: '✗', depends: '?' } as const;
let chosen: Chosen = { column: undefined, descending: false, filter: '', ...vscode.getState() };
let view: AccessView = JSON.parse(byId('view').textContent ?? '');

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

function made<K extends keyof HTMLElementTagNameMap>(name: K, text = '', kind = ''): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.textContent = text;
  element.className = kind;
  return element;
}

const headers = (): HTMLButtonElement[] => [...document.querySelectorAll<HTMLButtonElement>('button[data-column]')];
const columnOf = ({ dataset }: HTMLButtonElement): Column => dataset['column'] as Column;

function valueOf(row: AccessViewRow, column: Column): string {
  return column === 'operations' ? row.operations.join(', ') : row[column];
}

function textOf({ subject, detail, operations, verdict, reasons }: AccessViewRow): string {
  const why = reasons.flatMap(({ text, statements, provisos }) => [
    text,
    ...statements.map(({ name }) => name),
    ...provisos,
  ]);
  return [subject, detail, ...operations, verdict, ...why].join(' ').toLowerCase();
}

/** The rows that the filter leaves, in the order that was chosen; each with its place in the answer. */
function shown(): { readonly row: AccessViewRow; readonly index: number }[] {
  const { column, descending, filter } = chosen;
  const rows = view.rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => textOf(row).includes(filter.toLowerCase()));
  if (!column) return rows;
  const sign = descending ? -1 : 1;
  return rows.sort((a, b) => sign * valueOf(a.row, column).localeCompare(valueOf(b.row, column)) || a.index - b.index);
}

function cellOf(reasons: readonly AccessViewReason[], row: number): HTMLElement {
  const cell = made('td');
  for (const [reason, { text, statements, provisos }] of reasons.entries()) {
    const line = made('div', text);
    for (const [statement, { name, at }] of statements.entries()) {
      line.append(statement === 0 ? ': ' : ' and ');
      line.append(at ? linkTo(name, { row, reason, statement }) : name);
    }
    cell.append(line, ...provisos.map((proviso) => made('div', `if ${proviso}`, 'proviso')));
  }
  return cell;
}

function linkTo(name: string, place: object): HTMLElement {
  const link = made('button', name, 'statement');
  link.type = 'button';
  link.addEventListener('click', () => vscode.postMessage(place));
  return link;
}

function lineOf({ subject, detail, operations, verdict, reasons }: AccessViewRow, index: number): HTMLElement {
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

function draw(): void {
  const rows = shown();
  const count = rows.length === view.rows.length ? `${rows.length}` : `${rows.length} of ${view.rows.length}`;
  byId('title').textContent = view.title;
  byId('count').textContent = `${count} ${count === '1' ? 'row' : 'rows'}`;
  byId('rows').replaceChildren(...rows.map(({ row, index }) => lineOf(row, index)));
  for (const button of headers()) {
    const column = columnOf(button);
    if (column === 'subject') button.textContent = view.title.startsWith('Who') ? 'Principal' : 'Key';
    const order = chosen.descending ? 'descending' : 'ascending';
    button.parentElement?.setAttribute('aria-sort', column === chosen.column ? order : 'none');
  }
}

function choose(change: Partial<Chosen>): void {
  chosen = { ...chosen, ...change };
  vscode.setState(chosen);
  draw();
}

for (const button of headers())
  button.addEventListener('click', () => {
    const column = columnOf(button);
    choose({ column, descending: chosen.column === column && !chosen.descending });
  });
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-text]'))
  button.addEventListener('click', () => vscode.postMessage({ text: button.dataset['text'] }));

const filter = byId('filter') as HTMLInputElement;
filter.value = chosen.filter;
filter.addEventListener('input', () => choose({ filter: filter.value }));

window.addEventListener('message', ({ data }: MessageEvent<{ view?: AccessView; problem?: string }>) => {
  const problem = byId('problem');
  problem.hidden = data.problem === undefined;
  problem.textContent =
    data.problem === undefined ? '' : `${data.problem}. The table is that of the last text without it.`;
  if (data.view) view = data.view;
  draw();
});
draw();
