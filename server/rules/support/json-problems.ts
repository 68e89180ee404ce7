import type { JsonProblem } from '../../../simulator/json/parse.ts';
import { withoutCredentials } from '../../../simulator/text/credentials.ts';

/** What is wrong at a place of a JSON text, and what to do about it. */
export function describe(problem: JsonProblem, text: string): { message: string; next: string } {
  const found = excerpt(text, problem);
  switch (problem.code) {
    case 'empty':
      return { message: 'the document is empty', next: 'begin with `{`' };
    case 'value-expected':
      return { message: found ? `a value is missing before \`${found}\`` : 'a value is missing here', next: 'add one' };
    case 'name-expected':
      if (found === ',') return { message: 'a comma with no member before it', next: 'remove it' };
      return {
        message: `the name of a member should stand here, not \`${found}\``,
        next: QUOTES.test(found) ? 'use straight double quotes' : 'write it as `"name": value`',
      };
    case 'colon-expected':
      return { message: 'a colon is missing after the name', next: 'write `"name": value`' };
    case 'comma-expected':
      if (found && /\w/.test(text.charAt(problem.start - 1)))
        return { message: `\`${found}\` should not follow a number`, next: 'put texts in double quotes' };
      return found
        ? { message: `\`${found}\` should not stand here`, next: 'separate members with commas, or remove it' }
        : { message: 'a comma is missing here', next: 'separate what follows with `,`' };
    case 'brace-expected':
      return unclosed('}', found);
    case 'bracket-expected':
      return unclosed(']', found);
    case 'end-expected':
      return { message: 'the document goes on after its end', next: 'remove what follows, or the bracket before it' };
    case 'token-invalid':
      return { message: `\`${found}\` is not a JSON value`, next: remedyForToken(found) };
    case 'string-unterminated':
      return { message: 'the text in quotes does not end on its line', next: 'close it with `"`' };
    case 'string-escape':
      return {
        message: 'a backslash with a character that cannot follow it',
        next: 'write `\\\\` for a backslash itself',
      };
    case 'string-character':
      return { message: 'a control character in a text in quotes', next: 'write it as an escape: `\\t` for a tab' };
    case 'number-invalid':
      return { message: `\`${found}\` is not a number`, next: 'complete it, or put it in double quotes' };
    case 'comment-unterminated':
      return { message: 'the comment does not end', next: 'remove it' };
    case 'comment':
      return { message: 'JSON has no comments', next: 'remove it' };
    case 'trailing-comma':
      return { message: 'a comma with nothing after it', next: 'remove it' };
  }
}

function unclosed(bracket: string, found: string): { message: string; next: string } {
  if (found) return { message: `\`${bracket}\` is missing before \`${found}\``, next: `add \`${bracket}\`` };
  return { message: `\`${bracket}\` is missing`, next: 'close what was opened' };
}

/** Quotation marks that look right and are not. */
const QUOTES = /^[‘’“”„«»'`]/;

function remedyForToken(found: string): string {
  if (QUOTES.test(found)) return 'use straight double quotes';
  if (/^(true|false|null)$/i.test(found)) return `write \`${found.toLowerCase()}\``;
  if (/^(none|nil|undefined)$/i.test(found)) return 'write `null`';
  return 'put texts in double quotes';
}

const MAX_EXCERPT = 24;

/** Before the value of a member that must never be shown. */
const SECRET_MEMBER = /(secretAccessKey|accessKeyId)["'\s]*:?\s*[^,"\s]*$/i;

/** The characters of the problem on its first line, cut where they are many; no backticks, which messages put around it. */
function excerpt(text: string, { start, end }: JsonProblem): string {
  if (SECRET_MEMBER.test(text.slice(Math.max(0, start - 40), start))) return '…';
  const line = withoutCredentials(text.slice(start, end).split(/\r?\n/, 1)[0] ?? '');
  const short = line.length <= MAX_EXCERPT ? line : `${line.slice(0, MAX_EXCERPT)}…`;
  return short.replaceAll('`', "'");
}
