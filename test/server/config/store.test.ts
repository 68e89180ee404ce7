import { describe, expect, test } from 'vitest';
import { compilePathGlob } from '../../../server/config/path-glob.ts';
import { ConfigStore } from '../../../server/config/store.ts';
import { foldersOf, pathBelow, relativePath, resolveUri } from '../../../server/config/uris.ts';

describe('patterns of paths', () => {
  test.each<[string, string, boolean]>([
    ['a.json', 'a.json', true],
    ['a.json', 'sub/a.json', false],
    ['./a.json', 'a.json', true],
    ['*.json', 'a.json', true],
    ['*.json', 'sub/a.json', false],
    ['?.json', 'ab.json', false],
    ['**/*.json', 'a.json', true],
    ['**/*.json', 'x/y/a.json', true],
    ['policies/**', 'policies/x/a.json', true],
    ['policies/**', 'policies', true],
    ['policies/**', 'other/policies/a.json', false],
    ['a/**/z/*.json', 'a/z/q.json', true],
    ['a/**/z/*.json', 'a/b/c/z/q.json', true],
    ['a/**/z/*.json', 'a/b/c/q.json', false],
    ['A.json', 'a.json', false],
    ['a(1).json', 'a(1).json', true],
  ])('%s and %s: %s', (pattern, path, matches) => {
    expect(compilePathGlob(pattern).matches(path)).toBe(matches);
  });

  test('many of them take no time', () => {
    const pattern = compilePathGlob(`${'**/a/'.repeat(200)}b`);
    expect(pattern.matches(`${'a/'.repeat(400)}c`)).toBe(false);
  });
});

describe('the folders that count', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['file:///w/a/b/k.json', ['file:///w'], ['file:///w/a/b/', 'file:///w/a/', 'file:///w/']],
    ['file:///w/k.json', ['file:///w/'], ['file:///w/']],
    ['file:///w/a/k.json', ['file:///w', 'file:///w/a'], ['file:///w/a/']],
    ['file:///www/k.json', ['file:///w'], ['file:///www/']],
    ['file:///x/k.json', [], ['file:///x/']],
    ['untitled:Untitled-1', ['file:///w'], ['file:///w/']],
    ['untitled:Untitled-1', ['file:///w', 'file:///v'], []],
    ['stdin:/stdin', ['file:///w'], ['file:///w/']],
  ])('of %s in %j', (uri, roots, folders) => {
    expect(foldersOf(uri, roots)).toEqual(folders);
  });
});

describe('paths', () => {
  test.each<[string, string | undefined]>([
    ['a.json', 'file:///w/p/a.json'],
    ['./x/a.json', 'file:///w/p/x/a.json'],
    ['../a b(1).json', 'file:///w/a%20b%281%29.json'],
    ['../../etc/passwd', undefined],
    ['x/../../../w2/a.json', undefined],
    ['/etc/passwd', undefined],
    ['C:\\a.json', undefined],
    ['file:///etc/passwd', undefined],
  ])('%s', (path, uri) => {
    expect(resolveUri('file:///w/p/', path, 'file:///w/')).toBe(uri);
  });

  test('there and back', () => {
    expect(pathBelow('file:///w/', 'file:///w/p/a%20b.json')).toBe('p/a b.json');
    expect(pathBelow('file:///w/', 'file:///v/a.json')).toBeUndefined();
    expect(relativePath('file:///w/p/', 'file:///w/q/a%20b.json')).toBe('../q/a b.json');
    expect(relativePath('file:///w/', 'file:///w/a.json')).toBe('a.json');
  });
});

function storeOf(files: Readonly<Record<string, string>>): { store: ConfigStore; reads: string[] } {
  const reads: string[] = [];
  const store = new ConfigStore(async (uri) => {
    reads.push(uri);
    return files[uri];
  });
  store.roots = ['file:///w'];
  return { store, reads };
}

describe('the nearest file wins, key by key', () => {
  const app = 'arn:aws:iam::111122223333:role/App';
  const { store } = storeOf({
    'file:///w/.kms-lens.json': JSON.stringify({
      account: '111122223333',
      region: 'eu-west-1',
      documents: { '**/*.json': 'scp', 'p/k.json': 'rcp' },
      keys: {
        '**/k.json': { account: '777788889999', keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' },
        'k.json': { keySpec: 'HMAC_256' },
      },
      principals: { [app]: { policies: ['outer.json'] }, 'arn:aws:iam::111122223333:role/x/Other': {} },
      rules: { 'action-unknown': 'off', 'version-missing': 'off' },
      organization: 'org.json',
    }),
    'file:///w/p/.kms-lens.json': JSON.stringify({
      account: '444455556666',
      documents: { '*.json': 'key-policy' },
      keys: { 'k.json': { keySpec: 'RSA_4096' } },
      principals: { [app]: { policies: ['inner.json'] } },
      rules: { 'action-unknown': 'warning' },
    }),
    'file:///.kms-lens.json': JSON.stringify({ region: 'us-west-2' }),
  });

  test('for a document below both', async () => {
    const config = await store.load('file:///w/p/k.json');
    expect(config).toMatchObject({
      region: 'eu-west-1',
      rules: { 'action-unknown': 'warning', 'version-missing': 'off' },
    });
    expect(config.kindOf('file:///w/p/k.json')).toBe('key-policy');
    expect(config.kindOf('file:///w/p/deep/k.json')).toBe('scp');
    expect(config.principal(app)?.entry.policies?.map(({ text }) => text)).toEqual(['inner.json']);
    expect(config.organization?.file.uri).toBe('file:///w/.kms-lens.json');
  });

  test('for a document below one', async () => {
    const config = await store.load('file:///w/k.json');
    expect(config.principal(app)?.entry.policies?.map(({ text }) => text)).toEqual(['outer.json']);
  });

  test('with what it says of the key of a document: its account, and more by pattern', async () => {
    const factsOf = async (uri: string) => (await store.load(uri)).factsOf(uri);
    expect(await factsOf('file:///w/p/k.json')).toEqual({
      account: '444455556666',
      keySpec: 'RSA_4096',
      keyUsage: 'SIGN_VERIFY',
    });
    expect(await factsOf('file:///w/p/other.json')).toEqual({ account: '444455556666' });
    expect(await factsOf('file:///w/q/k.json')).toMatchObject({ account: '777788889999', keySpec: 'RSA_2048' });
    expect(await factsOf('file:///w/k.json')).toMatchObject({ account: '777788889999', keySpec: 'RSA_2048' });
    expect(await factsOf('file:///elsewhere/k.json')).toEqual({});
  });

  test('a session has the entry of its role, whose path its ARN does not say', async () => {
    const config = await store.load('file:///w/k.json');
    const sts = 'arn:aws:sts::111122223333:assumed-role';
    expect(config.principal(`${sts}/Other/api`)?.arn).toBe('arn:aws:iam::111122223333:role/x/Other');
    expect(config.principal(`${sts}/x/api`)).toBeUndefined();
    expect(config.principal('arn:aws:sts::444455556666:assumed-role/Other/api')).toBeUndefined();
    expect(config.principal('root')).toBeUndefined();
  });
});

test('files are read once until something changes', async () => {
  const files: Record<string, string> = { 'file:///w/.kms-lens.json': '{ "region": "eu-west-1" }' };
  const { store, reads } = storeOf(files);
  await Promise.all([store.load('file:///w/a.json'), store.load('file:///w/b.json')]);
  await store.load('file:///w/a.json');
  expect(reads).toHaveLength(1);
  expect(store.known('file:///w/a.json').region).toBe('eu-west-1');
  files['file:///w/.kms-lens.json'] = '{ "region": "eu-west-2" }';
  const late = store.load('file:///w/a.json');
  store.forget();
  expect((await late).region).toBe('eu-west-2');
  await store.settled();
  expect(store.known('file:///w/a.json').region).toBe('eu-west-2');
});
