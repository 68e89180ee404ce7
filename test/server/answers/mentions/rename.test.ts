import { describe, expect, test } from 'vitest';
import { newNameOf, renamableMention, renamedEverywhere } from '../../../../server/answers/mentions/rename.ts';
import { APP, Folder, KEY, policy } from './harness.ts';

/** The documents that change, or why none does. */
function rename(files: Readonly<Record<string, string>>, name: string): Record<string, string> | string | undefined {
  const folder = new Folder(files);
  const { uri, position } = folder.cursor;
  const found = renamableMention(folder.own, position);
  if (!found) return undefined;
  if ('problem' in found) return found.problem;
  const places = renamedEverywhere(folder.documents, { uri, mention: found.mention }, name);
  if ('problem' in places) return String(places.problem);
  return folder.edited(places, newNameOf(found.mention.subject, name));
}

const CONFIG = `{ "principals": { "${APP}": {} }, "suppress": [{ "rule": "kms-external-admin", "path": "a.*", "sid": "Use" }] }`;
const at = (name: string): string => policy(APP.replace('App', name));
const resource = (text: string): string =>
  `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "${text}" }] }`;
const conditioned = (operator: string, key: string, value: string): string =>
  policy('*', `, "Condition": { "${operator}": { "${key}": "${value}" } }`);

describe('a principal', () => {
  test('its name in every document, sessions and escapes included; not what a scenario calls it', () => {
    const scenario = `{ "principals": { "App": { "arn": "${APP}" } }, "steps": [{ "can": "x", "as": "App" }, { "can": "x", "as": "${APP}" }] }`;
    const session = 'arn:aws:sts::111122223333:assumed-role/App/App';
    const escaped = JSON.stringify({
      Policy: policy(APP.replace('role/App', 'role/\\u0041pp')),
      PolicyName: 'default',
    });
    expect(
      rename(
        {
          '.kms-lens.json': CONFIG,
          'a.key-policy.json': at('A$0pp'),
          'b.key-policy.json': policy(session),
          'c.kms-scenario.json': scenario,
          'd.kms-grant.json': `{ "GranteePrincipal": "${APP}" }`,
          'e.key-policy.json': at('Other'),
          'out.json': escaped,
        },
        'Api',
      ),
    ).toEqual({
      '.kms-lens.json': CONFIG.replace('role/App', 'role/Api'),
      'a.key-policy.json': at('Api'),
      'b.key-policy.json': policy(session.replace('App/', 'Api/')),
      'c.kms-scenario.json': scenario.replaceAll('role/App', 'role/Api'),
      'd.kms-grant.json': `{ "GranteePrincipal": "${APP.replace('App', 'Api')}" }`,
      'out.json': escaped.replace('\\\\u0041pp', 'Api'),
    });
  });

  test('whichever sessions are meant, they are those of the role', () => {
    const sessions = (role: string): string =>
      conditioned('ArnLike', 'aws:PrincipalArn', `arn:aws:sts::111122223333:assumed-role/${role}/*`);
    expect(rename({ 'a.key-policy.json': at('A$0pp'), 'b.key-policy.json': sessions('App') }, 'Api')).toEqual({
      'a.key-policy.json': at('Api'),
      'b.key-policy.json': sessions('Api'),
    });
    expect(rename({ 'a.key-policy.json': at('A$0pp'), 'b.key-policy.json': sessions('App*') }, 'Api')).toContain(
      'assumed-role/App*/*` in `b.key-policy.json` may mean it',
    );
  });

  test('keeps its path', () => {
    expect(rename({ 'a.key-policy.json': at('team/A$0pp') }, 'Api')).toEqual({ 'a.key-policy.json': at('team/Api') });
  });

  test.each([
    [
      'a name that AWS does not take',
      { 'a.key-policy.json': at('A$0pp') },
      'a b',
      '`a b` is no name that AWS takes here',
    ],
    ['a path', { 'a.key-policy.json': at('A$0pp') }, 'a/b', '`a/b` is no name that AWS takes here'],
    ['nothing', { 'a.key-policy.json': at('A$0pp') }, '', 'is no name that AWS takes here'],
    [
      'a name that is taken',
      { 'a.key-policy.json': at('A$0pp'), 'b.key-policy.json': at('Api') },
      'Api',
      'role/Api` is named in `b.key-policy.json` already: choose another name',
    ],
    [
      'a name with two paths',
      { 'a.key-policy.json': at('A$0pp'), 'b.key-policy.json': at('team/App') },
      'Api',
      'is written with several paths (`/`, `team/`)',
    ],
    [
      'a pattern that means it',
      {
        'a.key-policy.json': at('A$0pp'),
        'b.key-policy.json': conditioned('ArnLike', 'aws:PrincipalArn', APP.replace('App', 'Ap?')),
      },
      'Other',
      'role/Ap?` in `b.key-policy.json` may mean it and would not any more: mend that first',
    ],
    [
      'a pattern that would mean it',
      {
        'a.key-policy.json': at('A$0pp'),
        'b.key-policy.json': conditioned('ArnLike', 'aws:PrincipalArn', APP.replace('App', 'contractor*')),
      },
      'contractor-1',
      'does not mean it and would from then on: mend that first',
    ],
    [
      'a placeholder that may mean it',
      { 'a.key-policy.json': at('A$0pp'), 'b.key-policy.json': policy('arn:aws:iam::<ACCOUNT>:role/App') },
      'Api',
      '`arn:aws:iam::<ACCOUNT>:role/App` in `b.key-policy.json` may mean it',
    ],
    [
      'a broken document that names it',
      { 'a.key-policy.json': at('A$0pp'), 'b.key-policy.json': `${at('App')} ]` },
      'Api',
      '`b.key-policy.json` is no proper JSON',
    ],
    [
      'an account',
      { 'a.key-policy.json': policy('1111$022223333') },
      'x',
      'AWS gave the account `111122223333` its number',
    ],
    [
      'a service',
      { 'a.key-policy.json': policy('x').replace('"AWS": "x"', '"Service": "logs.amazon$0aws.com"') },
      'x',
      '`logs.amazonaws.com` is the name of an AWS service, and nobody can change it',
    ],
    ['a pattern', { 'a.key-policy.json': at('A$0p*') }, 'x', 'stands for whatever it matches, and is no name'],
  ])('refuses %s', (_, files, name, problem) => {
    expect(rename(files as unknown as Record<string, string>, name)).toContain(problem);
  });

  test('a pattern that means both names is no obstacle, and the same name changes nothing', () => {
    const like = conditioned('ArnLike', 'aws:PrincipalArn', APP.replace('App', '*'));
    expect(rename({ 'a.key-policy.json': at('A$0pp'), 'b.key-policy.json': like }, 'Api')).toEqual({
      'a.key-policy.json': at('Api'),
    });
    expect(rename({ 'a.key-policy.json': at('A$0pp') }, 'App')).toEqual({ 'a.key-policy.json': at('App') });
  });
});

describe('an alias', () => {
  const arn = (region: string, name = 'orders'): string => `arn:aws:kms:${region}:111122223333:alias/${name}`;

  test('its name and its ARN, with or without `alias/` in front', () => {
    const files = {
      'a.iam-policy.json': resource(arn('us-east-1', 'ord$0ers')),
      'b.key-policy.json': conditioned('StringEquals', 'kms:RequestAlias', 'alias/orders'),
      'c.kms-scenario.json':
        '{ "keys": { "orders": { "aliases": ["alias/orders"] } }, "steps": [{ "can": "x", "on": "alias/orders" }] }',
    };
    const changed = {
      'a.iam-policy.json': resource(arn('us-east-1', 'team/sales')),
      'b.key-policy.json': conditioned('StringEquals', 'kms:RequestAlias', 'alias/team/sales'),
      'c.kms-scenario.json': files['c.kms-scenario.json'].replaceAll('alias/orders', 'alias/team/sales'),
    };
    expect(rename(files, 'team/sales')).toEqual(changed);
    expect(rename(files, 'alias/team/sales')).toEqual(changed);
  });

  test('of two Regions the one that is meant, unless a mention does not say', () => {
    const two = {
      'a.iam-policy.json': resource(arn('us-east-1', 'ord$0ers')),
      'b.iam-policy.json': resource(arn('eu-west-1')),
    };
    expect(rename(two, 'sales')).toEqual({ 'a.iam-policy.json': resource(arn('us-east-1', 'sales')) });
    const unclear = { ...two, 'c.key-policy.json': conditioned('StringEquals', 'kms:RequestAlias', 'alias/orders') };
    expect(rename(unclear, 'sales')).toContain(
      '`alias/orders` is there in several places (`aws:us-east-1:111122223333`, `aws:eu-west-1:111122223333`)',
    );
  });

  test.each([
    ['an alias of AWS', { 'a.iam-policy.json': resource(arn('us-east-1', 'aws/s$03')) }, 'x', 'that AWS manages'],
    ['a name of AWS', { 'a.iam-policy.json': resource(arn('us-east-1', 'ord$0ers')) }, 'aws/x', 'belong to AWS'],
    [
      'a pattern that means it',
      {
        'a.iam-policy.json': resource(arn('us-east-1', 'ord$0ers')),
        'b.iam-policy.json': resource('arn:aws:kms:*:111122223333:alias/ord*'),
      },
      'sales',
      'may mean it',
    ],
    [
      'a key',
      { 'a.iam-policy.json': resource(`arn:aws:kms:us-east-1:111122223333:key/$0${KEY}`) },
      'x',
      'AWS gave the key the id',
    ],
  ])('refuses %s', (_, files, name, problem) => {
    expect(rename(files as unknown as Record<string, string>, name)).toContain(problem);
  });
});

describe('a Sid', () => {
  const marked = policy(APP).replace('"Use"', '"Us$0e"');
  const renamed = policy(APP).replace('"Use"', '"Use it"');

  test('in the statement and where findings in it are accepted', () => {
    const entry = CONFIG.replace('"Use"', '"Use it"');
    expect(
      rename({ '.kms-lens.json': CONFIG, 'a.key-policy.json': marked, 'b.key-policy.json': policy(APP) }, 'Use it'),
    ).toEqual({
      '.kms-lens.json': entry,
      'a.key-policy.json': renamed,
    });
    expect(
      rename({ '.kms-lens.json': CONFIG.replace('"Use"', '"$0Use"'), 'a.key-policy.json': policy(APP) }, 'Use it'),
    ).toEqual({
      '.kms-lens.json': entry,
      'a.key-policy.json': renamed,
    });
  });

  test.each([
    [
      'an entry that is about other policies, too',
      {
        '.kms-lens.json': CONFIG.replace('"a.*"', '"**"'),
        'a.key-policy.json': marked,
        'b.key-policy.json': policy(APP),
      },
      'x',
      '`.kms-lens.json` accepts findings under this `Sid` in `b.key-policy.json`, too: give that entry a `path` first',
    ],
    [
      'two statements of one name',
      { 'a.key-policy.json': marked.replace('"Statement": [', '"Statement": [{ "Sid": "Use" }, ') },
      'x',
      '2 statements have the `Sid` `Use`',
    ],
    [
      'a name that is taken',
      { 'a.key-policy.json': marked.replace('"Statement": [', '"Statement": [{ "Sid": "x" }, ') },
      'x',
      'another statement has the `Sid` `x`: choose another name',
    ],
    ['quotes', { 'a.key-policy.json': marked }, 'a"b', 'without quotes and backslashes'],
    [
      'an entry for nothing',
      { '.kms-lens.json': CONFIG.replace('"Use"', '"U$0se"') },
      'x',
      'no statement has the `Sid` `Use`',
    ],
  ])('refuses %s', (_, files, name, problem) => {
    expect(rename(files as unknown as Record<string, string>, name)).toContain(problem);
  });
});
