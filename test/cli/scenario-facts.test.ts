import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { kmsLens } from './run.ts';

const allow = (principal: string, action: string | readonly string[], more: object = {}): object => ({
  Effect: 'Allow',
  Principal: { AWS: principal },
  Action: action,
  Resource: '*',
  ...more,
});
const policyOf = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement }, null, 2);
const delegation = allow('arn:aws:iam::111122223333:root', 'kms:*');
const MRK = 'mrk-1234abcd12ab34cd56ef1234567890ab';

async function rulesFor(folder: string, ...paths: readonly string[]): Promise<[string, string][]> {
  const { stdout } = await kmsLens(['check', ...paths, '--format', 'json'], { cwd: folder });
  const { files } = JSON.parse(stdout) as { files: { file: string; diagnostics: { rule: string }[] }[] };
  return files.flatMap(({ file, diagnostics }) => diagnostics.map(({ rule }): [string, string] => [file, rule]));
}

describe('what a scenario says of a policy that it uses counts', () => {
  test('the account', async () => {
    const folder = folderWith({
      'k.key-policy.json': policyOf(delegation),
      's.kms-scenario.json': JSON.stringify({ keys: { k: { policy: 'k.key-policy.json', account: '444455556666' } } }),
    });
    expect(await rulesFor(folder, '.')).toEqual([['k.key-policy.json', 'kms-root-wrong-account']]);
    expect(await rulesFor(folder, 'k.key-policy.json')).toEqual([['k.key-policy.json', 'kms-root-wrong-account']]);
  });

  test('not where it takes the account for granted, or where two say otherwise', async () => {
    const policy = policyOf(allow('arn:aws:iam::444455556666:root', 'kms:*'));
    const uses = (more: object): string => JSON.stringify({ keys: { k: { policy: 'k.key-policy.json', ...more } } });
    const granted = folderWith({ 'k.key-policy.json': policy, 's.kms-scenario.json': uses({}) });
    expect(await rulesFor(granted, '.')).toEqual([]);
    const torn = folderWith({
      'k.key-policy.json': policy,
      's.kms-scenario.json': uses({ account: '111122223333' }),
      't.kms-scenario.json': uses({ account: '444455556666' }),
    });
    expect(await rulesFor(torn, '.')).toEqual([]);
  });

  test('the key spec', async () => {
    const condition = { Condition: { StringEquals: { 'kms:EncryptionContext:a': 'b' } } };
    const folder = folderWith({
      'deep/k.key-policy.json': policyOf(
        delegation,
        allow('arn:aws:iam::111122223333:role/A', 'kms:Decrypt', condition),
      ),
      's.kms-scenario.json': JSON.stringify({
        keys: { k: { policy: 'deep/k.key-policy.json', spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' } },
      }),
    });
    expect(await rulesFor(folder, 'deep')).toEqual([['deep/k.key-policy.json', 'kms-context-on-asymmetric']]);
  });

  test('the replicas', async () => {
    const folder = folderWith({
      'us.key-policy.json': policyOf(delegation, allow('arn:aws:iam::111122223333:role/A', 'kms:Decrypt')),
      'eu.key-policy.json': policyOf(delegation),
      's.kms-scenario.json': JSON.stringify({
        keys: {
          us: { policy: 'us.key-policy.json', id: MRK, region: 'us-east-1' },
          eu: { policy: 'eu.key-policy.json', id: MRK, region: 'eu-west-1' },
        },
      }),
    });
    expect(await rulesFor(folder, '.')).toEqual([
      ['eu.key-policy.json', 'kms-mrk-policy-drift'],
      ['us.key-policy.json', 'kms-mrk-policy-drift'],
    ]);
  });

  test('whose identity policy it is, and the policies of the keys', async () => {
    const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
    const Resource = `arn:aws:kms:us-east-1:444455556666:key/${id}`;
    const scenario = (policy: string): string =>
      JSON.stringify({
        principals: { App: { arn: 'arn:aws:iam::111122223333:role/App', policies: ['a.iam-policy.json'] } },
        keys: { k: { policy, account: '444455556666', id } },
      });
    const files = {
      'a.iam-policy.json': JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource }],
      }),
      'open.key-policy.json': policyOf(
        allow('arn:aws:iam::444455556666:root', 'kms:*'),
        allow('arn:aws:iam::111122223333:role/App', 'kms:Decrypt'),
      ),
      'closed.key-policy.json': policyOf(allow('arn:aws:iam::444455556666:root', 'kms:*')),
    };
    const open = folderWith({ ...files, 's.kms-scenario.json': scenario('open.key-policy.json') });
    expect(await rulesFor(open, 'a.iam-policy.json')).toEqual([]);
    const closed = folderWith({ ...files, 's.kms-scenario.json': scenario('closed.key-policy.json') });
    expect(await rulesFor(closed, 'a.iam-policy.json')).toEqual([['a.iam-policy.json', 'kms-crossaccount-iam-only']]);
  });
});
