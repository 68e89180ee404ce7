import { randomBytes } from 'node:crypto';
import style from './page.css?bundled';

interface Parts {
  /** The answer that the script shows, and gets anew by message. */
  readonly view: unknown;
  readonly style: string;
  readonly script: string;
  /** Markup of ours. Everything that comes from documents is put in as text by the script. */
  readonly body: string;
}

/** A page of a webview, which loads nothing and runs our script alone. */
export function documentOf(parts: Parts): string {
  const nonce = randomBytes(16).toString('hex');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  // A closing tag inside a text would end the element.
  const data = JSON.stringify(parts.view).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${nonce}">${style}${parts.style}</style>
</head>
<body>
<h1 id="title"></h1>
${parts.body}
<script type="application/json" id="view">${data}</script>
<script nonce="${nonce}">${parts.script}</script>
</body>
</html>`;
}
