import { describe, expect, test } from 'vitest';
import { mentionsAt } from '../../../../server/answers/mentions/at.ts';
import { incoming, type Node, outgoing, subjectNode } from '../../../../server/answers/mentions/hierarchy.ts';
import { entriesFor } from '../../../../server/answers/mentions/symbols.ts';
import { APP, Folder, indexOver, KEY, KEY_ARN, nameOf, policy } from './harness.ts';

const SCENARIO = `{
  "principals": { "App": { "arn": "${APP}", "policies": ["app.iam-policy.json", { "Statement": [{ "Effect": "Allow", "Action": "kms:*", "Resource": "${KEY_ARN}" }] }] } },
  "keys": { "orders": { "id": "${KEY}", "aliases": ["alias/orders"] } },
  "grants": { "reading": { "key": "orders", "GranteePrincipal": "App", "Operations": ["Decrypt"] } },
  "steps": [{ "can": "Decrypt", "as": "App", "on": "orders" }]
}`;
const other = 'arn:aws:kms:us-east-1:111122223333:key/22222222-12ab-34cd-56ef-1234567890ab';
const files = {
  'a.kms-scenario.json': SCENARIO,
  'app.iam-policy.json': `{ "Statement": [{ "Sid": "Both", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": ["${KEY_ARN}", "${other}"] }] }`,
  'g.kms-grants.json': `[{ "Name": "nightly", "KeyId": "${KEY_ARN}", "GranteePrincipal": "${APP}", "Operations": ["Decrypt"] }]`,
  'orders.key-policy.json': policy(`${APP}$0`),
};

describe('the hierarchy', () => {
  const folder = new Folder(files);
  const node = subjectNode(folder.documents, folder.cursor.uri, mentionsAt(folder.own, folder.cursor.position));
  const names = (of: Node): string =>
    of.type === 'owner' ? of.owner.title : `${of.located.mention.subject.title} in ${nameOf(of.located.uri)}`;
  const shown = (way: typeof incoming, from: Node): readonly string[] => {
    const uri = (of: Node): string => (of.type === 'owner' ? of.uri : of.located.uri);
    return way(folder.documents, from).map(({ node: each, ranges }) => {
      const texts = ranges.map((range) => folder.textOf(uri(way === incoming ? each : from), range));
      return `${names(each)}: ${texts.join(' ')}`;
    });
  };

  test('a principal: who names it, and what its policies name', () => {
    if (!node) throw new Error('nothing is named');
    expect(names(node)).toBe(`${APP} in a.kms-scenario.json`);
    expect(shown(incoming, node)).toEqual([
      'Grant “reading”: App',
      'Decrypt as App on orders: App',
      `Grant “nightly”: ${APP}`,
      `Allow “Use”: ${APP}`,
    ]);
    expect(shown(outgoing, node)).toEqual([
      `orders in a.kms-scenario.json: ${KEY_ARN} "app.iam-policy.json"`,
      `${other} in app.iam-policy.json: "app.iam-policy.json"`.replace('arn:aws:kms:us-east-1:111122223333:key/', ''),
    ]);
  });

  test('a statement names principals and keys, and nobody names a statement', () => {
    const call = node && incoming(folder.documents, node).at(-1);
    if (!call) throw new Error('nobody names it');
    expect(shown(outgoing, call.node)).toEqual([`${APP} in a.kms-scenario.json: ${APP}`]);
    expect(incoming(folder.documents, call.node)).toEqual([]);
  });

  test('without a declaration it begins where it stands', () => {
    const alone = new Folder({ 'a.key-policy.json': policy(`${APP}$0`) });
    const own = subjectNode(alone.documents, alone.cursor.uri, mentionsAt(alone.own, alone.cursor.position));
    expect(own && names(own)).toBe(`${APP} in a.key-policy.json`);
    expect(own && outgoing(alone.documents, own)).toEqual([]);
    expect(own && incoming(alone.documents, own)).toHaveLength(1);
    const sid = new Folder({ 'a.key-policy.json': policy(APP).replace('"Use"', '"Us$0e"') });
    expect(subjectNode(sid.documents, sid.cursor.uri, mentionsAt(sid.own, sid.cursor.position))).toBeUndefined();
  });
});

describe('symbols', () => {
  const { documents } = new Folder(files);
  const symbols = (query: string): readonly string[] =>
    entriesFor(documents, query).map(({ name, kind, uri }) => `${kind} ${name} in ${nameOf(uri)}`);

  test('everything that has a name, each once', () => {
    expect(symbols('').toSorted()).toEqual(
      [
        'scenario a in a.kms-scenario.json',
        'principal App in a.kms-scenario.json',
        'key orders in a.kms-scenario.json',
        'alias alias/orders in a.kms-scenario.json',
        'grant Grant “reading” in a.kms-scenario.json',
        'step Decrypt as App on orders in a.kms-scenario.json',
        'sid Both in app.iam-policy.json',
        'key 22222222-12ab-34cd-56ef-1234567890ab in app.iam-policy.json',
        'grant Grant “nightly” in g.kms-grants.json',
        'sid Use in orders.key-policy.json',
      ].toSorted(),
    );
  });

  test('by characters in their order, those together first', () => {
    expect(symbols('ORDERS')[0]).toBe('key orders in a.kms-scenario.json');
    expect(symbols('al ord')).toEqual(['alias alias/orders in a.kms-scenario.json']);
    expect(symbols('decapp')).toEqual(['step Decrypt as App on orders in a.kms-scenario.json']);
    expect(symbols('sredro')).toEqual([]);
  });

  test('no more than anybody reads', () => {
    const steps = Array.from({ length: 3000 }, (_, index) => `{ "can": "Decrypt", "as": "root", "on": "k${index}" }`);
    const many = new Folder({ 'a.kms-scenario.json': `{ "steps": [${steps.join(',')}] }$0` });
    expect(entriesFor(many.documents, 'decroot')).toHaveLength(500);
  });
});

describe('the index', () => {
  const counts = async (index: ReturnType<typeof indexOver>['index']): Promise<readonly number[]> =>
    (await index.documents()).map(({ mentions }) => mentions.length);

  test('reads each stored document once, until it is told of a change', async () => {
    const texts = new Map<string, string | undefined>([
      ['a.key-policy.json', policy(APP)],
      ['gone.key-policy.json', undefined],
    ]);
    const { index, read, uriOf } = indexOver(texts);
    expect(await counts(index)).toEqual([2]);
    texts.set('a.key-policy.json', policy('*'));
    expect(await counts(index)).toEqual([2]);
    expect(read).toEqual(['a.key-policy.json', 'gone.key-policy.json']);
    index.forget(uriOf('a.key-policy.json'));
    expect(await counts(index)).toEqual([1]);
    texts.set('b.key-policy.json', policy(APP));
    expect(await counts(index)).toEqual([1]);
    index.add(uriOf('node_modules/x/b.key-policy.json'));
    expect(await counts(index)).toEqual([1]);
    index.add(uriOf('b.key-policy.json'));
    expect(await counts(index)).toEqual([1, 2]);
    index.forgetAll();
    expect(await counts(index)).toEqual([1, 2]);
  });

  test('takes open documents as they are edited', async () => {
    const { index, open, close, uriOf } = indexOver(new Map([['a.key-policy.json', policy(APP)]]));
    expect(await counts(index)).toEqual([2]);
    open('a.key-policy.json', policy('*'));
    open('untold.key-policy.json', policy(APP));
    expect(await counts(index)).toEqual([1, 2]);
    close('a.key-policy.json');
    index.forget(uriOf('a.key-policy.json'));
    expect(await counts(index)).toEqual([2, 2]);
  });

  test('looks again after a while where nobody tells', async () => {
    const texts = new Map<string, string | undefined>([['a.key-policy.json', policy(APP)]]);
    const { index, read, later } = indexOver(texts, false);
    later(100_000);
    await index.documents();
    later(1000);
    await index.documents();
    expect(read).toHaveLength(1);
    texts.set('a.key-policy.json', policy('*'));
    later(5000);
    expect(await counts(index)).toEqual([1]);
  });
});
