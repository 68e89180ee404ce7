import fc from 'fast-check';
import { expect } from 'vitest';
import type { AccessRequest } from '../../../../simulator/access/request.ts';
import type { Example, PlainPolicy } from '../reference/model.ts';
import { example } from './arbitrary.ts';
import { mapPolicies } from './change.ts';
import { decideExample } from './engine.ts';
import { type Property, property } from './property.ts';

/** What a request may leave out because nobody knows it. */
const KEY_FACTS = ['id', 'spec', 'multiRegion', 'aliases', 'tags'] as const;
const REQUEST_FACTS = ['principalTags', 'principalOrganization', 'input'] as const;

const forgotten = fc.record({
  key: fc.subarray([...KEY_FACTS]),
  request: fc.subarray([...REQUEST_FACTS]),
  time: fc.boolean(),
  address: fc.boolean(),
});
type Forgotten = typeof forgotten extends fc.Arbitrary<infer T> ? T : never;

/** The same request as somebody sees it who knows less. */
function forget({ request, world }: Example, what: Forgotten): Example {
  const { context = {}, key, caller, ...rest } = request;
  const isService = caller.type === 'service';
  const hasTags = !isService && caller.type !== 'root';
  const tagsAreKnown = request.principalTags !== undefined && !what.request.includes('principalTags');
  const stated = [
    ...(what.time ? ['aws:CurrentTime'] : []),
    // The address of what came through an endpoint is known not to be there.
    ...(what.address && request.vpcEndpoint === undefined ? ['aws:SourceIp'] : []),
    ...(hasTags && !tagsAreKnown ? ['aws:principaltag/key'] : []),
    ...(isService ? ['aws:SourceArn'] : []),
  ];
  const known = { ...without(rest, what.request), caller, context: without(context, stated) };
  return { world, request: { ...known, key: key && without(key, what.key) } as AccessRequest };
}

function without<T extends object>(value: T, names: readonly string[]): T {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))) as T;
}

const moreFactsContradictNothing = property(
  'a definite verdict stays when more becomes known of the request',
  fc.record({ example, forgotten }),
  ({ example: known, forgotten: what }) => {
    const before = decideExample(forget(known, what));
    if (before.verdict === 'depends') return;
    const { verdict, kind } = decideExample(known);
    expect(verdict).toBe(before.verdict);
    // What is denied for want of an Allow may turn out to be denied explicitly, but not the other way round.
    if (before.kind === 'explicit') expect(kind).toBe('explicit');
  },
);

const value = fc.constantFrom('red', 'true', '10.0.0.9', '2026-11-01T00:00:00Z', 'RSA_2048', 'alias/orders', null);

const eitherAnswerFits = property(
  'each answer to what a verdict depends on leads to a verdict, and no definite one is taken back',
  fc.record({ example, answers: fc.array(value, { minLength: 4, maxLength: 4 }) }),
  ({ example: asked, answers }) => {
    let now = asked;
    for (const answer of answers) {
      const { verdict, needs } = decideExample(now);
      const need = needs.find(({ type }) => type === 'context-key');
      expect(verdict === 'depends').toBe(needs.length > 0);
      if (!need || !('key' in need)) return;
      const context = { ...now.request.context, [need.key]: answer };
      now = { ...now, request: { ...now.request, context } };
      // An answered question is not asked again.
      const again = decideExample(now).needs;
      const asksAgain = again.some((each) => 'key' in each && each.key.toLowerCase() === need.key.toLowerCase());
      expect(asksAgain).toBe(false);
    }
  },
);

const policies = fc.record({ key: fc.boolean(), identity: fc.boolean() });

/** Policies that nobody gave are taken to deny nothing: what they might allow is what a verdict depends on. */
const morePoliciesContradictNothing = property(
  'a definite verdict stays when a policy becomes known that denies nothing',
  fc.record({ example, hidden: policies }),
  ({ example: asked, hidden }) => {
    const known = mapPolicies(asked, (policy, layer) =>
      layer === 'key-policy' || layer === 'identity-policy' ? allowsOf(policy) : policy,
    );
    const { keyPolicy, identityPolicies, ...world } = known.world;
    const before = decideExample({
      request: known.request,
      world: {
        ...world,
        ...(hidden.key || !keyPolicy ? {} : { keyPolicy }),
        ...(hidden.identity || !identityPolicies ? {} : { identityPolicies }),
      },
    });
    if (before.verdict !== 'depends') expect(decideExample(known).verdict).toBe(before.verdict);
  },
);

function allowsOf(policy: PlainPolicy): PlainPolicy {
  return { ...policy, Statement: policy.Statement.filter(({ Effect }) => Effect === 'Allow') };
}

export const honesty: readonly Property[] = [
  moreFactsContradictNothing,
  eitherAnswerFits,
  morePoliciesContradictNothing,
];
