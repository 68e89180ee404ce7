import type { PolicyKind } from '../../../simulator/facts/elements.ts';
import type { JsonNode } from '../../../simulator/json/node.ts';
import type { Path } from '../../../simulator/json/place.ts';
import { type PolicyDocument, readPolicy, type Statement } from '../../../simulator/policy/document.ts';
import type { Cursor } from '../../documents/cursor.ts';
import type { DocumentKind } from '../../documents/kinds.ts';
import type { SourceDocument } from '../../documents/source.ts';

/** What there is to know where something is to be written. */
export interface Context {
  readonly source: SourceDocument;
  readonly cursor: Cursor;
  /** The kinds of policy that the document may be; empty for grants. */
  readonly kinds: readonly PolicyKind[];
  readonly policy: PolicyDocument | undefined;
  /** The statement that the cursor is in. */
  readonly statement: Statement | undefined;
  /** The path within the statement, or within the document where the cursor is in none. */
  readonly within: Path;
  /** Other documents that are open, for the names in them. */
  readonly others: readonly SourceDocument[];
  readonly account: string;
  readonly region: string;
  readonly workspace?: WorkspacePolicies;
}

/** What a scenario can name, and what it names. */
export interface WorkspacePolicies {
  /** Files by their paths from the folder of the document, the likeliest first. */
  readonly files: readonly { readonly path: string; readonly kind: DocumentKind }[];
  /** The policies that the document names. */
  readonly named: readonly SourceDocument[];
}

export interface Surroundings {
  readonly others: readonly SourceDocument[];
  readonly account: string;
  readonly region: string;
  readonly workspace?: WorkspacePolicies;
}

/** @param kinds those that the text at the cursor may be, where it is not the whole document */
export function contextOf(
  source: SourceDocument,
  cursor: Cursor,
  around: Surroundings,
  kinds: readonly PolicyKind[] = source.kind.candidates.filter((kind) => kind !== 'grant' && kind !== 'scenario'),
): Context {
  const { root, path } = cursor;
  const policy = kinds.length > 0 && root ? policyOf(source, root) : undefined;
  const depth = path[0] === 'Statement' ? (typeof path[1] === 'number' ? 2 : 1) : 0;
  // The slot of a whole statement is not in that statement yet.
  const isInside = depth > 0 && (depth < path.length || cursor.slot === 'name');
  const index = typeof path[1] === 'number' ? path[1] : 0;
  return {
    source,
    cursor,
    kinds,
    policy,
    statement: isInside ? policy?.statements[index] : undefined,
    within: isInside ? path.slice(depth) : path,
    ...around,
  };
}

/** The same surroundings around another text: a policy inside the document. */
export function contextWithin(context: Context, cursor: Cursor, kinds: readonly PolicyKind[]): Context {
  const { source, others, account, region, workspace } = context;
  return contextOf(source, cursor, { others, account, region, ...(workspace ? { workspace } : {}) }, kinds);
}

function policyOf(source: SourceDocument, root: JsonNode): PolicyDocument {
  const { policy } = source;
  return policy && policy.policy.root === root ? policy.policy : readPolicy(root);
}

/** The names of the members beside the cursor. */
export function takenNames({ cursor }: Context): ReadonlySet<string> {
  const { container, member } = cursor;
  const members = container?.type === 'object' ? container.members : [];
  return new Set(members.flatMap((each) => (each === member ? [] : [each.key.value])));
}

/** The strings beside the cursor in its list. */
export function takenValues({ cursor }: Context): ReadonlySet<string> {
  const { container, token } = cursor;
  const elements = container?.type === 'array' ? container.elements : [];
  return new Set(
    elements.flatMap((each) => (each.type === 'string' && each.start !== token.start ? [each.value] : [])),
  );
}
