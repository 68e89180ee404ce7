import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { kmsLens } from './run.ts';
import { parseXml } from './xml.ts';

const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" },
    {
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/App" },
      "Action": ["kms:Decypt"],
      "Resource": "*"
    }
  ]
}
`;
const files = {
  'orders.key-policy.json': policy,
  'sub/50% #1.key-policy.json': policy.replace('"kms:Decypt"', '"kms:Decypt", "kms:Decypt"'),
  'good.key-policy.json': policy.replace('Decypt', 'Decrypt'),
  'accepted.key-policy.jsonc': policy.replace(
    '    "Action"',
    '    // kms-lens-disable-next-line action-unknown -- a dry run\n      "Action"',
  ),
};

// biome-ignore lint/suspicious/noExplicitAny: whatever the report has
type Json = any;

async function check(format: string, of: Readonly<Record<string, string>> = files, ...args: readonly string[]) {
  return kmsLens(['check', '--format', format, ...args], { cwd: folderWith(of) });
}

async function sarif(of: Readonly<Record<string, string>> = files, ...args: readonly string[]): Promise<Json> {
  return JSON.parse((await check('sarif', of, ...args)).stdout);
}

describe('sarif', () => {
  const require = createRequire(import.meta.url);
  const schema = JSON.parse(
    readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  );
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(
    schema,
  );

  test.each([
    ['findings with fixes', files],
    ['nothing', {}],
    ['broken JSON', { 'a.key-policy.json': '{ "Version": ' }],
  ])('fits the schema of SARIF 2.1.0: %s', async (_, of) => {
    const log = await sarif(of);
    expect(validate(log), JSON.stringify(validate.errors, null, 2)).toBe(true);
  });

  test('of the example with every kind of mistake, too', async () => {
    const { stdout } = await kmsLens(['check', '--format', 'sarif', 'examples', 'test/rules/wrong']);
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors, null, 2)).toBe(true);
  });

  test('has a result for each finding, with its rule and its place', async () => {
    const { code, stdout, stderr } = await check('sarif');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^3 errors in 2 of 4 files\n/);
    const [{ tool, results, columnKind, invocations }] = JSON.parse(stdout).runs;
    expect(columnKind).toBe('utf16CodeUnits');
    expect(invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
    const result = results.find((each: Json) => JSON.stringify(each.locations).includes('orders.key-policy'));
    expect(result).toMatchObject({
      ruleId: 'action-unknown',
      level: 'error',
      message: { text: expect.stringContaining('`kms:Decypt`') },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'orders.key-policy.json' },
            region: { startLine: 8, startColumn: 23, endLine: 8, endColumn: 29 },
          },
          logicalLocations: [{ fullyQualifiedName: '/Statement/1/Action/0', kind: 'member' }],
        },
      ],
    });
    const rule = tool.driver.rules[result.ruleIndex];
    expect(rule).toMatchObject({
      id: 'action-unknown',
      helpUri: expect.stringMatching(/action-unknown\.md$/),
      defaultConfiguration: { level: 'error' },
      help: { text: expect.any(String), markdown: expect.any(String) },
    });
  });

  test('its fixes mend the file', async () => {
    const [{ results }] = (await sarif()).runs;
    const [{ fixes }] = results.filter((each: Json) => JSON.stringify(each.locations).includes('orders.key-policy'));
    const [{ artifactChanges }] = fixes;
    const [{ artifactLocation, replacements }] = artifactChanges;
    expect(artifactLocation.uri).toBe('orders.key-policy.json');
    const lines = policy.split('\n');
    for (const { deletedRegion: at, insertedContent } of replacements) {
      expect(at.startLine).toBe(at.endLine);
      const line = lines[at.startLine - 1] ?? '';
      lines[at.startLine - 1] = line.slice(0, at.startColumn - 1) + insertedContent.text + line.slice(at.endColumn - 1);
    }
    expect(lines.join('\n')).toBe(files['good.key-policy.json']);
  });

  test('names files by references that lead to them', async () => {
    const [{ results }] = (await sarif()).runs;
    const uris = results.map((each: Json) => each.locations[0].physicalLocation.artifactLocation.uri);
    expect(new Set(uris.map(decodeURIComponent))).toEqual(
      new Set(['accepted.key-policy.jsonc', 'orders.key-policy.json', 'sub/50% #1.key-policy.json']),
    );
    expect(uris).toContain('sub/50%25%20%231.key-policy.json');
  });

  test('marks what somebody accepts', async () => {
    const [{ results }] = (await sarif()).runs;
    const accepted = results.filter((each: Json) => each.suppressions);
    expect(accepted).toMatchObject([
      { suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'a dry run' }] },
    ]);
  });

  test('fingerprints stay while the file grows, and tell equal findings apart', async () => {
    const fingerprints = (log: Json): string[] =>
      log.runs[0].results.map((each: Json) => each.partialFingerprints['kmsLens/v1']);
    const before = fingerprints(await sarif());
    expect(new Set(before).size).toBe(before.length);
    const moved = { ...files, 'orders.key-policy.json': policy.replace('{\n', '{\n  "Id": "orders",\n\n') };
    expect(fingerprints(await sarif(moved))).toEqual(before);
  });

  test('tells which files could not be read', async () => {
    const { code, stdout } = await check('sarif', files, '.', 'nowhere.key-policy.json');
    expect(code).toBe(2);
    const log = JSON.parse(stdout);
    expect(validate(log)).toBe(true);
    expect(log.runs[0].invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'error', message: { text: expect.stringContaining('nowhere') } }],
      },
    ]);
  });
});

describe('github', () => {
  test('is a workflow command for each finding', async () => {
    const { code, stdout } = await check('github');
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^::error file=orders\.key-policy\.json,line=8,endLine=8,col=23,endColumn=28,title=action-unknown::AWS KMS has no action `kms:Decypt`; /,
    );
    expect(lines[1]).toMatch(/^::error file=sub\/50%25 #1\.key-policy\.json,line=8,/);
  });

  test('tells which files could not be read', async () => {
    const { code, stdout } = await check('github', files, 'nowhere.key-policy.json');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^::error title=kms-lens::.*nowhere/);
  });
});

describe('junit', () => {
  test('has a suite for each file and a case for each finding', async () => {
    const { code, stdout } = await check('junit', files, '--fail-on', 'error');
    expect(code).toBe(1);
    const root = parseXml(stdout);
    expect(root).toMatchObject({
      name: 'testsuites',
      attributes: { tests: '5', failures: '3', errors: '0', skipped: '0' },
    });
    expect(
      root.children.map(({ attributes }: Json) => [attributes.name, attributes.tests, attributes.failures]),
    ).toEqual([
      ['accepted.key-policy.jsonc', '1', '0'],
      ['good.key-policy.json', '1', '0'],
      ['orders.key-policy.json', '1', '1'],
      ['sub/50% #1.key-policy.json', '2', '2'],
    ]);
  });

  test('skips what does not fail the run', async () => {
    const { code, stdout } = await check('junit', { 'a.iam-policy.json': warning }, '--fail-on', 'error');
    expect(code).toBe(0);
    expect(parseXml(stdout).attributes).toMatchObject({ failures: '0', skipped: expect.stringMatching(/^[1-9]/) });
    const strict = await check('junit', { 'a.iam-policy.json': warning }, '--fail-on', 'information');
    expect(parseXml(strict.stdout).attributes).toMatchObject({ skipped: '0' });
  });

  test('has an error for each file that could not be read', async () => {
    const { code, stdout } = await check('junit', files, 'nowhere.key-policy.json');
    expect(code).toBe(2);
    expect(parseXml(stdout)).toMatchObject({ attributes: { tests: '1', errors: '1' } });
  });
});

const warning = `{
  "Version": "2012-10-17",
  "Statement": { "Effect": "Allow", "Action": "kms:*", "Resource": "*" }
}
`;
