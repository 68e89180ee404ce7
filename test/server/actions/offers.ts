import { type Rewrite, type RewriteQuestion, rewritesAt } from '../../../server/actions/rewrites.ts';
import { applyTextEdits } from '../../../server/documents/edits.ts';
import { SourceDocument } from '../../../server/documents/source.ts';
import { check } from '../../../server/rules/engine.ts';
import { rules } from '../../../server/rules/generated/index.ts';
import { withoutHoles } from '../../../server/rules/holes.ts';

/** All rules, those about whole documents too, as an editor runs them. */
export function findingsOf(document: SourceDocument): readonly string[] {
  const found = check(document, {
    rules,
    onError: (_, error) => {
      throw error;
    },
  });
  return found.map(({ rule }) => rule.id);
}

/** What is offered at an offset of a document. */
export function rewrites(source: SourceDocument, offset: number, asked: Partial<RewriteQuestion> = {}): Rewrite[] {
  return rewritesAt(source, {
    offset,
    wanted: () => true,
    isAsked: true,
    others: [],
    facts: {},
    account: '',
    region: 'us-east-1',
    canCreate: true,
    inspect: (document) =>
      check(document, {
        rules,
        ...(asked.facts ? { facts: asked.facts } : {}),
        onError: (_, error) => {
          throw error;
        },
      }),
    ...asked,
  });
}

/** The text once a rewriting was made and nothing was filled in. */
export function rewritten(source: SourceDocument, { edits }: Rewrite): string {
  return applyTextEdits(
    source,
    edits.map(({ range, newText }) => ({ range, newText: withoutHoles(newText) })),
  );
}

/** A document in which `¦` says where the cursor is. */
export function withCursor(uri: string, marked: string): { source: SourceDocument; offset: number } {
  const offset = marked.indexOf('¦');
  if (offset < 0) throw new Error('there is no ¦ in the text');
  return { source: new SourceDocument({ uri, text: marked.replace('¦', '') }), offset };
}

/** The titles of what an action offers at the cursor. */
export function titles(uri: string, marked: string, id: string, asked: Partial<RewriteQuestion> = {}): string[] {
  const { source, offset } = withCursor(uri, marked);
  return rewrites(source, offset, asked)
    .filter(({ action }) => action.id === id)
    .map(({ title }) => title);
}

/** The text after the offer of this title, which has to be there. */
export function outcome(
  uri: string,
  marked: string,
  title: string | RegExp,
  asked: Partial<RewriteQuestion> = {},
): string {
  return rewritten(withCursor(uri, marked).source, offered(uri, marked, title, asked));
}

export function offered(
  uri: string,
  marked: string,
  title: string | RegExp,
  asked: Partial<RewriteQuestion> = {},
): Rewrite {
  const { source, offset } = withCursor(uri, marked);
  const all = rewrites(source, offset, asked);
  const found = all.find((each) => (typeof title === 'string' ? each.title === title : title.test(each.title)));
  if (!found) throw new Error(`there is no ${title}: ${all.map((each) => each.title).join('; ')}`);
  return found;
}

/** Offsets of the beginnings of the statements of a document. */
export function statementOffsets(source: SourceDocument): number[] {
  const statements = source.policy?.policy.statements ?? [];
  return statements.map(({ path }) => source.spanOf({ path }).start + 1);
}
