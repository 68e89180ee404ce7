import { describe, expect, test } from 'vitest';
import { APP, Folder, KEY, KEY_ARN, policy } from './harness.ts';

const CONFIG = `{ // who has what
  "principals": { "${APP}": { "policies": ["app.iam-policy.json"] } },
  "suppress": [{ "rule": "kms-external-admin", "path": "orders*.json", "sid": "Use", "reason": "contract" }],
}`;
const SCENARIO = `{
  "principals": { "Api": { "arn": "${APP}" } },
  "keys": { "orders": { "id": "${KEY}", "aliases": ["alias/orders"], "policy": "orders.key-policy.json" } },
  "grants": { "g": { "key": "orders", "GranteePrincipal": "Api", "Operations": ["Decrypt"] } },
  "steps": [{ "can": "Decrypt", "as": "Api", "on": "alias/orders" }, { "can": "Encrypt", "as": "${APP}", "on": "${KEY_ARN}" }]
}`;
const GRANTS = `[{ "KeyId": "${KEY_ARN}", "GranteePrincipal": "${APP}", "RetiringPrincipal": "${APP}", "Operations": ["Decrypt"] }]`;

const files = {
  '.kms-lens.json': CONFIG,
  'a.kms-grants.json': GRANTS,
  'orders.key-policy.json': policy(APP),
  'orders.kms-scenario.json': SCENARIO,
};

describe('a principal', () => {
  const everywhere = [
    `.kms-lens.json!: ${APP}`,
    `a.kms-grants.json: ${APP}`,
    `a.kms-grants.json: ${APP}`,
    `orders.key-policy.json: ${APP}`,
    'orders.kms-scenario.json!: Api',
    `orders.kms-scenario.json!: ${APP}`,
    'orders.kms-scenario.json: Api',
    'orders.kms-scenario.json: Api',
    `orders.kms-scenario.json: ${APP}`,
  ];

  test.each([
    ['.kms-lens.json', CONFIG.replace('role/App', 'role/$0App')],
    ['a.kms-grants.json', GRANTS.replace('role/App', 'role/$0App')],
    ['orders.key-policy.json', policy(APP.replace('App', 'App$0'))],
    ['orders.kms-scenario.json', SCENARIO.replace('role/App', 'ro$0le/App')],
    ['orders.kms-scenario.json', SCENARIO.replace('"as": "Api', '"as": "Ap$0i')],
  ])('from %s to every document', (name, text) => {
    expect(new Folder({ ...files, [name]: text }).found.toSorted()).toEqual(everywhere.toSorted());
  });

  test('sessions are those of their role, in any path', () => {
    const session = 'arn:aws:sts::111122223333:assumed-role/App/job-1';
    const { found } = new Folder({
      'a.key-policy.json': policy('arn:aws:iam::111122223333:role/team/Ap$0p'),
      'b.key-policy.json': policy(session),
      'c.key-policy.json': policy('arn:aws:iam::444455556666:role/team/App'),
      'd.key-policy.json': policy('arn:aws:iam::111122223333:user/App'),
    });
    expect(found).toEqual([
      'a.key-policy.json: arn:aws:iam::111122223333:role/team/App',
      `b.key-policy.json: ${session}`,
    ]);
  });

  test('accounts by their number or their root user, services in any capitals', () => {
    const condition = ', "Condition": { "StringEquals": { "kms:CallerAccount": "111122223333" } }';
    expect(
      new Folder({
        'a.key-policy.json': policy('1111$022223333', condition),
        'b.key-policy.json': policy('arn:aws:iam::111122223333:root'),
        'c.kms-scenario.json':
          '{ "account": "111122223333", "steps": [{ "can": "Decrypt", "as": "root", "on": "x" }] }',
      }).found,
    ).toEqual([
      'a.key-policy.json: 111122223333',
      'a.key-policy.json: 111122223333',
      'b.key-policy.json: arn:aws:iam::111122223333:root',
      'c.kms-scenario.json: root',
    ]);
  });

  test('in conditions and in the output of get-key-policy, through its escapes', () => {
    const inner = policy(
      'arn:aws:iam::111122223333:root',
      `, "Condition": { "ArnEquals": { "aws:PrincipalArn": "${APP}" } }`,
    );
    const { found } = new Folder({
      'a.key-policy.json': policy(`${APP}$0`),
      'out.json': JSON.stringify({ Policy: inner.replace('role/App', 'role\\u002fApp'), PolicyName: 'default' }),
    });
    expect(found).toEqual([`a.key-policy.json: ${APP}`, 'out.json: arn:aws:iam::111122223333:role\\\\u002fApp']);
  });

  test.each([
    'arn:aws:iam::111122223333:role/*$0',
    'arn:aws:iam::<ACCOUNT>:role/App$0',
    'arn:aws:iam::${AWS::AccountId}:role/App$0',
    'App$0',
    '*$0',
    '$0',
  ])('nobody in particular: %s', (principal) => {
    expect(new Folder({ 'a.key-policy.json': policy(principal), 'b.key-policy.json': policy(APP) }).found).toEqual([]);
  });

  test('broken text names what can be read', () => {
    const broken = policy(`${APP}$0`).replace(/\}\] \}$/, ', "Cond');
    expect(new Folder({ 'a.key-policy.json': broken, 'b.key-policy.json': policy(APP) }).found).toHaveLength(2);
  });
});

describe('keys and aliases', () => {
  const statement = (resource: string): string =>
    `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "${resource}" }] }`;

  test('a key by its ARN, its id, its name in a scenario', () => {
    expect(
      new Folder({ ...files, 'app.iam-policy.json': statement(KEY_ARN.replace('key/', 'key/$0')) }).found.toSorted(),
    ).toEqual(
      [
        `a.kms-grants.json: ${KEY_ARN}`,
        `app.iam-policy.json: ${KEY_ARN}`,
        'orders.kms-scenario.json!: orders',
        `orders.kms-scenario.json!: ${KEY}`,
        'orders.kms-scenario.json: orders',
        'orders.kms-scenario.json: alias/orders',
        `orders.kms-scenario.json: ${KEY_ARN}`,
      ].toSorted(),
    );
  });

  test('of multi-Region keys all replicas, of others those of one Region', () => {
    const arn = (region: string, id: string): string => `arn:aws:kms:${region}:111122223333:key/${id}`;
    const both = (id: string): Record<string, string> => ({
      'a.iam-policy.json': statement(`${arn('us-east-1', id)}$0`),
      'b.iam-policy.json': statement(arn('eu-west-1', id)),
    });
    expect(new Folder(both(KEY)).found).toHaveLength(1);
    expect(new Folder(both('mrk-1234abcd12ab34cd56ef1234567890ab')).found).toHaveLength(2);
  });

  test('an alias by its ARN, its name, and in conditions', () => {
    const condition = ', "Condition": { "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/orders"] } }';
    expect(
      new Folder({
        'a.key-policy.json': policy(APP, condition),
        'app.iam-policy.json': statement('arn:aws:kms:us-east-1:111122223333:alias/ord$0ers'),
        'other.iam-policy.json': statement('arn:aws:kms:eu-west-1:111122223333:alias/orders'),
        'orders.kms-scenario.json': SCENARIO,
      }).found,
    ).toEqual([
      'a.key-policy.json: alias/orders',
      'app.iam-policy.json: arn:aws:kms:us-east-1:111122223333:alias/orders',
      'orders.kms-scenario.json!: alias/orders',
      'orders.kms-scenario.json: alias/orders',
    ]);
  });
});

describe('a Sid', () => {
  test('from the policy to the entries that accept findings in it, and back', () => {
    expect(new Folder({ ...files, 'orders.key-policy.json': policy(APP).replace('"Use"', '"Us$0e"') }).found).toEqual([
      '.kms-lens.json: Use',
      'orders.key-policy.json!: Use',
    ]);
    const others = { 'orders-2.key-policy.json': policy(APP), 'sales.key-policy.json': policy(APP) };
    expect(new Folder({ ...files, ...others, '.kms-lens.json': CONFIG.replace('"Use"', '"$0Use"') }).found).toEqual([
      '.kms-lens.json: Use',
      'orders.key-policy.json!: Use',
      'orders-2.key-policy.json!: Use',
    ]);
  });

  test('policies that stand in one scenario have their own', () => {
    const key = (sid: string): string => `{ "policy": ${policy(APP).replace('"Use"', `"${sid}"`)} }`;
    expect(
      new Folder({ 'a.kms-scenario.json': `{ "keys": { "a": ${key('Us$0e')}, "b": ${key('Use')} } }` }).found,
    ).toEqual(['a.kms-scenario.json!: Use']);
  });
});

test('a thousand mentions in a line are found in time', () => {
  const principals = Array.from({ length: 20_000 }, (_, index) => `"${APP}${index % 50}"`).join(',');
  const text = policy('$0').replace('"$0"', `[${principals}]`);
  const folder = new Folder({ 'a.key-policy.json': text.replace('App0"', 'App$00"') });
  expect(folder.found).toHaveLength(400);
});
