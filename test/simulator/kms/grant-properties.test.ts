import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KmsKey } from '../../../simulator/kms/key.ts';
import { ACCOUNT, utf8 } from './keys.ts';
import { everything, Lab } from './lab.ts';

const ADMIN = `arn:aws:iam::${ACCOUNT}:role/Admin`;
const PARENT = `arn:aws:iam::${ACCOUNT}:user/parent`;
const CHILD = `arn:aws:iam::${ACCOUNT}:user/child`;

/** Only the administrator gets in by the key policy; the others need grants. */
const policy = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: { AWS: ADMIN }, Action: 'kms:*', Resource: '*' }],
});

async function locked(delay = 0): Promise<{ readonly lab: Lab; readonly key: KmsKey }> {
  const lab = new Lab({ [ADMIN]: everything }, undefined, { grantDelay: delay });
  return { lab, key: await lab.key({ Policy: policy }, ADMIN) };
}

const contexts = fc.dictionary(fc.constantFrom('a', 'b', 'A'), fc.constantFrom('1', '2'), { maxKeys: 3 });
const constraints = fc.oneof(
  fc.constant({}),
  fc.record({ EncryptionContextEquals: contexts }),
  fc.record({ EncryptionContextSubset: contexts }),
);
const USES = ['Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'DescribeKey'] as const;
const uses = fc.subarray([...USES], { minLength: 1 });

async function may(
  lab: Lab,
  { arn: KeyId }: KmsKey,
  caller: string,
  use: (typeof USES)[number],
  EncryptionContext: Readonly<Record<string, string>>,
): Promise<boolean> {
  const input = { KeyId, EncryptionContext };
  const outcome =
    use === 'DescribeKey'
      ? await lab.outcome(use, { KeyId }, caller)
      : use === 'Encrypt'
        ? await lab.outcome(use, { ...input, Plaintext: utf8('x') }, caller)
        : await lab.outcome(use, { ...input, KeySpec: 'AES_128' }, caller);
  expect(outcome).toMatch(/^(ok$|AccessDenied)/);
  return outcome === 'ok';
}

describe('child grants', () => {
  it('never allow what their parent does not', async () => {
    const accepted = { yes: 0, no: 0 };
    const child = fc.record({ Operations: uses, Constraints: constraints });
    const children = fc.array(child, { minLength: 1, maxLength: 4 });
    const requests = fc.array(contexts, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(uses, constraints, children, requests, async (Operations, Constraints, made, asked) => {
        const { lab, key } = await locked();
        const KeyId = key.arn;
        const parent = { KeyId, GranteePrincipal: PARENT, Operations: [...Operations, 'CreateGrant'], Constraints };
        await lab.call('CreateGrant', parent, ADMIN);
        for (const each of made) {
          const outcome = await lab.outcome('CreateGrant', { KeyId, GranteePrincipal: CHILD, ...each }, PARENT);
          expect(outcome).toMatch(/^(ok$|AccessDenied)/);
          accepted[outcome === 'ok' ? 'yes' : 'no']++;
          if (each.Operations.some((operation) => !Operations.includes(operation))) expect(outcome).not.toBe('ok');
        }
        for (const context of asked)
          for (const use of USES)
            if (await may(lab, key, CHILD, use, context)) expect(await may(lab, key, PARENT, use, context)).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(Math.min(accepted.yes, accepted.no)).toBeGreaterThan(20);
  });
});

describe('whatever is granted and ended', () => {
  const users = ['ana', 'ben', 'cyd'].map((name) => `arn:aws:iam::${ACCOUNT}:user/${name}`);
  const happenings = fc.array(
    fc.oneof(
      fc.record({ grant: fc.constantFrom(...users), name: fc.option(fc.constantFrom('x', 'y')) }),
      fc.record({ end: fc.nat(9), how: fc.constantFrom('revoke', 'retire', 'retire by token') }),
      fc.record({ wait: fc.integer({ min: 1, max: 40 }) }),
    ),
    { minLength: 1, maxLength: 14 },
  );

  interface Kept {
    readonly id: string;
    readonly token: string;
    readonly user: string;
    readonly name: string | null;
    readonly from: number;
    until: number;
    ended: boolean;
  }

  it('those grants are there that were made and not ended, and those count that KMS has heard of', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.constantFrom(0, 30), async (happened, delay) => {
        const { lab, key } = await locked(delay);
        const KeyId = key.arn;
        const kept: Kept[] = [];
        for (const each of happened) {
          const now = lab.clock.now();
          if ('wait' in each) lab.clock.advance(each.wait);
          else if ('grant' in each) {
            const { grant: user, name } = each;
            const request = { KeyId, GranteePrincipal: user, Operations: ['Encrypt'] };
            const made = await lab.call('CreateGrant', { ...request, ...(name === null ? {} : { Name: name }) }, ADMIN);
            const same = kept.find(
              (other) => name !== null && !other.ended && other.name === name && other.user === user,
            );
            expect(kept.find(({ id }) => id === made.GrantId)).toBe(same);
            expect(kept.some(({ token }) => token === made.GrantToken)).toBe(false);
            const span = { from: now + delay, until: Number.POSITIVE_INFINITY, ended: false };
            if (!same) kept.push({ id: made.GrantId, token: made.GrantToken, user, name, ...span });
          } else {
            const there = kept.filter(({ ended }) => !ended);
            const grant = there[each.end % Math.max(1, there.length)];
            if (!grant) continue;
            const byId = { KeyId, GrantId: grant.id };
            const outcome =
              each.how === 'revoke'
                ? await lab.outcome('RevokeGrant', byId, ADMIN)
                : await lab.outcome('RetireGrant', each.how === 'retire' ? byId : { GrantToken: grant.token }, ADMIN);
            const isKnown = each.how !== 'retire' || grant.from <= now;
            expect(outcome).toBe(isKnown ? 'ok' : 'NotFoundException: ');
            if (isKnown) Object.assign(grant, { ended: true, until: now + delay });
          }
          const later = lab.clock.now();
          const { Grants } = await lab.call('ListGrants', { KeyId }, ADMIN);
          const ids = Grants.map((grant) => (grant as { readonly GrantId: string }).GrantId);
          const there = kept.filter(({ ended }) => !ended);
          expect(ids).toEqual(there.map(({ id }) => id).sort());
          for (const user of users) {
            const counts = kept.some((grant) => grant.user === user && grant.from <= later && later < grant.until);
            const ask = (GrantTokens: readonly string[]) =>
              lab.outcome('Encrypt', { KeyId, Plaintext: utf8('x'), GrantTokens }, user);
            expect((await ask([])) === 'ok').toBe(counts);
            const tokens = there.filter((grant) => grant.user === user).map(({ token }) => token);
            expect((await ask(tokens.slice(0, 10))) === 'ok').toBe(counts || tokens.length > 0);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
