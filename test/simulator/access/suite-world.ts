import type { Grant, World } from '../../../simulator/access/world.ts';
import { parseJson } from '../../../simulator/json/parse.ts';
import { CompiledPolicy } from '../../../simulator/policy/compile.ts';
import { readPolicy } from '../../../simulator/policy/document.ts';
import type { Block, Row, Section } from './suite.ts';

/**
 * The world of a row: the blocks of its section. Where the table has a column with the name of a kind, the row chooses
 * among them by name: `–` for none, `unknown` for those that nobody gave. A `condition` cell stands for a key policy
 * whose only statement allows everyone under that condition. `suffix`: of calls with two keys, `-to` for the other one.
 */
export function worldOf(section: Section, row: Row, suffix = ''): World {
  const chosen = (kind: string): readonly Block[] => {
    const blocks = section.blocks.filter((block) => block.kind === kind);
    const cell = row.cells.get(kind);
    if (cell === undefined) return blocks;
    const names = cell.split(', ');
    return names.flatMap((name) => {
      const found = blocks.filter((block) => block.name === name);
      if (found.length === 0 && name !== '–' && name !== 'unknown') throw new Error(`no ${kind} is called ${name}`);
      return found;
    });
  };
  const policies = (kind: string): CompiledPolicy[] => chosen(kind).map(({ text }) => policyOf(text));
  const one = (kind: string): CompiledPolicy | undefined => policies(kind)[0];
  const levels = (kind: string): NonNullable<World['serviceControlPolicies']> =>
    [...new Set(chosen(kind).map(({ name }) => name))].map((target) => ({
      target,
      policies: chosen(kind)
        .filter(({ name }) => name === target)
        .map(({ text }) => policyOf(text)),
    }));
  const condition = row.cells.get('condition');
  const boundary = one('permissions-boundary');
  const endpoint = one('vpc-endpoint-policy');
  const has = (kind: string): boolean => section.blocks.some((block) => block.kind === kind);
  return {
    keyPolicy:
      condition === undefined ? one(`key-policy${suffix}`) : conditionPolicy(condition, row.cells.get('version')),
    identityPolicies: row.cells.get('identity-policy') === 'unknown' ? undefined : policies('identity-policy'),
    ...(boundary ? { permissionsBoundary: boundary } : {}),
    ...(endpoint ? { vpcEndpointPolicy: endpoint } : {}),
    sessionPolicies: policies('session-policy'),
    ...(has('scp') ? { serviceControlPolicies: levels('scp') } : {}),
    ...(has('rcp') ? { resourceControlPolicies: levels('rcp') } : {}),
    ...(has('grant') ? { grants: chosen('grant').map(grantOf) } : {}),
  };
}

export function policyOf(text: string): CompiledPolicy {
  const { root, problems } = parseJson(text);
  if (!root || problems.length > 0) throw new Error(`no policy: ${text}`);
  return new CompiledPolicy(readPolicy(root));
}

function conditionPolicy(condition: string, version = '2012-10-17'): CompiledPolicy {
  return policyOf(
    JSON.stringify({
      ...(version === '–' ? {} : { Version: version }),
      Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*', Condition: JSON.parse(condition) },
    }),
  );
}

function grantOf({ name, text }: Block): Grant {
  return { name, ...JSON.parse(text) };
}
