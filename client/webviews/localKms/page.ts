import type { LocalKmsView } from '../../../server/protocol.ts';
import { STRIDES } from '../../localKms/strides.ts';
import { documentOf } from '../shared/document.ts';
import events from '../shared/events.css?bundled';
import script from './calls.browser.ts?bundled';
import style from './calls.css?bundled';

/** The page of the local KMS. */
export function pageFor(view: LocalKmsView): string {
  const strides = STRIDES.map(
    ([label, milliseconds]) =>
      `<button type="button" class="tool" data-advance="${milliseconds}" aria-label="Move the clock by ${label}">+${label}</button>`,
  ).join('\n');
  const body = `<div class="tools" id="head">
<p id="state" role="status"></p>
<button type="button" class="tool" data-command="startLocalKms">Start</button>
<button type="button" class="tool" data-command="restartLocalKms">Restart</button>
<button type="button" class="tool" data-command="stopLocalKms">Stop</button>
</div>
<p id="old" role="status" hidden>The scenario was changed since: a restart takes the changes.</p>
<p id="problem" role="alert" hidden></p>
<div id="running">
<dl id="pointers" aria-label="How to call it"></dl>
<p id="machine" class="detail"></p>
<details id="callers"><summary>Who calls</summary><div id="keys"></div></details>
<div class="tools" id="clock" role="toolbar" aria-label="Clock">
<span>World time <time id="now"></time> <span id="ahead" class="detail"></span></span>
${strides}
<button type="button" class="tool" id="reset">Reset…</button>
</div>
</div>
<h2 id="requests">Requests</h2>
<div class="tools" role="search">
<label>Filter <input id="filter" type="search" placeholder="any text of a request"></label>
<label>Result <select id="outcome">
<option value="">Any</option>
<option value="denied">Denied</option>
<option value="error">Other errors</option>
<option value="ok">Went through</option>
</select></label>
<button type="button" class="tool" id="pause" aria-pressed="false">Pause</button>
<button type="button" class="tool" id="clear">Clear</button>
<span class="gap"></span>
<button type="button" class="tool" data-text="open">Open as text</button>
<button type="button" class="tool" data-text="copy">Copy as text</button>
<button type="button" class="tool" data-text="trail">CloudTrail as JSON</button>
</div>
<p id="count"></p>
<table aria-labelledby="requests">
<thead><tr>
<th scope="col"><button type="button" data-column="time">Time (UTC)</button></th>
<th scope="col"><button type="button" data-column="operation">Operation</button></th>
<th scope="col"><button type="button" data-column="principal">Principal</button></th>
<th scope="col"><button type="button" data-column="key">Key, Region</button></th>
<th scope="col"><button type="button" data-column="result">Result</button></th>
</tr></thead>
<tbody id="rows"></tbody>
</table>`;
  return documentOf({ view, style: events + style, script, body });
}
