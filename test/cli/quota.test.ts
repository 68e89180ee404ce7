import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kmsLens, type Outcome, projectRoot } from './run.ts';

const quota = (...args: readonly string[]): Promise<Outcome> => kmsLens(['quota', ...args]);
const operation = (...rates: readonly string[]) => rates.flatMap((rate) => ['--operation', rate]);
const symmetric = 'CryptographicOperationsSymmetric';

describe('the answer', () => {
  test('in words', async () => {
    const rates = operation('GenerateDataKey=12_000/s', 'kms:decrypt=240000/min');
    const { code, stdout, stderr } = await quota(...rates, '--region', 'eu-north-1');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      'THROTTLED in eu-north-1, for 10 seconds',
      '',
      `12,000 GenerateDataKey + 4,000 Decrypt requests/s share one quota of 10,000/s (${symmetric}): 37.5 % are refused from second 1.`,
      'A quota of 16,000/s would let all pass, and AWS raises it on request.',
      'With data key caching, of 2 messages for each data key, KMS would see 8,000 calls/s, and all would pass.',
      '',
      `✗ ${symmetric}`,
      '  quota                10,000/s',
      '  asked for            12,000 GenerateDataKey a second',
      '  asked for            4,000 Decrypt a second',
      '  refused              60,000 of 160,000 (37.5 %), from second 1',
      '  quota that would do  16,000/s',
      '',
    ]);
  });

  test('for programs', async () => {
    const { code, stdout, stderr } = await quota(
      ...operation('s3:GetObject=20000'),
      ...['--region', 'eu-north-1', '--for', 'PT1M', '--format', 'json'],
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      region: 'eu-north-1',
      seconds: 60,
      fits: false,
      because: expect.arrayContaining([expect.stringContaining('50 % are refused from second 1')]),
      quotas: [
        {
          name: symmetric,
          elsewhere: false,
          limit: 10_000,
          adjustable: true,
          operations: [{ name: 'Decrypt', requests: 1_200_000, counts: 1 }],
          requests: 1_200_000,
          peak: 20_000,
          refused: 600_000,
          firstSecond: 1,
          lastSecond: 60,
        },
      ],
      operations: [{ name: 'Decrypt', requests: 1_200_000, refused: 600_000, documented: true }],
      advice: {
        raise: [{ name: symmetric, elsewhere: false, to: 20_000, adjustable: true }],
        bucketKey: { on: true, requests: 12_000, refused: 0 },
      },
    });
  });

  test.each<[string, readonly string[], 'fits' | 'throttled']>([
    ['the default Region has a large quota', operation('Decrypt=100000/s'), 'fits'],
    ['and no larger one', operation('Decrypt=100001/s'), 'throttled'],
    ['a lowered quota', [...operation('Decrypt=12/s'), '--quota', '11'], 'throttled'],
    ['a raised one', [...operation('CreateKey=10'), '--quota', '10'], 'fits'],
    ['one of several', [...operation('CreateKey=10', 'CreateAlias=5'), '--quota', 'CreateKey=10'], 'fits'],
    ['by the hour', operation('CreateKey=18000/h'), 'fits'],
    ['another kind of key', [...operation('Sign=1001'), '--key-spec', 'RSA_2048'], 'throttled'],
    ['a kind of pair', [...operation('GenerateDataKeyPair=20'), '--key-pair-spec', 'RSA_2048'], 'fits'],
    ['a key store', [...operation('Decrypt=1801'), '--key-store', 'cloudhsm'], 'throttled'],
    [
      'an external one, raised',
      [...operation('Decrypt=1801'), '--key-store', 'external', '--quota', 'CustomKeyStore=1801'],
      'fits',
    ],
    ['a Bucket Key', [...operation('s3:PutObject=2000000'), '--bucket-keys'], 'fits'],
    ['a cache', [...operation('GenerateDataKey=200000'), '--caching', 'messages=2,age=PT5M'], 'fits'],
    [
      'too many caches',
      [...operation('GenerateDataKey=50'), '--caching', 'age=PT5M,hosts=50', '--quota', '49'],
      'throttled',
    ],
    [
      'bytes',
      [...operation('GenerateDataKey=200000'), '--caching', 'age=PT5M,bytes=1000,message-bytes=501'],
      'throttled',
    ],
  ])('%s', async (_, args, answer) => {
    const other = answer === 'fits' ? 'throttled' : 'fits';
    expect(await quota(...args, '--expect', answer)).toMatchObject({ code: 0, stderr: '' });
    const { code, stderr } = await quota(...args, '--expect', other);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^kms-lens: expected that it (fits, but it is throttled|is throttled, but it fits)\n$/);
  });
});

test.each<[readonly string[], string]>([
  [[], "required option '--operation <name=count/unit>' not specified"],
  [operation('Decypt=1'), '`Decypt` is no operation of AWS KMS, nor one of S3 about an object: did you mean Decrypt?'],
  [operation('Decrypt'), 'Write an operation and how often, such as Decrypt=12000/s, with s, min or h.'],
  [operation('Decrypt=1/day'), 'Write an operation and how often'],
  [operation('Decrypt=1', 'decrypt=2'), '`Decrypt` is given twice.'],
  [operation('Decrypt=0'), '`--operation`: nothing is called: add an operation and how often'],
  [
    operation('Sign=1'),
    '`--operation`: which quota `Sign` counts against hangs on the key: add a `--key-spec` such as',
  ],
  [
    operation('GenerateDataKeyPair=1'),
    '`--operation`: each kind of pair has a quota of its own: add `--key-pair-spec`',
  ],
  [
    [...operation('GenerateDataKey=1'), '--key-spec', 'RSA_2048'],
    '`--key-spec`: `GenerateDataKey` works with no key of `RSA_2048`',
  ],
  [[...operation('Decrypt=1'), '--bucket-keys'], '`--bucket-keys`: only requests to S3 use a Bucket Key'],
  [[...operation('Encrypt=1'), '--caching', 'age=PT5M'], '`--caching`: a cache saves GenerateDataKey and Decrypt'],
  [[...operation('Decrypt=1'), '--caching', 'messages=1'], 'Say how long a data key is used: add age=PT5M.'],
  [[...operation('Decrypt=1'), '--caching', 'age=PT5M,message=1'], '`message=1` is no limit'],
  [
    [...operation('Decrypt=1'), '--caching', 'age=PT5M,bytes=1'],
    '`--caching`: how many messages `bytes` is hangs on `message-bytes`',
  ],
  [[...operation('Decrypt=1'), '--for', 'PT2H'], '`--for`: a load lasts 1 second to 1 hour'],
  [[...operation('Decrypt=1'), '--for', 'long'], 'Write a duration such as PT10S or PT5M.'],
  [
    [...operation('Decrypt=1', 'CreateKey=1'), '--quota', '5'],
    'this load counts against several: write one of `CryptographicOperationsSymmetric=5`, `CreateKey=5`',
  ],
  [[...operation('Encapsulate=1'), '--quota', '5'], '`--quota`: AWS documents no quota for this load: remove it'],
  [[...operation('Decrypt=1'), '--quota', 'CreatKey=5'], 'There is no quota `CreatKey`: did you mean `CreateKey`?'],
  [[...operation('Decrypt=1'), '--quota', 'many'], 'Write requests a second, such as 50000'],
  [[...operation('Decrypt=1'), '--region', 'Ireland'], 'Write the name of a Region, such as eu-central-1.'],
])('wrong usage: %j', async (args, message) => {
  const { code, stdout, stderr } = await quota(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

test('the help and the page name the same options', async () => {
  const { code, stdout } = await quota('--help');
  expect(code).toBe(0);
  const page = readFileSync(`${projectRoot}docs/cli.md`, 'utf8');
  const section = /^## `kms-lens quota`\n(.*?)^## /ms.exec(page)?.[1] ?? '';
  const options = (text: string) =>
    [...new Set([...text.matchAll(/(?<=[\s`|])--[a-z][a-z-]+/g)].map(([name]) => name))].sort();
  expect(options(stdout).filter((name) => name !== '--help')).toEqual(options(section));
  expect((await kmsLens(['--help'])).stdout).toMatch(/^ {2}quota /m);
});
