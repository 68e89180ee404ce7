import { randomBytes } from 'node:crypto';
import type { AccessView } from '../../../server/protocol.ts';
import script from './table.browser.ts?bundled';
import style from './table.css?bundled';

/** The page of an access table. Everything that comes from documents is put in as text by the script, never as markup. */
export function pageFor(view: AccessView): string {
  const nonce = randomBytes(16).toString('hex');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  // A closing tag inside a text would end the element.
  const data = JSON.stringify(view).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<h1 id="title"></h1>
<div class="tools">
<label>Filter <input id="filter" type="search" placeholder="principal, operation, statement"></label>
<button type="button" class="tool" data-text="open">Open as text</button>
<button type="button" class="tool" data-text="copy">Copy as text</button>
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
<script type="application/json" id="view">${data}</script>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}
