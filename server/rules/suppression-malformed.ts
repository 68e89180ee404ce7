import { nearest } from '../../simulator/text/nearest.ts';
import { documentKinds } from '../documents/kinds.ts';
import { type Finding, type Fix, rule, type UsedComment } from './rule.ts';
import { commented, sharedByGrants } from './support/examples.ts';
import { jsonGrammar, jsonStandard } from './support/sources.ts';
import { directives, type SpannedText } from './suppress/comment.ts';

export const suppressionMalformed = rule({
  id: 'suppression-malformed',
  group: 'suspicious',
  kinds: documentKinds,
  title: 'a comment that should suppress findings and is not understood',
  documentation: {
    what:
      'A comment that begins with `kms-lens-disable`, `kms-lens-disable-line` or `kms-lens-disable-next-line`, or with something close to ' +
      'them, and names no rule, one that does not exist, or words without a comma or `--` in front.',
    why: 'Such a comment suppresses less than it says: the findings are reported as if it were not there.',
    bad: commented('/* kms-lens-disable kms-external-admin contract 4711 */', sharedByGrants),
    good: commented('/* kms-lens-disable kms-external-admin -- contract 4711 */', sharedByGrants),
    sources: [jsonStandard, jsonGrammar],
  },
  check: {
    suppression(comment, { ruleIds, report }) {
      if (comment.reach === undefined) {
        const { directive } = comment;
        report({
          at: directive.span,
          message: `\`${directive.text}\` suppresses nothing`,
          next: `write ${meant(directive, KNOWN) ?? KNOWN.map((word) => `\`${word}\``).join(' or ')}`,
          fixes: change(directive, KNOWN),
        });
        return;
      }
      if (comment.names.length === 0) {
        report({
          at: comment.directive.span,
          message: 'this comment names no rule',
          why: 'it suppresses nothing',
          next: 'add the id of a rule, which every finding shows',
        });
      }
      for (const name of comment.unknown) {
        const id = meant(name, ruleIds);
        report({
          at: name.span,
          message: `there is no rule \`${name.text}\``,
          why: 'nothing is suppressed for it',
          next: id === undefined ? 'write the id that the finding shows' : `write ${id}`,
          fixes: change(name, ruleIds),
        });
      }
      const [words] = comment.stray;
      if (words) report(straying(words, comment));
    },
  },
});

const KNOWN = Object.keys(directives);

function straying({ text, span }: SpannedText, { names }: UsedComment): Finding {
  // Behind an earlier name, a reason would swallow the names that follow.
  const isReason = (names.at(-1)?.span.start ?? 0) < span.start;
  return {
    at: span,
    message: 'these words are not read',
    why: 'names of rules are separated by commas, and a reason begins with `--`',
    next: 'put what is missing in front of them',
    fixes: isReason
      ? [{ title: 'begin the reason with `--`', safe: false, edits: [{ op: 'span', span, text: `-- ${text}` }] }]
      : [],
  };
}

function meant({ text }: SpannedText, names: readonly string[]): string | undefined {
  const name = nearest(text, names);
  return name === undefined ? undefined : `\`${name}\``;
}

/** No fix for all at once: what it suppresses then, somebody should have seen. */
function change({ text, span }: SpannedText, names: readonly string[]): Fix[] {
  const name = nearest(text, names);
  if (name === undefined) return [];
  return [{ title: `change to \`${name}\``, safe: false, edits: [{ op: 'span', span, text: name }] }];
}
