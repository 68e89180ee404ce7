import type { AccessView } from '../../../server/protocol.ts';
import { documentOf } from '../shared/document.ts';
import script from './table.browser.ts?bundled';
import style from './table.css?bundled';

/** The page of an access table. */
export function pageFor(view: AccessView): string {
  const body = `<div class="tools">
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
</table>`;
  return documentOf({ view, style, script, body });
}
