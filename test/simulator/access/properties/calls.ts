import fc from 'fast-check';
import { expect } from 'vitest';
import { decideOperation } from '../../../../simulator/access/operation.ts';
import type { AccessRequest, AliasDescription, KeyDescription } from '../../../../simulator/access/request.ts';
import { decidePlainly } from '../reference/decide.ts';
import type { Example, PlainWorld } from '../reference/model.ts';
import { key, policiesOfKey, request, world } from './arbitrary.ts';
import { compileWorld } from './engine.ts';
import * as pool from './pool.ts';
import { type Property, property } from './property.ts';

const VERDICTS = ['denied', 'depends', 'allowed'] as const;

/** The worst of what the permissions come to. */
function together(permissions: readonly Example[]): (typeof VERDICTS)[number] {
  const verdicts = permissions.map((each) => decidePlainly(each).verdict);
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'allowed';
}

interface Call {
  readonly request: AccessRequest;
  readonly on: KeyDescription;
  readonly to: KeyDescription;
  readonly alias: AliasDescription;
  readonly toEncryptionContext?: Readonly<Record<string, string>>;
  readonly world: PlainWorld;
  /** What stands on the other key. */
  readonly other: Pick<PlainWorld, 'keyPolicy' | 'grants'>;
}

const call: fc.Arbitrary<Call> = fc
  .record({
    request,
    on: key,
    to: fc.oneof(
      key,
      key.map((each) => ({ ...each, account: pool.OTHER_ACCOUNT })),
    ),
    alias: fc.constantFrom(...pool.aliases.filter(({ account }) => account === pool.KEY_ACCOUNT)),
    toEncryptionContext: fc.option(fc.constantFrom({ app: 'orders' }, { app: 'x' }), { nil: undefined }),
    world,
    other: policiesOfKey,
  })
  .map((found) => JSON.parse(JSON.stringify(found)) as Call);

/** Worlds of the two keys: the caller's side is one, what stands on a key is its own. */
function worldsOf({ world: { vpcEndpointPolicy: _, keyPolicy, grants, ...caller }, other }: Call): {
  on: PlainWorld;
  to: PlainWorld;
} {
  return {
    on: { ...caller, ...(keyPolicy ? { keyPolicy } : {}), ...(grants ? { grants } : {}) },
    to: { ...caller, ...other },
  };
}

function verdictOf(operation: string, asked: Call): string | undefined {
  const { request: given, on, to, alias, toEncryptionContext } = asked;
  const { action: _, key: __, alias: ___, ...rest } = given;
  const worlds = worldsOf(asked);
  return decideOperation(
    {
      ...rest,
      operation,
      on,
      ...(operation === 'CreateAlias' ? {} : { to }),
      ...(operation === 'ReEncrypt' ? {} : { alias: alias.name }),
      ...(toEncryptionContext ? { toEncryptionContext } : {}),
    },
    { on: compileWorld(worlds.on), to: compileWorld(worlds.to) },
  )?.verdict;
}

const reEncrypt = property(
  'ReEncrypt is decided as its two permissions are',
  fc.record({ call }),
  ({ call: asked }) => {
    const { request: given, on, to, toEncryptionContext } = asked;
    const worlds = worldsOf(asked);
    const expected = together([
      { request: { ...given, action: 'ReEncryptFrom', key: on }, world: worlds.on },
      {
        request: {
          ...given,
          action: 'ReEncryptTo',
          key: to,
          ...(toEncryptionContext ? { encryptionContext: toEncryptionContext } : {}),
        },
        // The same key has the same policy and grants.
        world: isOneKey(on, to) ? worlds.on : worlds.to,
      },
    ]);
    expect(verdictOf('ReEncrypt', asked)).toBe(expected);
  },
);

const aliases = property(
  'calls for aliases are decided as their permissions on the alias and on each key are',
  fc.record({ call, operation: fc.constantFrom('CreateAlias', 'UpdateAlias') }),
  ({ call: asked, operation }) => {
    const { request: given, on, to, alias } = asked;
    const worlds = worldsOf(asked);
    const onAlias = { ...alias, account: on.account, region: on.region };
    const one = { ...given, action: operation };
    const expected = together([
      { request: { ...one, key: undefined, alias: onAlias }, world: worlds.on },
      { request: { ...one, key: on }, world: worlds.on },
      ...(operation === 'UpdateAlias' ? [{ request: { ...one, key: to }, world: worlds.to }] : []),
    ]);
    expect(verdictOf(operation, asked)).toBe(expected);
  },
);

/** Sure only where the ids are known. */
function isOneKey(one: KeyDescription, two: KeyDescription): boolean {
  return one.id !== undefined && one.id === two.id && one.account === two.account && one.region === two.region;
}

export const calls: readonly Property[] = [reEncrypt, aliases];
