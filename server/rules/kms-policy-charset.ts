import { ownText } from '../documents/policy-text.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { putKeyPolicy } from './support/lockout-examples.ts';

const statement = (sid: string): string => `
{
  "Sid": "${sid}",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const kmsPolicyCharset = rule({
  id: 'kms-policy-charset',
  group: 'invalid',
  kinds: ['key-policy'],
  yieldsTo: ['json-syntax'],
  title: 'a character that no key policy may hold',
  documentation: {
    what: 'A character beyond U+00FF in the text of a key policy: typographic quotes and dashes, emoji, most scripts.',
    why:
      'PutKeyPolicy and CreateKey take printable ASCII, the letters of Latin-1 up to `ÿ`, tabs and line ends. They reject a ' +
      'policy with anything else, wherever it stands.',
    spares: 'A byte order mark at the beginning, and characters written as escapes, such as `\\u2019`.',
    bad: keyPolicyWith(statement('Read – only')),
    good: keyPolicyWith(statement('Read - only')),
    sources: [putKeyPolicy],
  },
  check: {
    policy(_, { source, report }) {
      if (!source) return;
      const { outer, parsed, use } = source;
      const text = ownText(source);
      const start = use?.inline?.start ?? 0;
      // Control characters make a text no JSON. The engine keeps texts without letters beyond U+00FF apart from others, so
      // the search for one costs nothing in most policies.
      if (parsed.problems.length === 0 && !BEYOND.test(text)) return;
      let told = 0;
      for (const { index, 0: run } of text.matchAll(FOREIGN)) {
        if (index === 0 && run === '\uFEFF') continue;
        if (MAX_TOLD < ++told) break;
        const end = index + run.length;
        const span = outer ? { start: outer(index), end: outer(end) } : { start: start + index, end: start + end };
        const plain = plainOf(run);
        report({
          at: span,
          message: `${shown(run)} cannot stand in a key policy`,
          why: 'AWS KMS rejects a policy with characters beyond U+00FF',
          next: 'write it in plain letters',
          fixes: plain === undefined ? [] : [fixOf(span, run, plain)],
        });
      }
    },
  },
});

/** What the pattern of PutKeyPolicy's Policy leaves out, a run at a time. */
const FOREIGN = /[^\t\n\r\u0020-\u00ff]+/gu;

const BEYOND = /[\u0100-\uffff]/;

/** Whoever writes in another script need not read it a thousand times. */
const MAX_TOLD = 50;

function shown(run: string): string {
  const [first = ''] = run;
  const code = `U+${(first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return INVISIBLE.test(run) ? code : `\`${run.length <= 24 ? run : `${first}…`}\` (${code})`;
}

const INVISIBLE = /^[\p{C}\p{Z}]/u;

const PLAIN: ReadonlyMap<string, string> = new Map([
  ...[...'‘’‚‛“”„‟'].map((quote) => [quote, "'"] as const),
  ...[...'‐‑‒–—―−'].map((dash) => [dash, '-'] as const),
  ...[...'\u2002\u2003\u2007\u2008\u2009\u200a\u202f'].map((space) => [space, ' '] as const),
  ...[...'\u200b\u200c\u200d\u2060\ufeff'].map((nothing) => [nothing, ''] as const),
  ['…', '...'],
]);

/** What people type for the characters that editors and web pages make of it; undefined where one has no such form. */
function plainOf(run: string): string | undefined {
  const parts = [...run].map((each) => PLAIN.get(each));
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}

function fixOf(span: { start: number; end: number }, run: string, plain: string): Fix {
  const title = plain === '' ? `remove ${shown(run)}` : `change to \`${plain}\``;
  return { title, safe: false, edits: [{ op: 'span', span, text: plain }] };
}
