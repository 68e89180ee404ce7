import type { RulePage } from '../../rules/page.ts';
import type { Finding } from '../../rules/rule.ts';
import { diffLines } from './diff.ts';
import { firstSentence, link, sentence } from './markdown.ts';

/**
 * Why a rule reports something, as a block of a hover: its findings, then its page in short. Editors show the whole message
 * with its reason and its remedy themselves.
 */
export function renderFindings(findings: readonly Finding[], page: RulePage): string {
  const { id, what, why, spares, sources } = page;
  const messages = [...new Set(findings.map(({ message }) => message))];
  const example = exampleOf(page);
  return [
    `**\`${id}\`** · ${messages.map(sentence).join('; ')}`,
    what,
    `**Why:** ${why}`,
    ...(spares ? [`**Not reported:** ${firstSentence(spares)}`] : []),
    ...(example.length > 0 ? [`**Mended**, for example:\n\n${example.join('\n\n')}`] : []),
    sources.map((source) => `- ${link(source)}`).join('\n'),
  ].join('\n\n');
}

/** What mends the example. The texts are the same where the fault is in what is known of the key. */
function exampleOf({ bad, good }: RulePage): string[] {
  const text = diffLines(bad.text, good.text);
  const known = diffLines(bad.known ?? '', good.known ?? '');
  return [
    ...(text.length > 0 ? [fenced(text)] : []),
    ...(known.length > 0 ? [`In what is known of the key:\n\n${fenced(known)}`] : []),
  ];
}

const fenced = (lines: readonly string[]): string => `\`\`\`diff\n${lines.join('\n')}\n\`\`\``;
