import type { EnvelopeView } from '../../../server/protocol.ts';
import { documentOf } from '../shared/document.ts';
import script from './flow.browser.ts?bundled';
import style from './flow.css?bundled';

/** The page of an envelope round trip. */
export function pageFor(view: EnvelopeView): string {
  const body = `<p class="detail"><span id="key"></span> <button type="button" class="link" id="goto">Go to the document</button></p>
<form id="ask" class="tools" aria-label="What is encrypted, and by whom">
<label><span id="who">Principal</span> <select id="principal"></select></label>
<label id="decrypts">Decrypts <select id="decryptPrincipal"></select></label>
<label>Encryption context <input id="context" type="text" spellcheck="false" placeholder="none" title="Pairs: tenant=acme, env=prod"></label>
<label>Payload <select id="kind">
<option value="text">Text</option><option value="file">File…</option><option value="random">Random bytes</option>
</select></label>
<input id="text" type="text" aria-label="Text to encrypt" spellcheck="false">
<select id="random" aria-label="How many random bytes"></select>
<button type="button" class="tool" id="file">Choose a file…</button>
<label class="check"><input id="asIfAllowed" type="checkbox"> As if policies allowed it</label>
<button type="submit" class="tool main" id="run">Run</button>
</form>
<p id="problem" role="alert" hidden></p>
<div class="columns">
<fieldset id="changes"><legend>Change one thing</legend></fieldset>
<section aria-labelledby="outcome">
<h2 id="outcome" role="status"></h2>
<dl id="lesson" hidden></dl>
<div class="tools" role="toolbar" aria-label="Step by step">
<button type="button" class="tool" id="previous">◀ Previous step</button>
<button type="button" class="tool" id="next">Next step ▶</button>
<button type="button" class="tool" id="all">Whole flow</button>
<button type="button" class="tool" id="details">All details</button>
<span class="gap"></span>
<button type="button" class="tool" data-text="open">Open as text</button>
<button type="button" class="tool" data-text="copy">Copy as text</button>
</div>
<div class="lanes" aria-hidden="true"><span>Storage</span><span>Your program</span><span>AWS KMS</span></div>
<ol id="flow"></ol>
</section>
</div>
<section id="message" aria-labelledby="message-title">
<h2 id="message-title">The message, byte by byte</h2>
<p id="sizes" class="detail"></p>
<div class="bytes">
<div id="fields" role="listbox" aria-label="Fields of the message" tabindex="0"></div>
<div><div id="hex" aria-hidden="true"></div><p id="field" role="status"></p></div>
</div>
</section>`;
  return documentOf({ view, style, script, body });
}
