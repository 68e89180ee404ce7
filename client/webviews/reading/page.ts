import type { ReadingPage } from '../../../server/protocol.ts';
import { documentOf } from '../shared/document.ts';
import steps from '../shared/steps.css?bundled';
import script from './reading.browser.ts?bundled';
import style from './reading.css?bundled';

/** The page of a topic or of a table to compare by; it is turned to others. */
export function pageFor(view: ReadingPage): string {
  const body = `<p id="problem" role="alert" hidden></p>
<main id="page" tabindex="-1"></main>`;
  return documentOf({ view, style: steps + style, script, body });
}
