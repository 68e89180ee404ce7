import type { PolicyKind } from '../../simulator/facts/elements.ts';
import { withHoles } from '../answers/completion/snippet.ts';
import { snippetFor } from '../answers/completion/snippets.ts';
import type { Written } from '../documents/append.ts';
import type { Action, ActionPlace, Offer } from './action.ts';
import { freeSid, withStatements } from './support/statements.ts';

/** Puts a statement for somebody at the end, as the snippets have it. */
export const addStatement: Action = {
  id: 'add-statement',
  kind: 'refactor.rewrite',
  kinds: ['key-policy', 'iam-policy'],
  offers(place) {
    const { kind, isAtList, isAsked } = place;
    // In a statement others are seldom what somebody has in mind.
    if (!isAtList && !isAsked) return [];
    if (kind !== 'key-policy' && kind !== 'iam-policy') return [];
    return WANTED[kind].flatMap((prefix) => offerOf(kind, prefix, place) ?? []);
  },
};

/** The prefixes of the snippets, in the order in which they are offered. */
const WANTED: Readonly<Record<'key-policy' | 'iam-policy', readonly string[]>> = {
  'key-policy': [
    'statement-administrators',
    'statement-users',
    'statement-grants-for-aws-resources',
    'statement-cross-account',
    'statement-cloudtrail',
    'statement-cloudwatch-logs',
    'statement-s3-events',
    'statement-sns',
  ],
  'iam-policy': [
    'statement-use-key',
    'statement-use-key-through-service',
    'statement-grants-for-aws-resources',
    'statement-list-keys',
  ],
};

function offerOf(kind: PolicyKind, prefix: string, { document, policy, known }: ActionPlace): Offer | undefined {
  const snippet = snippetFor(kind, prefix, known);
  if (!snippet) return undefined;
  const statements: Record<string, Written>[] = JSON.parse(`[${withHoles(snippet.body)}]`);
  const named = statements.map(({ Sid, ...rest }) => ({
    ...(typeof Sid === 'string' ? { Sid: freeSid(Sid, policy) } : {}),
    ...rest,
  }));
  const text = withStatements(document, named);
  const title = `Add a ${snippet.name.charAt(0).toLowerCase()}${snippet.name.slice(1)}`;
  return text === undefined ? undefined : { title, detail: snippet.description, text };
}
