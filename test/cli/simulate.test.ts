import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { kmsLens, type Outcome } from './run.ts';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const owner = ['--key-policy', 'examples/orders.key-policy.json', '--key', KEY];
const api = ['--principal', 'arn:aws:iam::111122223333:role/OrdersApi', '--action', 'kms:Decrypt'];
const orders = ['--encryption-context', 'service=orders'];

const simulate = (...args: readonly string[]): Promise<Outcome> => kmsLens(['simulate', ...args]);

async function simulateJson(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await simulate('--format', 'json', ...args);
  return JSON.parse(stdout);
}

describe('the verdict', () => {
  test.each<[string, readonly string[], string, string]>([
    ['the key policy names the caller', [...owner, ...api, ...orders], 'allowed', 'key-policy'],
    ['a condition fails, and there is no identity policy', [...owner, ...api], 'denied', 'identity-policy'],
    [
      'an identity policy of the same account allows',
      [
        ...owner,
        ...['--principal', 'arn:aws:iam::111122223333:role/Backup', '--action', 'kms:ReEncryptFrom'],
        ...['--identity-policy', 'examples/orders-backup.iam-policy.json'],
      ],
      'allowed',
      'identity-policy',
    ],
    [
      'across accounts both sides allow',
      [
        ...owner,
        ...['--principal', 'arn:aws:iam::444455556666:role/Reports', '--action', 'kms:Decrypt', '--via', 's3'],
        ...['--identity-policy', 'examples/orders-reports.iam-policy.json'],
      ],
      'allowed',
      'identity-policy',
    ],
    [
      'a condition key of the request',
      [
        ...owner,
        ...['--principal', 'arn:aws:iam::111122223333:role/OrdersDatabase', '--action', 'kms:CreateGrant'],
        ...['--context', 'kms:GrantIsForAWSResource=true'],
      ],
      'allowed',
      'key-policy',
    ],
    [
      'an explicit Deny',
      [
        ...owner,
        ...['--principal', 'arn:aws:iam::111122223333:role/contractor/Eve', '--action', 'kms:Decrypt'],
        ...['--identity-policy', 'examples/orders-backup.iam-policy.json'],
      ],
      'denied',
      'key-policy',
    ],
    [
      'a key policy that nobody gave',
      [
        ...['--key', KEY, '--principal', 'arn:aws:iam::111122223333:role/Backup', '--action', 'kms:Decrypt'],
        ...['--identity-policy', 'examples/orders-backup.iam-policy.json'],
      ],
      'depends',
      'key-policy',
    ],
  ])('%s', async (_, args, verdict, by) => {
    expect(await simulateJson(...args)).toMatchObject({ version: 1, verdict, by });
  });

  test('is explained in words, with file and line of every statement', async () => {
    const { code, stdout } = await simulate(...owner, ...api, ...orders);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ALLOWED: kms:Decrypt\n/);
    expect(stdout).toContain('Allow “Encrypt and decrypt orders”  examples/orders.key-policy.json:26');
    expect(stdout).toContain('kms:EncryptionContext:service is orders (wants StringEquals orders), which holds');
    expect(stdout).not.toContain('`');
  });

  test('names the statements and what failed in them, for programs', async () => {
    const { layers } = await simulateJson(...owner, ...api);
    expect(layers).toMatchObject([
      {
        layer: 'key-policy',
        outcome: 'delegates',
        statements: [
          { file: 'examples/orders.key-policy.json', pointer: '/Statement/0', matched: true },
          {
            pointer: '/Statement/2',
            sid: 'Encrypt and decrypt orders',
            matched: false,
            elements: [
              { element: 'Principal', matched: true },
              { element: 'Action', matched: true },
              { element: 'Resource', matched: true },
              { element: 'Condition', matched: false, expected: ['orders'], actual: [] },
            ],
          },
          { pointer: '/Statement/3', matched: false, elements: [{ element: 'Principal', matched: false }] },
          { pointer: '/Statement/5', effect: 'Deny', matched: false },
        ],
      },
      { layer: 'identity-policy', outcome: 'silent', statements: [] },
    ]);
  });
});

describe('what would alter the verdict', () => {
  const backup = ['--principal', 'arn:aws:iam::111122223333:role/Backup', '--action', 'kms:Encrypt'];
  const identity = ['--identity-policy', 'examples/orders-backup.iam-policy.json'];

  test('is a list of changes to files, as JSON Patch has them', async () => {
    const { message, changes, alternatives } = await simulateJson(...owner, ...backup, ...identity);
    expect(message).toMatchObject({
      text: expect.stringMatching(/ because no identity-based policy allows the kms:Encrypt action$/),
      assumed: [],
    });
    expect(changes).toEqual([
      {
        layer: 'identity-policy',
        file: 'examples/orders-backup.iam-policy.json',
        pointer: '/Statement/-',
        add: { Effect: 'Allow', Action: 'kms:Encrypt', Resource: KEY },
      },
    ]);
    expect(alternatives).toMatchObject([[{ file: 'examples/orders.key-policy.json', pointer: '/Statement/-' }]]);
  });

  test('is told in the explanation, without links', async () => {
    const { stdout } = await simulate(...owner, ...backup, ...identity);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'An Allow in the identity policy examples/orders-backup.iam-policy.json:',
    );
    expect(stdout).toContain('\n  Or an Allow in the key policy:\n');
    expect(stdout).not.toContain('command:');
  });
});

describe('--expect', () => {
  test('is fine where the verdict is the expected one', async () => {
    expect(await simulate(...owner, ...api, ...orders, '--expect', 'allowed')).toMatchObject({ code: 0, stderr: '' });
  });

  test('exits with 1 where it is another, and says which', async () => {
    const { code, stderr } = await simulate(...owner, ...api, '--expect', 'allowed');
    expect(code).toBe(1);
    expect(stderr).toBe('kms-lens: expected allowed, but the verdict is denied\n');
  });
});

describe('the owner of the key', () => {
  const policy = (...accounts: readonly string[]): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
        Action: 'kms:*',
        Resource: '*',
      },
    });
  const ask = ['simulate', '--key-policy', 'k.json', '--principal', 'root:111122223333', '--action', 'kms:Decrypt'];

  test('is the one account that the policy names, marked as assumed', async () => {
    const cwd = folderWith({ 'k.json': policy('111122223333') });
    const { stdout } = await kmsLens([...ask, '--format', 'json'], { cwd });
    expect(JSON.parse(stdout).assumed).toContain(
      'the key belongs to account 111122223333, the one account that the policy names as a principal',
    );
  });

  test('has to be stated where it names several', async () => {
    const cwd = folderWith({ 'k.json': policy('111122223333', '444455556666') });
    const { code, stdout, stderr } = await kmsLens(ask, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('several accounts as principals (111122223333, 444455556666)');
    expect(stderr).toContain('`--key-account`');
    expect((await kmsLens([...ask, '--key-account', '111122223333'], { cwd })).code).toBe(0);
  });
});

describe('wrong usage names the option and what to write instead', () => {
  test.each<[readonly string[], string]>([
    [api, 'give `--key-policy`, `--identity-policy` or both'],
    [[...owner, '--principal', 'Ana', '--action', 'kms:Decrypt'], '`--principal`: `Ana`'],
    [[...owner, ...api.slice(0, 2), '--action', 'kms:Decypt'], 'did you mean `kms:Decrypt`?'],
    [[...owner, ...api.slice(0, 2), '--action', 'kms:ReEncrypt'], '`kms:ReEncryptFrom`'],
    [[...owner, ...api, '--encryption-context', 'orders'], 'Write it as name=value.'],
    [[...owner, ...api, ...orders, ...orders], '`service` is given twice.'],
    [[...owner, ...api, '--input', '[]'], 'Write a JSON object'],
    [[...owner, ...api, '--expect', 'yes'], 'Allowed choices are allowed, denied, depends.'],
    [[...api, '--key-policy', 'examples/missing.json'], 'cannot read `examples/missing.json`'],
    [[...api, '--key-policy', 'examples/README.md'], '`examples/README.md` holds no JSON value'],
    [[...api, '--key-policy', 'biome.json'], '`biome.json` has no statements'],
    [[...owner.slice(0, 2), '--key', 'alias/orders', ...api], '`--key`: `alias/orders` is no key'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await simulate(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
