import type { PracticeView } from '../../practice/types.ts';
import { documentOf } from '../shared/document.ts';
import steps from '../shared/steps.css?bundled';
import script from './questions.browser.ts?bundled';
import style from './questions.css?bundled';

/** The page of the practice questions. */
export function pageFor(view: PracticeView): string {
  const body = `<div class="tools" role="search">
<label>Section <select id="section"></select></label>
<label>Topic <select id="topic"></select></label>
<label>Level <select id="level"></select></label>
<label class="check"><input id="missed" type="checkbox"> Missed only</label>
<label class="check"><input id="unseen" type="checkbox"> Not answered yet</label>
<button type="button" class="tool" id="clear">Clear filters</button>
</div>
<p id="problem" role="alert" hidden></p>
<div class="progress">
<div id="bar" aria-hidden="true"><span id="bar-right"></span><span id="bar-missed"></span></div>
<p id="progress" class="detail"></p>
<button type="button" class="link" id="reset">Forget the answers</button>
</div>
<p id="none" hidden>No question fits the filters.</p>
<form id="form">
<p id="about" class="detail"></p>
<fieldset>
<legend id="text"></legend>
<p id="choose" class="detail"></p>
<div id="options"></div>
</fieldset>
<div class="tools">
<button type="submit" class="tool main" id="check">Check</button>
<button type="button" class="tool" id="previous">◀ Previous</button>
<button type="button" class="tool" id="next">Next ▶</button>
<span class="detail keys" aria-hidden="true"><kbd>1</kbd>…<kbd id="last-key"></kbd> choose · <kbd>Enter</kbd> check · <kbd>n</kbd> next · <kbd>p</kbd> previous</span>
</div>
</form>
<p id="verdict" role="status"></p>
<section id="answer" aria-label="About the answer" hidden>
<aside id="today" aria-labelledby="today-title"><h2 id="today-title">The printed answer no longer holds</h2><div id="today-text"></div></aside>
<div id="topics" class="tools"></div>
<div id="proof-tools" class="tools">
<button type="button" class="tool" id="prove">Show me</button>
<button type="button" class="tool" id="open">Open the scenario</button>
<span class="detail">runs the proof of this answer against the simulated AWS KMS</span>
</div>
<div id="proof" role="status"></div>
</section>`;
  return documentOf({ view, style: steps + style, script, body });
}
