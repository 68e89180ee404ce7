import type { TimelineView } from '../../../server/protocol.ts';
import { documentOf } from '../shared/document.ts';
import script from './timeline.browser.ts?bundled';
import style from './timeline.css?bundled';

/** The page of what happened to the keys of a scenario over time. */
export function pageFor(view: TimelineView): string {
  const body = `<div class="tools" role="group" aria-label="What is shown, and how">
<label id="of-key">Key <select id="key"></select></label>
<fieldset class="scales"><legend class="aside">Scale</legend>
<label><input type="radio" name="scale" value="moments"> One moment after another</label>
<label><input type="radio" name="scale" value="time"> By time</label>
</fieldset>
<span class="gap"></span>
<button type="button" class="tool" data-text="open">Open as text</button>
<button type="button" class="tool" data-text="copy">Copy as text</button>
</div>
<p id="old" role="status" hidden>The scenario has been changed since this run.</p>
<p id="problem" role="alert" hidden></p>
<p id="cut" role="status" hidden>So much happens that the rest was left out.</p>
<div class="legend">
<div id="kinds" class="chips" role="group" aria-label="Kinds of marks to show"></div>
<div id="states" class="chips" role="group" aria-label="States of keys"></div>
</div>
<p id="count" role="status"></p>
<div id="window">
<div id="chart">
<div id="inner">
<div id="lines" aria-hidden="true"></div>
<div id="axis" aria-hidden="true"></div>
<div id="lanes" role="grid" aria-labelledby="title" aria-describedby="hint"></div>
</div>
</div>
</div>
<p id="hint" class="detail">← and → lead along a key, ↑ and ↓ from key to key, Home and End to the first and the last mark. Times are UTC.</p>
<section id="details" aria-label="The chosen mark"></section>`;
  return documentOf({ view, style, script, body });
}
