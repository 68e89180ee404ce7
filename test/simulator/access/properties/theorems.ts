import fc from 'fast-check';
import { expect } from 'vitest';
import type { Decision } from '../../../../simulator/access/decision.ts';
import { decidePlainly } from '../reference/decide.ts';
import { applies } from '../reference/layers.ts';
import { type Example, PLAIN_LAYERS, type PlainLayer, type PlainStatement } from '../reference/model.ts';
import { example, identityStatement, keyPolicyStatement } from './arbitrary.ts';
import { mapPolicies } from './change.ts';
import { decideExample } from './engine.ts';
import { type Property, property } from './property.ts';

const RANK = { denied: 0, depends: 1, allowed: 2 } as const;
const rank = (asked: Example): number => RANK[decideExample(asked).verdict];

const layer = fc.constantFrom<PlainLayer>(...PLAIN_LAYERS);
const named: readonly PlainLayer[] = ['key-policy', 'vpc-endpoint-policy', 'rcp'];

/** A statement for a layer: with a principal where the layer's policies have one. */
const addition = layer.chain((to) =>
  fc.record({ to: fc.constant(to), statement: named.includes(to) ? keyPolicyStatement : identityStatement }),
);

/** Adds a statement to the first policy of a layer; a layer without a policy stays without. */
function add(asked: Example, to: PlainLayer, statement: PlainStatement): Example {
  let isDone = false;
  return mapPolicies(asked, (policy, of) => {
    if (of !== to || isDone) return policy;
    isDone = true;
    return { ...policy, Statement: [...policy.Statement, statement] };
  });
}

const explicitDenyWins = property(
  'an explicit deny always wins',
  fc.record({ example, to: layer }),
  ({ example: asked, to }) => {
    const statement = { Effect: 'Deny' as const, Action: '*', Resource: '*' };
    const denied = add(asked, to, named.includes(to) ? { ...statement, Principal: '*' } : statement);
    const isAdded = JSON.stringify(denied) !== JSON.stringify(asked);
    if (!isAdded || !applies(to, asked)) return;
    const { verdict, kind, blockers } = decideExample(denied);
    expect({ verdict, kind }).toEqual({ verdict: 'denied', kind: 'explicit' });
    expect(blockers.filter((blocker) => blocker.kind === 'explicit').map((blocker) => blocker.layer)).toContain(to);
  },
);

const denyNeverAllows = property(
  'adding a Deny never allows more',
  fc.record({ example, addition }),
  ({ example: asked, addition: { to, statement } }) => {
    expect(rank(add(asked, to, { ...statement, Effect: 'Deny' }))).toBeLessThanOrEqual(rank(asked));
  },
);

const allowNeverDenies = property(
  'adding an Allow never allows less',
  fc.record({ example, addition }),
  ({ example: asked, addition: { to, statement } }) => {
    expect(rank(add(asked, to, { ...statement, Effect: 'Allow' }))).toBeGreaterThanOrEqual(rank(asked));
  },
);

const orderDoesNotMatter = property(
  'order and duplication of statements do not matter',
  fc.record({ example, twice: fc.nat({ max: 3 }) }),
  ({ example: asked, twice }) => {
    const reversed = mapPolicies(asked, (policy) => {
      const again = policy.Statement[twice];
      return { ...policy, Statement: [...(again ? [again] : []), ...policy.Statement.toReversed()] };
    });
    expect(gist(decideExample(reversed))).toEqual(gist(decideExample(asked)));
  },
);

function gist({ verdict, kind, by, blockers, needs }: Decision): unknown {
  const about = needs.map(({ type }) => type);
  return {
    verdict,
    kind,
    by,
    blockers: blockers.map((blocker) => [blocker.layer, blocker.kind]),
    needs: [...new Set(about)].sort(),
  };
}

const nobodyWithoutStatements = property(
  'with no statement nobody gets in',
  fc.record({ example }),
  ({ example: asked }) => {
    const { grants: _, ...world } = asked.world;
    const given = { keyPolicy: { Statement: [] }, identityPolicies: [], ...world };
    const empty = mapPolicies({ ...asked, world: given }, (policy) => ({ ...policy, Statement: [] }));
    const { verdict, kind } = decideExample(empty);
    // A root user needs nobody's leave for what concerns no key, unless its organization has to give it.
    const mayList = asked.request.key === undefined && decidePlainly(empty).verdict === 'allowed';
    if (mayList) expect(asked.request.caller.type).toBe('root');
    expect({ verdict, kind }).toEqual({ verdict: mayList ? 'allowed' : 'denied', kind: 'implicit' });
  },
);

export const theorems: readonly Property[] = [
  explicitDenyWins,
  denyNeverAllows,
  allowNeverDenies,
  orderDoesNotMatter,
  nobodyWithoutStatements,
];
