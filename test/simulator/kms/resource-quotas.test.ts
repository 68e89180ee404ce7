import { describe, expect, it } from 'vitest';
import { policySizeQuotas, resourceQuotas } from '../../../simulator/facts/quotas.ts';
import { KmsKey } from '../../../simulator/kms/key.ts';
import { DAY, Lab } from './lab.ts';

const REFUSED = /^LimitExceededException: /;

interface Row {
  readonly quota: string;
  readonly limit: number;
  /** The operations that could go beyond it. */
  readonly operations: readonly string[];
  /** Fills a lab up to the limit, and gives what would go beyond it and what would not. */
  fill(
    lab: Lab,
    limit: number,
  ): Promise<{
    readonly beyond: readonly (() => Promise<string>)[];
    readonly within: readonly (() => Promise<string>)[];
    readonly refused: RegExp;
  }>;
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Source: KMS Developer Guide, "Resource quotas", written down here a second time. */
const rows: readonly Row[] = [
  {
    quota: 'customer managed keys',
    limit: 100_000,
    operations: ['CreateKey'],
    async fill(lab, limit) {
      const first = await lab.key();
      const { identity, policy, materials } = first;
      for (const index of numbers(limit - 1))
        lab.world.add(new KmsKey({ ...identity, id: `filler-${index}`, state: 'Enabled', policy, materials }));
      return {
        beyond: [() => lab.outcome('CreateKey', {}), () => lab.outcome('CreateKey', { MultiRegion: true })],
        within: [
          () => lab.outcome('CreateKey', {}, undefined, { region: 'eu-west-1' }),
          () => lab.outcome('CreateKey', {}, 'arn:aws:iam::444455556666:user/Bob'),
          // The key of S3 is made by AWS, and counts for nothing.
          () => lab.outcome('DescribeKey', { KeyId: 'alias/aws/s3' }),
        ],
        refused: REFUSED,
      };
    },
  },
  {
    quota: 'aliases',
    limit: 50,
    operations: ['CreateAlias', 'UpdateAlias'],
    async fill(lab, limit) {
      const [full, other] = [await lab.key(), await lab.key()];
      const create = (name: string, TargetKeyId: string) =>
        lab.outcome('CreateAlias', { AliasName: `alias/${name}`, TargetKeyId });
      for (const index of numbers(limit)) expect(await create(`${index}`, full.arn)).toBe('ok');
      await create('elsewhere', other.arn);
      const move = (name: string, TargetKeyId: string) =>
        lab.outcome('UpdateAlias', { AliasName: `alias/${name}`, TargetKeyId });
      return {
        beyond: [() => create('more', full.arn), () => move('elsewhere', full.arn)],
        within: [
          () => move('7', full.arn),
          () => move('7', other.arn),
          () => move('elsewhere', full.arn),
          () => lab.outcome('DeleteAlias', { AliasName: 'alias/8' }),
          () => create('more', full.arn),
        ],
        refused: REFUSED,
      };
    },
  },
  {
    quota: 'tags',
    limit: 50,
    operations: ['CreateKey', 'TagResource'],
    async fill(lab, limit) {
      const Tags = numbers(limit).map((index) => ({ TagKey: `key${index}`, TagValue: 'v' }));
      const more = { TagKey: 'more', TagValue: 'v' };
      const { arn: KeyId } = await lab.key({ Tags });
      return {
        beyond: [
          () => lab.outcome('TagResource', { KeyId, Tags: [more] }),
          () => lab.outcome('CreateKey', { Tags: [...Tags, more] }),
        ],
        within: [
          () => lab.outcome('TagResource', { KeyId, Tags: [{ TagKey: 'key0', TagValue: 'other' }] }),
          () => lab.outcome('UntagResource', { KeyId, TagKeys: ['key0'] }),
          () => lab.outcome('TagResource', { KeyId, Tags: [more] }),
        ],
        // Recorded so, though the guide speaks of LimitExceededException.
        refused: /^TagException: Too many tags$/,
      };
    },
  },
  {
    quota: 'on-demand rotations',
    limit: 25,
    operations: ['RotateKeyOnDemand'],
    async fill(lab, limit) {
      const { arn: KeyId } = await lab.key();
      const rotate = (id = KeyId) => lab.outcome('RotateKeyOnDemand', { KeyId: id });
      for (const _ of numbers(limit)) expect(await rotate()).toBe('ok');
      // They come back with no time.
      lab.clock.advance(400 * DAY);
      const other = await lab.key();
      return {
        beyond: [rotate],
        within: [() => rotate(other.arn), () => lab.outcome('EnableKeyRotation', { KeyId })],
        refused: REFUSED,
      };
    },
  },
  {
    quota: 'key-policy',
    limit: 32_768,
    operations: ['CreateKey', 'PutKeyPolicy'],
    async fill(lab, limit) {
      const { arn: KeyId } = await lab.key();
      const { Policy = '' } = await lab.call('GetKeyPolicy', { KeyId });
      const ofBytes = (bytes: number) => Policy.padEnd(bytes);
      // Two bytes for one character.
      const wide = (bytes: number) => ofBytes(bytes - 1).replace('key-default-1', 'key-default-é');
      return {
        beyond: [
          () => lab.outcome('PutKeyPolicy', { KeyId, Policy: ofBytes(limit + 1) }),
          () => lab.outcome('CreateKey', { Policy: ofBytes(limit + 1) }),
          () => lab.outcome('PutKeyPolicy', { KeyId, Policy: wide(limit + 1) }),
        ],
        within: [
          () => lab.outcome('PutKeyPolicy', { KeyId, Policy: ofBytes(limit) }),
          () => lab.outcome('CreateKey', { Policy: ofBytes(limit) }),
          () => lab.outcome('PutKeyPolicy', { KeyId, Policy: wide(limit) }),
        ],
        refused: REFUSED,
      };
    },
  },
];

describe('what an account or a key can have', () => {
  it.each(rows.map((row) => [row.quota, row] as const))('%s', async (_, { limit, fill }) => {
    const lab = new Lab();
    const { beyond, within, refused } = await fill(lab, limit);
    for (const each of beyond) expect(await each()).toMatch(refused);
    for (const each of within) expect(await each()).toBe('ok');
  });

  it('is what the facts say, but for grants and key stores, which nothing makes here', () => {
    const known = [...resourceQuotas.map(({ name, limit }) => [name, limit]), ['key-policy', policyLimit]];
    const tested = rows.map(({ quota, limit }) => [quota, limit]);
    expect(known.filter(([name]) => !/^(grants|custom key stores)$/.test(String(name))).sort()).toEqual(tested.sort());
  });
});

const policyLimit = policySizeQuotas.find(({ policy }) => policy === 'key-policy')?.limit;
