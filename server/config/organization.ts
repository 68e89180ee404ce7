import { toValue, valueOf } from '../../simulator/json/node.ts';
import { isLoose } from '../../simulator/json/parse.ts';
import { type Place, toPointer } from '../../simulator/json/place.ts';
import type { OrganizationEntry } from '../../simulator/scenario/file.ts';
import { loadPolicies } from '../../simulator/scenario/load.ts';
import { type Organization, organizationOf } from '../../simulator/scenario/organization.ts';
import { readScenario } from '../../simulator/scenario/read.ts';
import type { SourceDocument } from '../documents/source.ts';
import { ConfigError, type ReadDocument } from './listed-policies.ts';
import { scenarioFiles } from './scenario-files.ts';
import { pathBelow } from './uris.ts';

/** An organization with the documents that its policies stand in. */
export interface ConfiguredOrganization extends Organization {
  readonly documents: readonly SourceDocument[];
}

/**
 * Reads the `organization` member of a scenario, and nothing else of it.
 *
 * @param root no path may lead out of this folder
 * @throws {ConfigError} where the member is not there or cannot be understood: half an organization decides wrongly
 */
export async function readOrganization(
  scenario: SourceDocument,
  root: string,
  read: ReadDocument,
): Promise<ConfiguredOrganization> {
  const fail = ({ path, ...place }: Place, problem: string): never => {
    const { start } = scenario.rangeOf({ path, ...place });
    const where = `\`${pathBelow(root, scenario.uri) ?? scenario.uri}:${start.line + 1}\``;
    throw new ConfigError(path.length === 0 ? `${where} ${problem}` : `${where} (\`${toPointer(path)}\`): ${problem}`);
  };
  const { root: tree, problems } = scenario.parsed;
  if (!tree || !problems.every(isLoose))
    return fail({ path: [] }, 'is no proper JSON: mend it, or name another scenario');
  const member = tree.type === 'object' ? valueOf(tree, 'organization') : undefined;
  if (!member) return fail({ path: [] }, 'has no `organization`: add one, or name another scenario');
  const outline = readScenario(tree);
  const files = scenarioFiles(scenario.uri, root, read);
  const ofOrganization = ({ path }: Place): boolean => path[0] === 'organization';
  const loaded = await loadPolicies(outline.policies.filter(ofOrganization), scenario.uri, files);
  const [problem] = [...outline.problems, ...loaded.problems].filter(({ place }) => ofOrganization(place));
  if (problem) return fail(problem.place, problem.message);
  const organization = organizationOf(
    toValue(member) as OrganizationEntry,
    ['organization'],
    (path) => loaded.policies.get(toPointer(path))?.compiled,
  );
  return { ...organization, documents: [scenario, ...files.documents] };
}
