import type { DecisionView } from '../../../server/protocol.ts';
import { documentOf } from '../shared/document.ts';
import script from './layers.browser.ts?bundled';
import style from './layers.css?bundled';

/** The page of a decision, layer by layer. */
export function pageFor(view: DecisionView): string {
  const body = `<dl id="request"></dl>
<p id="problem" role="alert" hidden></p>
<div class="tools" role="toolbar" aria-label="Layer by layer">
<button type="button" class="tool" id="previous">◀ Previous layer</button>
<button type="button" class="tool" id="next">Next layer ▶</button>
<button type="button" class="tool" id="all">All layers</button>
<span class="detail">Every layer is asked: one Deny anywhere ends it, and there must be an Allow.</span>
</div>
<ol id="layers"></ol>
<div id="verdict"><h2 id="verdict-title" role="status"></h2><p id="because"></p></div>`;
  return documentOf({ view, style, script, body });
}
