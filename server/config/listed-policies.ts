import { isLoose } from '../../simulator/json/parse.ts';
import type { DocumentKind } from '../documents/kinds.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { ListedPrincipal } from './config.ts';
import type { ConfigPlace, WrittenPath } from './file.ts';
import { pathBelow, resolveUri } from './uris.ts';

/** A file that a configuration names and that cannot be used. The message says which file names it where. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Gives a document by its URI, and what it is; undefined where it cannot be read. */
export type ReadDocument = (uri: string, kind: DocumentKind) => Promise<SourceDocument | undefined>;

/** The policies of a listed principal. */
export interface PrincipalPolicies {
  /** Undefined where the entry does not say. */
  readonly identityPolicies?: readonly SourceDocument[];
  readonly permissionsBoundary?: SourceDocument;
  readonly sessionPolicies?: readonly SourceDocument[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** @throws {ConfigError} where a file cannot be read or holds no policy */
export async function policiesOf({ entry, file }: ListedPrincipal, read: ReadDocument): Promise<PrincipalPolicies> {
  const load = (path: WrittenPath): Promise<SourceDocument> => policyAt(file, path, 'iam-policy', read);
  const { policies, permissionsBoundary, sessionPolicies, tags } = entry;
  return {
    ...(policies ? { identityPolicies: await Promise.all(policies.map(load)) } : {}),
    ...(permissionsBoundary ? { permissionsBoundary: await load(permissionsBoundary) } : {}),
    ...(sessionPolicies ? { sessionPolicies: await Promise.all(sessionPolicies.map(load)) } : {}),
    ...(tags ? { tags } : {}),
  };
}

/**
 * The policy that a configuration names.
 *
 * @throws {ConfigError} where the file cannot be read or holds no policy
 */
export async function policyAt(
  file: ConfigPlace,
  path: WrittenPath,
  kind: DocumentKind,
  read: ReadDocument,
): Promise<SourceDocument> {
  const document = await documentAt(file, path, kind, read);
  const problem = whyNoPolicy(document);
  if (problem) throw new ConfigError(`${placeOf(file, path)} names \`${path.text}\`, which ${problem}`);
  return document;
}

/**
 * The document that a configuration names.
 *
 * @throws {ConfigError} where it lies outside of the workspace folder or cannot be read
 */
export async function documentAt(
  file: ConfigPlace,
  path: WrittenPath,
  kind: DocumentKind,
  read: ReadDocument,
): Promise<SourceDocument> {
  const uri = resolveUri(file.folder, path.text, file.root);
  if (uri === undefined)
    throw new ConfigError(
      `${placeOf(file, path)} names \`${path.text}\`, which lies outside of the workspace folder: keep the file inside`,
    );
  const document = await read(uri, kind);
  if (document) return document;
  throw new ConfigError(
    `${placeOf(file, path)} names \`${path.text}\`, which cannot be read: mend the path or add the file`,
  );
}

/** Why nobody can decide with a document; undefined where it is a policy. */
export function whyNoPolicy({ policy, allowsComments }: SourceDocument): string | undefined {
  if (!policy) return 'holds no policy: give a JSON document with a `Statement`';
  if (policy.parsed.problems.some((problem) => !(allowsComments && isLoose(problem))))
    return 'is no proper JSON, so that AWS would take it for no policy: `kms-lens check` says where and why';
  if (policy.policy.statements.length === 0) return 'has no statements: give a policy with a `Statement`';
  return undefined;
}

/** `policies/.kms-lens.json:4`, from the workspace folder. */
function placeOf(file: ConfigPlace, { span }: WrittenPath): string {
  const { start } = file.document.rangeOfSpan(span);
  return `\`${pathBelow(file.root, file.uri) ?? file.uri}:${start.line + 1}\``;
}
