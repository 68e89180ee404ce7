import { randomBytes } from 'node:crypto';
import type { AccessView } from '../../server/protocol.ts';

/** The page of an access table. Everything that comes from documents is put in as text by the script, never as markup. */
export function pageFor(view: AccessView): string {
  const nonce = randomBytes(16).toString('hex');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  // A closing tag inside a text would end the script.
  const data = JSON.stringify(view).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<h1 id="title"></h1>
<div class="tools">
<label>Filter <input id="filter" type="search" placeholder="principal, operation, statement"></label>
<button type="button" data-text="open">Open as text</button>
<button type="button" data-text="copy">Copy as text</button>
</div>
<p id="problem" role="alert" hidden></p>
<p id="count" role="status"></p>
<table aria-labelledby="title">
<thead><tr>
<th scope="col"><button type="button" data-column="subject"></button></th>
<th scope="col"><button type="button" data-column="operations">Operations</button></th>
<th scope="col"><button type="button" data-column="verdict">Verdict</button></th>
<th scope="col">Why</th>
</tr></thead>
<tbody id="rows"></tbody>
</table>
<script nonce="${nonce}">${SCRIPT.replace('VIEW', () => data)}</script>
</body>
</html>`;
}

const STYLE = `
body { color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); padding: 0 1.2em 2em; }
h1 { font-size: 1.4em; font-weight: 600; }
.tools { display: flex; gap: 0.8em; align-items: center; flex-wrap: wrap; }
input { background: var(--vscode-input-background); color: var(--vscode-input-foreground); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); padding: 0.25em 0.5em; min-width: 16em; font: inherit; }
button { font: inherit; cursor: pointer; }
.tools button { background: var(--vscode-button-secondaryBackground); color: var(--vscode-button-secondaryForeground); border: 1px solid var(--vscode-button-border, transparent); padding: 0.3em 0.8em; }
.tools button:hover { background: var(--vscode-button-secondaryHoverBackground); }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
#problem { color: var(--vscode-errorForeground); }
#count { color: var(--vscode-descriptionForeground); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.45em 0.8em 0.45em 0; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); }
th { position: sticky; top: 0; background: var(--vscode-editor-background); }
th button { background: none; border: none; color: inherit; font-weight: 600; padding: 0; }
th[aria-sort="ascending"] button::after { content: " ▲"; }
th[aria-sort="descending"] button::after { content: " ▼"; }
.detail, .proviso { color: var(--vscode-descriptionForeground); overflow-wrap: anywhere; }
.detail { font-size: 0.9em; font-weight: normal; }
.allowed, .denied, .depends { white-space: nowrap; }
.proviso { margin-left: 1.4em; }
.operations { font-family: var(--vscode-editor-font-family); max-width: 22em; overflow-wrap: anywhere; }
.allowed { color: var(--vscode-kmsLens-allowedForeground); }
.denied { color: var(--vscode-kmsLens-deniedForeground); }
.depends { color: var(--vscode-kmsLens-dependsForeground); }
.statement { background: none; border: none; padding: 0; color: var(--vscode-textLink-foreground); text-align: left; }
.statement:hover { text-decoration: underline; color: var(--vscode-textLink-activeForeground); }
`;

/** Runs in the page. What a person chose, the sorting and the filter, stays when the answer changes. */
const SCRIPT = `
const vscode = acquireVsCodeApi();
const marks = { allowed: '✓', denied: '✗', depends: '?' };
const chosen = { column: '', descending: false, filter: '', ...(vscode.getState() ?? {}) };
let view = VIEW;

const byId = (id) => document.getElementById(id);
const made = (name, text, kind) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (kind) element.className = kind;
  return element;
};
const valueOf = (row, column) => column === 'operations' ? row.operations.join(', ') : row[column];
const textOf = (row) => [row.subject, row.detail, row.operations.join(' '), row.verdict,
  ...row.reasons.flatMap(({ text, statements, provisos }) => [text, ...statements.map(({ name }) => name), ...provisos])]
  .join(' ').toLowerCase();

function shown() {
  const rows = view.rows.map((row, index) => ({ row, index }))
    .filter(({ row }) => textOf(row).includes(chosen.filter.toLowerCase()));
  if (!chosen.column) return rows;
  const sign = chosen.descending ? -1 : 1;
  return rows.sort((a, b) => sign * valueOf(a.row, chosen.column).localeCompare(valueOf(b.row, chosen.column)) || a.index - b.index);
}

function cellOf(reasons, row) {
  const cell = made('td');
  reasons.forEach(({ text, statements, provisos }, reason) => {
    const line = made('div', text);
    statements.forEach(({ name, at }, statement) => {
      line.append(statement === 0 ? ': ' : ' and ');
      if (!at) return line.append(name);
      const link = made('button', name, 'statement');
      link.type = 'button';
      link.addEventListener('click', () => vscode.postMessage({ row, reason, statement }));
      line.append(link);
    });
    cell.append(line, ...provisos.map((proviso) => made('div', 'if ' + proviso, 'proviso')));
  });
  return cell;
}

function draw() {
  byId('title').textContent = view.title;
  const rows = shown();
  byId('count').textContent = rows.length === view.rows.length ? rows.length + (rows.length === 1 ? ' row' : ' rows') : rows.length + ' of ' + view.rows.length + ' rows';
  byId('rows').replaceChildren(...rows.map(({ row, index }) => {
    const line = made('tr');
    const subject = made('th', row.subject);
    subject.scope = 'row';
    if (row.detail && row.detail !== row.subject) subject.append(made('div', row.detail, 'detail'));
    const verdict = made('td', marks[row.verdict] + ' ' + row.verdict, row.verdict);
    line.append(subject, made('td', row.operations.join(', '), 'operations'), verdict, cellOf(row.reasons, index));
    return line;
  }));
  for (const button of document.querySelectorAll('th button[data-column]')) {
    if (button.dataset.column === 'subject') button.textContent = view.title.startsWith('Who') ? 'Principal' : 'Key';
    const isChosen = button.dataset.column === chosen.column;
    button.parentElement.setAttribute('aria-sort', isChosen ? (chosen.descending ? 'descending' : 'ascending') : 'none');
  }
}

function keep() {
  vscode.setState(chosen);
  draw();
}

for (const button of document.querySelectorAll('th button[data-column]'))
  button.addEventListener('click', () => {
    const { column } = button.dataset;
    chosen.descending = chosen.column === column && !chosen.descending;
    chosen.column = column;
    keep();
  });
for (const button of document.querySelectorAll('button[data-text]'))
  button.addEventListener('click', () => vscode.postMessage({ text: button.dataset.text }));
byId('filter').value = chosen.filter;
byId('filter').addEventListener('input', ({ target }) => {
  chosen.filter = target.value;
  keep();
});
window.addEventListener('message', ({ data }) => {
  byId('problem').hidden = data.problem === undefined;
  byId('problem').textContent = data.problem === undefined ? '' : data.problem + '. The table is that of the last text without it.';
  if (data.view) view = data.view;
  draw();
});
draw();
`;
