import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import type { AccessView } from '../../../server/protocol.ts';
import { type AccessQuestion, accessViewOf } from '../../../server/scenarios/access-view.ts';
import { openScenario } from '../../../server/scenarios/open.ts';
import { projectRoot } from '../../cli/run.ts';

const FOLDER = 'file:///w/';

/** A scenario is asked with its policies beside it. */
async function viewOf(text: string, question: AccessQuestion, files: Readonly<Record<string, string>> = {}) {
  const document = new SourceDocument({ uri: `${FOLDER}a.kms-scenario.json`, text });
  const scenario = await openScenario(document, FOLDER, async (uri, kind) => {
    const file = files[uri.slice(FOLDER.length)];
    return file === undefined ? undefined : new SourceDocument({ uri, text: file, configured: kind });
  });
  return accessViewOf(scenario, question, (uri) => uri.slice(uri.lastIndexOf('/') + 1));
}

async function answered(...given: Parameters<typeof viewOf>): Promise<AccessView> {
  const view = await viewOf(...given);
  if ('problem' in view) throw new Error(view.problem);
  return view;
}

const example = (name: string): string => readFileSync(`${projectRoot}examples/${name}`, 'utf8');
const files = Object.fromEntries(
  ['orders.key-policy.json', 'orders-backup.iam-policy.json', 'orders-reports.iam-policy.json'].map((name) => [
    name,
    example(name),
  ]),
);
const orders = example('orders.kms-scenario.json');

describe('who can use a key', () => {
  test('names the principals of the scenario first, with the statements that let them in', async () => {
    const { title, rows } = await answered(orders, { key: 'orders' }, files);
    expect(title).toBe('Who can use orders');
    expect([...new Set(rows.map(({ subject }) => subject))].slice(0, 3)).toEqual(['Admin', 'Api', 'Database']);
    const backup = rows.filter(({ subject }) => subject === 'Backup');
    expect(backup).toMatchObject([
      {
        operations: ['Decrypt', 'ReEncryptFrom'],
        verdict: 'allowed',
        reasons: [{ text: 'through IAM', statements: [{}, { name: '“CopyOrdersToTheBackup”' }] }],
      },
    ]);
    expect(backup[0]?.reasons[0]?.statements[1]?.at?.uri).toBe(`${FOLDER}orders-backup.iam-policy.json`);
  });

  test('says what a Deny takes away', async () => {
    const { rows } = await answered(orders, { key: 'orders' }, files);
    const contractor = rows.find(({ subject, verdict }) => subject === 'Contractor' && verdict === 'denied');
    expect(contractor?.reasons).toMatchObject([
      { text: 'denied by key policy', statements: [{ name: '“Keep contractors out”' }] },
    ]);
  });

  test('has grants with their constraints', async () => {
    const { rows } = await answered(orders, { key: 'orders' }, files);
    expect(rows.find(({ subject }) => subject === 'Worker')?.reasons).toMatchObject([
      {
        text: 'by the grant orders-worker',
        provisos: ['EncryptionContextSubset of the grant holds: service=orders'],
      },
    ]);
  });

  test('leaves out who has no way in', async () => {
    const { rows } = await answered(orders, { key: 'orders' }, files);
    expect(rows.map(({ subject }) => subject)).not.toContain('Stranger');
  });

  test('reads the same as text', async () => {
    const { text } = await answered(orders, { key: 'orders' }, files);
    expect(text).toContain('Who can use orders\n');
    expect(text).toContain('by the grant orders-worker');
  });
});

test('what a principal can do goes over all keys', async () => {
  const { title, rows } = await answered(
    JSON.stringify({
      principals: { App: { arn: 'arn:aws:iam::111122223333:role/App', policies: [allowing('kms:Decrypt')] } },
      keys: { one: {}, two: { policy: keyPolicyOf() } },
    }),
    { principal: 'App' },
  );
  expect(title).toBe('What can App do');
  expect(rows.map(({ subject, operations, verdict }) => [subject, operations, verdict])).toEqual([
    ['one', ['Decrypt'], 'allowed'],
  ]);
});

const allowing = (Action: string, more: object = {}): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
});

/** A key policy that hands nothing to IAM. */
const keyPolicyOf = (): object => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/Other' }, Action: 'kms:*', Resource: '*' },
  ],
});

describe('what is known of a principal counts', () => {
  const app = (more: object): string =>
    JSON.stringify({
      principals: { App: { arn: 'arn:aws:iam::111122223333:role/App', policies: [allowing('kms:*')], ...more } },
      keys: { k: {} },
    });
  const operationsOf = async (text: string): Promise<unknown> =>
    (await answered(text, { principal: 'App' })).rows.map(({ operations, verdict }) => [operations, verdict]);

  test('its boundary', async () => {
    expect(await operationsOf(app({ permissionsBoundary: allowing('kms:Decrypt') }))).toEqual([
      [['Decrypt'], 'allowed'],
    ]);
  });

  test('its session policies', async () => {
    expect(await operationsOf(app({ sessionPolicies: [allowing('kms:Encrypt')] }))).toEqual([[['Encrypt'], 'allowed']]);
  });

  test.each([
    [{ team: 'orders' }, [[['Decrypt'], 'allowed']]],
    [{ team: 'others' }, []],
    [{}, []],
  ])('its tags: %j', async (tags, expected) => {
    const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'orders' } };
    expect(await operationsOf(app({ tags, policies: [allowing('kms:Decrypt', { Condition })] }))).toEqual(expected);
  });

  test('its organization', async () => {
    const organization = {
      id: 'o-exampleorg1',
      accounts: { '111122223333': { path: 'r-ab12' } },
      targets: { 'r-ab12': { scps: [allowing('kms:Decrypt')], fullAwsAccess: false } },
    };
    const text = JSON.parse(app({}));
    // The account itself has FullAWSAccess; the root decides.
    expect(await operationsOf(JSON.stringify({ ...text, organization }))).toEqual([[['Decrypt'], 'allowed']]);
  });
});

test.each<[string, AccessQuestion, string]>([
  ['{ "keys": { "a": {} } }', { key: 'b' }, 'the scenario has no key `b`'],
  ['{ "keys": { "a": {} } }', { principal: 'App' }, 'the scenario has no principal `App`'],
  ['{ "kyes": {} }', { key: 'a' }, 'the scenario has a mistake: a scenario has no `kyes`: did you mean `keys`?'],
])('%s %j: %s', async (text, question, problem) => {
  expect(await viewOf(text, question)).toEqual({ problem });
});
