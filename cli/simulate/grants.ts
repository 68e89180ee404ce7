import { parseKeyArn } from '../../simulator/access/request.ts';
import type { Grant } from '../../simulator/access/world.ts';
import { CommandError } from '../failure.ts';
import { displayName } from '../files/read.ts';
import { type PolicyFiles, placeIn } from './policies.ts';
import { type ReadGrant, readGrants } from './read-grants.ts';

export interface GrantsByKey {
  readonly source: readonly Grant[];
  readonly destination: readonly Grant[];
}

/**
 * The grants of the files, on the key of the request and on ReEncrypt's destination. A grant that does not say which key
 * it is on is on the former.
 *
 * @throws {CommandError} where a file holds no grants, or none on these keys
 */
export async function readGrantFiles(
  files: PolicyFiles,
  paths: readonly string[] | undefined,
  keys: { readonly key: string | undefined; readonly toKey: string | undefined },
): Promise<GrantsByKey> {
  const source: Grant[] = [];
  const destination: Grant[] = [];
  for (const path of paths ?? []) {
    const name = displayName(path);
    const document = await files.document('--grant', path, 'grant');
    const { grants, problems } = readGrants(document);
    const [problem] = problems;
    if (problem)
      throw new CommandError(`\`--grant\`: \`${placeIn(document, name, problem.path)}\`: ${problem.message}`);
    if (grants.length === 0)
      throw new CommandError(
        `\`--grant\`: \`${name}\` holds no grants: give the input of CreateGrant or the output of ListGrants`,
      );
    const onDestination = grants.filter((each) => keys.toKey !== undefined && names(each, keys.toKey));
    const onSource = grants.filter((each) => !onDestination.includes(each) && mayBeOn(each, keys.key));
    const [stranger] = grants;
    if (stranger && onDestination.length + onSource.length === 0)
      throw new CommandError(
        `\`--grant\`: \`${name}\` has no grant on ${keys.key}: the first is on ${stranger.key}; give the grants of the key`,
      );
    source.push(...onSource.map(({ grant }) => grant));
    destination.push(...onDestination.map(({ grant }) => grant));
  }
  return { source, destination };
}

/** An alias may stand for any key, and where the request's key is not known, so may an id. */
function mayBeOn(grant: ReadGrant, key: string | undefined): boolean {
  const isOpen = grant.key === undefined || key === undefined || /\balias\//.test(grant.key);
  return isOpen || names(grant, key);
}

function names({ key: written }: ReadGrant, key: string): boolean {
  return written === key || (written !== undefined && written === parseKeyArn(key)?.id);
}
