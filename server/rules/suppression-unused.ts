import { documentKinds } from '../documents/kinds.ts';
import { type Fix, rule, type UsedComment } from './rule.ts';
import { withoutComment, withoutName } from './support/comment-edits.ts';
import { commented, letsDecrypt } from './support/examples.ts';
import { jsonGrammar, jsonStandard } from './support/sources.ts';
import { unusedSuppression } from './support/unused.ts';
import type { SpannedText } from './suppress/comment.ts';

const ROLE = 'arn:aws:iam::111122223333:role/Orders';

export const suppressionUnused = rule({
  id: 'suppression-unused',
  group: 'style',
  kinds: documentKinds,
  title: 'a suppression that suppresses nothing',
  documentation: {
    what:
      'A comment such as `// kms-lens-disable-next-line kms-external-admin` where the rule has nothing to report. `kms-lens check` on a ' +
      'folder reports entries of `suppress` in its `.kms-lens.json`, too.',
    why:
      'What was accepted once is gone. A fault of the same kind that comes later would be suppressed by it, and nobody would ' +
      'have looked at that one.',
    spares:
      'Rules that are off, documents with broken JSON, and what the editor reports itself. Entries of `.kms-lens.json` are not ' +
      'judged in the editor, which sees open documents only.',
    bad: commented('/* kms-lens-disable kms-external-admin -- contract 4711 */', letsDecrypt(ROLE)),
    good: commented('', letsDecrypt(ROLE)),
    sources: [jsonStandard, jsonGrammar],
  },
  check: {
    suppression(comment, { document: { text }, report }) {
      for (const name of comment.unused) {
        const next = comment.names.length === 1 ? 'remove the comment' : 'remove it from the comment';
        report({ ...unusedSuppression(name.text, name.span, next), fixes: [removal(text, comment, name)] });
      }
    },
  },
});

/** Not for all at once: with the reason in it goes something that only people know. */
function removal(text: string, comment: UsedComment, name: SpannedText): Fix {
  const isAlone = comment.names.length === 1;
  const span = isAlone ? withoutComment(text, comment.span) : withoutName(comment, name);
  return {
    title: isAlone ? 'remove the comment' : `remove \`${name.text}\` from the comment`,
    safe: false,
    edits: [{ op: 'span', span, text: '' }],
  };
}
