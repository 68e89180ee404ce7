import type { TrailView } from '../../../server/protocol.ts';
import { documentOf } from '../shared/document.ts';
import style from '../shared/events.css?bundled';
import script from './table.browser.ts?bundled';

/** The page of the events of a run. */
export function pageFor(view: TrailView): string {
  const body = `<div class="tools" role="search">
<label>Filter <input id="filter" type="search" placeholder="any text of an event"></label>
<label>Event <select data-filter="event"></select></label>
<label>Principal <select data-filter="principal"></select></label>
<label>Key <select data-filter="key"></select></label>
<label>Account and Region <select data-filter="place"></select></label>
<label class="check"><input id="errors" type="checkbox"> Errors only</label>
<button type="button" class="tool" id="clear">Clear filters</button>
<span class="gap"></span>
<button type="button" class="tool" data-text="open">Open as JSON</button>
<button type="button" class="tool" data-text="copy">Copy as JSON</button>
</div>
<p id="old" role="status" hidden>The scenario has been changed since this run.</p>
<p id="problem" role="alert" hidden></p>
<p id="count" role="status"></p>
<table aria-labelledby="title">
<thead><tr>
<th scope="col"><button type="button" data-column="time">Time (UTC)</button></th>
<th scope="col"><button type="button" data-column="event">Event, error</button></th>
<th scope="col"><button type="button" data-column="principal">Principal</button></th>
<th scope="col"><button type="button" data-column="key">Key</button></th>
<th scope="col"><button type="button" data-column="place">Account and Region</button></th>
<th scope="col"><button type="button" data-column="step">Step</button></th>
</tr></thead>
<tbody id="rows"></tbody>
</table>`;
  return documentOf({ view, style, script, body });
}
