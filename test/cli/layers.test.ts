import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { kmsLens, type Outcome } from './run.ts';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ARCHIVE = 'arn:aws:kms:us-east-1:111122223333:key/0000abcd-12ab-34cd-56ef-1234567890ab';
const APP = 'arn:aws:iam::111122223333:role/App';

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
const allow = (action: string, more: object = {}): object => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...more,
});
const deny = (action: string, more: object = {}): object => ({ ...allow(action, more), Effect: 'Deny' });
const account = { Principal: { AWS: 'arn:aws:iam::111122223333:root' } };
const grant = (more: object = {}): object => ({ GranteePrincipal: APP, Operations: ['Decrypt'], ...more });

const files: Readonly<Record<string, string>> = {
  'k.key-policy.json': policy(allow('kms:*', account)),
  'closed.key-policy.json': policy(allow('kms:DescribeKey', { Principal: { AWS: `${APP}` } })),
  'archive.key-policy.json': policy(allow('kms:ReEncryptTo', { Principal: { AWS: APP } })),
  'app.iam-policy.json': policy(allow('kms:*')),
  'describe.iam-policy.json': policy(allow('kms:DescribeKey')),
  'no-decrypt.scp.json': policy(deny('kms:Decrypt')),
  'no-delete.scp.json': policy(deny('kms:ScheduleKeyDeletion')),
  'only-encrypt.scp.json': policy(allow('kms:Encrypt')),
  'full.scp.json': policy(allow('*')),
  'perimeter.rcp.json': policy(
    deny('kms:*', { Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } } }),
  ),
  'harmless.rcp.json': policy(deny('s3:*', { Principal: '*' })),
  'open.vpce-policy.json': policy(allow('*', { Principal: '*' })),
  'narrow.vpce-policy.json': policy(allow('kms:Encrypt', { Principal: '*' })),
  'create.kms-grant.json': JSON.stringify(grant({ KeyId: KEY, Name: 'worker' })),
  'listed.kms-grants.json': JSON.stringify({
    Grants: [
      grant({ KeyId: ARCHIVE, GrantId: 'a', Operations: ['ReEncryptTo'] }),
      grant({ KeyId: KEY, GrantId: 'b', Constraints: { EncryptionContextSubset: { a: '1' } } }),
    ],
    Truncated: false,
  }),
  'several.kms-grants.json': JSON.stringify([grant({ KeyId: 'alias/x', Operations: ['Encrypt'] }), grant()]),
  'elsewhere.kms-grant.json': JSON.stringify(grant({ KeyId: ARCHIVE })),
};

const simulate = (...args: readonly string[]): Promise<Outcome> =>
  kmsLens(['simulate', ...args], { cwd: folderWith(files) });
const key = ['--key-policy', 'k.key-policy.json', '--key', KEY];
const closed = ['--key-policy', 'closed.key-policy.json', '--key', KEY];
const app = ['--principal', APP, '--identity-policy', 'app.iam-policy.json'];
const decrypt = ['--action', 'kms:Decrypt'];

describe('each option adds its layer', () => {
  test.each<[args: readonly string[], verdict: string, by: string, layers: readonly string[]]>([
    [[...key, ...app], 'allowed', 'identity-policy', ['identity-policy:allows']],
    [[...key, '--principal', APP], 'denied', 'identity-policy', ['identity-policy:silent']],
    [
      [...key, ...app, '--permissions-boundary', 'app.iam-policy.json'],
      'allowed',
      'identity-policy',
      ['permissions-boundary:allows'],
    ],
    [
      [...key, ...app, '--permissions-boundary', 'describe.iam-policy.json'],
      'denied',
      'permissions-boundary',
      ['permissions-boundary:silent'],
    ],
    [
      [...key, ...app, '--session-policy', 'describe.iam-policy.json'],
      'denied',
      'session-policy',
      ['session-policy:silent'],
    ],
    [
      [...key, ...app, '--session-policy', 'describe.iam-policy.json', '--session-policy', 'app.iam-policy.json'],
      'allowed',
      'identity-policy',
      ['session-policy:allows'],
    ],
    [[...key, ...app, '--scp', 'no-decrypt.scp.json'], 'denied', 'scp', ['scp:denies']],
    [[...key, ...app, '--scp', 'no-delete.scp.json'], 'allowed', 'identity-policy', ['scp:allows']],
    [[...key, ...app, '--scp', 'only-encrypt.scp.json'], 'denied', 'scp', ['scp:silent']],
    [[...key, ...app, '--scp', 'full.scp.json', '--scp', 'only-encrypt.scp.json'], 'denied', 'scp', ['scp:silent']],
    [
      [...key, ...app, '--scp', 'full.scp.json', '--scp', 'no-delete.scp.json'],
      'allowed',
      'identity-policy',
      ['scp:allows'],
    ],
    [[...key, ...app, '--rcp', 'perimeter.rcp.json'], 'denied', 'rcp', ['rcp:denies']],
    [[...key, ...app, '--rcp', 'harmless.rcp.json'], 'allowed', 'identity-policy', ['rcp:allows']],
    [
      [...key, ...app, '--vpce-policy', 'open.vpce-policy.json'],
      'allowed',
      'identity-policy',
      ['vpc-endpoint-policy:allows'],
    ],
    [
      [...key, ...app, '--vpce-policy', 'narrow.vpce-policy.json'],
      'denied',
      'vpc-endpoint-policy',
      ['vpc-endpoint-policy:silent'],
    ],
    [[...closed, '--principal', APP], 'denied', 'key-policy', ['key-policy:silent']],
    [[...closed, '--principal', APP, '--grant', 'create.kms-grant.json'], 'allowed', 'grant', ['grant:allows']],
    [[...closed, '--principal', APP, '--grant', 'several.kms-grants.json'], 'allowed', 'grant', ['grant:allows']],
    [[...closed, '--principal', APP, '--grant', 'listed.kms-grants.json'], 'denied', 'key-policy', ['grant:silent']],
    [
      [...closed, '--principal', APP, '--grant', 'listed.kms-grants.json', '--encryption-context', 'a=1'],
      'allowed',
      'grant',
      ['grant:allows'],
    ],
    [
      [
        ...closed,
        '--principal',
        APP,
        '--grant',
        'listed.kms-grants.json',
        '--input',
        '{"EncryptionContext":{"a":"1"}}',
      ],
      'allowed',
      'grant',
      ['grant:allows'],
    ],
  ])('%j', async (args, verdict, by, layers) => {
    const { code, stdout, stderr } = await simulate('--format', 'json', ...decrypt, ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const decision = JSON.parse(stdout);
    expect(decision).toMatchObject({ version: 1, verdict, by, changes: expect.any(Array), assumed: expect.any(Array) });
    const outcomes = decision.layers.map(({ layer, outcome }: Record<string, string>) => `${layer}:${outcome}`);
    expect(outcomes).toEqual(expect.arrayContaining([...layers]));
  });

  test('FullAWSAccess is attached beside a Deny and not beside an Allow, and both are said', async () => {
    const args = [...decrypt, ...key, ...app, '--scp', 'no-delete.scp.json', '--scp', 'only-encrypt.scp.json'];
    const { stdout } = await simulate('--format', 'json', ...args);
    const { assumed, because } = JSON.parse(stdout);
    expect(assumed).toEqual(
      expect.arrayContaining([
        'FullAWSAccess is attached beside no-delete.scp.json',
        'FullAWSAccess is not attached beside only-encrypt.scp.json, whose Allow statements would mean nothing then',
      ]),
    );
    expect(because).toBe('no service control policy at only-encrypt.scp.json allows kms:Decrypt');
  });

  test('the text names the deciding statement with its file and line, and every layer', async () => {
    const { stdout } = await simulate(
      ...decrypt,
      ...key,
      ...app,
      '--scp',
      'no-decrypt.scp.json',
      '--grant',
      'create.kms-grant.json',
    );
    expect(stdout).toMatch(/^DENIED: kms:Decrypt\n/);
    expect(stdout).toContain('→ statement 1  no-decrypt.scp.json:4\n');
    for (const layer of ['service control policies', 'key policy', 'identity policies', 'grants'])
      expect(stdout).toContain(`${layer}: `);
    expect(stdout).toContain('app.iam-policy.json:4');
    expect(stdout).toContain('Grant worker  create.kms-grant.json:1');
  });
});

describe('ReEncrypt needs a permission on each key', () => {
  const reEncrypt = ['--action', 'kms:ReEncrypt', '--to-key', ARCHIVE];
  test.each<[args: readonly string[], verdict: string, permissions: readonly string[]]>([
    [[...key, ...app, '--to-key-policy', 'archive.key-policy.json'], 'allowed', ['allowed', 'allowed']],
    [[...key, ...app, '--to-key-policy', 'closed.key-policy.json'], 'denied', ['allowed', 'denied']],
    [[...closed, ...app, '--to-key-policy', 'archive.key-policy.json'], 'denied', ['denied', 'allowed']],
    [[...key, ...app], 'depends', ['allowed', 'depends']],
    [
      [...key, ...app, '--to-key-policy', 'closed.key-policy.json', '--grant', 'listed.kms-grants.json'],
      'allowed',
      ['allowed', 'allowed'],
    ],
  ])('%j', async (args, verdict, verdicts) => {
    const { stdout } = await simulate('--format', 'json', ...reEncrypt, ...args);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ version: 1, verdict });
    expect(answer.permissions.map(({ action }: { action: string }) => action)).toEqual([
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ]);
    expect(answer.permissions.map((each: { verdict: string }) => each.verdict)).toEqual(verdicts);
    expect((await simulate(...reEncrypt, ...args, '--expect', verdict)).code).toBe(0);
  });

  test('and says so', async () => {
    const { stdout } = await simulate(...reEncrypt, ...key, ...app, '--to-key-policy', 'closed.key-policy.json');
    expect(stdout).toMatch(/^DENIED: kms:ReEncrypt, which needs both of these\n\nALLOWED: kms:ReEncryptFrom\n/);
    expect(stdout).toContain('\nDENIED: kms:ReEncryptTo\n');
  });
});

describe('wrong input names the option, the file, the place and what to do', () => {
  const broken: Readonly<Record<string, string>> = {
    'broken.json': '{\n  "Statement": [\n    { "Effect": "Allow" "Action": "kms:*" }\n  ]\n}',
    'empty.json': '{ "Version": "2012-10-17", "Statement": [] }',
    'grantless.json': '{ "Grants": [] }',
    'twice.json': JSON.stringify(grant({ GranteeServicePrincipal: 'rds.amazonaws.com' })),
    'operation.json': '{\n  "GranteePrincipal": "a",\n  "Operations": ["Decypt"]\n}',
    'words.json': '{ "GranteePrincipal": "a", "Operations": "Decrypt" }',
  };
  const base = [...key, ...app, ...decrypt];
  test.each<[args: readonly string[], ...messages: string[]]>([
    [[...base, '--scp', 'missing.json'], 'cannot read `missing.json`: there is no such file'],
    [[...base, '--scp', 'broken.json'], '`--scp`: `broken.json:3:24`', 'separate'],
    [[...base, '--rcp', 'empty.json'], '`--rcp`: `empty.json` has no statements'],
    [[...base, '--scp', 'k.key-policy.json'], '`--scp`: `k.key-policy.json:4` names a principal', '`--key-policy`'],
    [[...base, '--permissions-boundary', 'k.key-policy.json'], '`--permissions-boundary`: `k.key-policy.json:4`'],
    [[...base, '--grant', 'grantless.json'], '`--grant`: `grantless.json` holds no grants'],
    [[...base, '--grant', 'twice.json'], '`--grant`: `twice.json:1`: a grant has either'],
    [[...base, '--grant', 'operation.json'], '`operation.json:3`: no grant can allow `Decypt`'],
    [[...base, '--grant', 'words.json'], '`words.json:1`: a grant lists its `Operations`'],
    [[...base, '--grant', 'elsewhere.kms-grant.json'], `has no grant on ${KEY}`, ARCHIVE],
    [[...base, '--to-key', ARCHIVE], '`--to-key`: `kms:Decrypt` works on one key'],
    [[...base, '--to-key-policy', 'k.key-policy.json'], '`--to-key-policy`: `kms:Decrypt` works on one key'],
    [[...key, ...app, '--action', 'ReEncrypt'], '`ReEncrypt` works on two keys', '`--to-key`'],
    [[...key, ...app, '--action', 'ReEncrypt', '--to-key', 'alias/x'], '`--to-key`: `alias/x` is no key'],
    [[...base, '--region', 'Frankfurt'], 'Write the name of a Region'],
    [[...base, '--via', 's3.us-east-1.amazonaws.com'], "Write the service's name alone"],
    [[...base, '--context', 'SourceIp=1.2.3.4'], '`SourceIp` is no condition key'],
    [[...base.slice(0, 2), ...app, ...decrypt, '--key-account', '12'], '`--key-account`: `12` is no account'],
    [[...base, '--key-account', '111122223333'], 'cannot be used with'],
  ])('%j', async (args, ...messages) => {
    const folder = folderWith({ ...files, ...broken });
    const { code, stdout, stderr } = await kmsLens(['simulate', ...args], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const message of messages) expect(stderr).toContain(message);
  });
});
