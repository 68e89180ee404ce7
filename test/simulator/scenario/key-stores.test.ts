import { describe, expect, test } from 'vitest';
import { connectionErrors, keyStoreTypes } from '../../../simulator/facts/key-stores.ts';
import { cluster, keyStoreId, proxyEndpoint, proxyPath } from '../../../simulator/scenario/format/texts.ts';
import { keyStoreOf } from '../../../simulator/scenario/key-stores.ts';
import { outlineOf, problemsOf } from './texts.ts';

const stores = { hsm: {}, vault: { type: 'EXTERNAL_KEY_STORE' } };
const inHsm = (more: object) => ({ customKeyStores: stores, keys: { a: { customKeyStore: 'hsm', ...more } } });
const backend = (more: object) => ({ customKeyStores: stores, steps: [more] });

test.each<[object, string]>([
  [
    { keys: { a: { customKeyStore: 'hsm' } } },
    'undefined-name /keys/a/customKeyStore: `hsm` is no custom key store of this file',
  ],
  [{ ...inHsm({}), keys: { a: { customKeyStore: 'hms' } } }, 'did you mean `hsm`?'],
  [inHsm({ spec: 'RSA_2048' }), '/keys/a/spec: custom key stores hold symmetric encryption keys only'],
  [inHsm({ state: 'Unavailable' }), '/keys/a/state: this follows from the key store'],
  [inHsm({ multiRegion: true }), '/keys/a/multiRegion: keys in custom key stores are of one Region'],
  [inHsm({ replicas: ['eu-west-1'] }), '/keys/a/replicas: keys in custom key stores are of one Region'],
  [inHsm({ rotation: { enabled: true } }), '/keys/a/rotation: keys in custom key stores do not rotate'],
  [inHsm({ origin: 'EXTERNAL' }), '/keys/a/origin: keys in `hsm` have the origin `AWS_CLOUDHSM`'],
  [inHsm({ externalKey: 'one' }), '/keys/a/externalKey: only keys in an external key store have one'],
  [
    inHsm({ region: 'eu-west-1' }),
    '/keys/a/customKeyStore: a key is where its key store is, and `hsm` is of another Region',
  ],
  [
    inHsm({ account: '444455556666' }),
    '/keys/a/customKeyStore: a key is where its key store is, and `hsm` is of another account',
  ],
  [{ keys: { a: { externalKey: 'one' } } }, '/keys/a/externalKey: only keys in an external key store have one'],
  [
    { customKeyStores: { a: { endpoint: 'https://xks.example.com' } } },
    '/customKeyStores/a/endpoint: `AWS_CLOUDHSM` has no `endpoint`',
  ],
  [
    { customKeyStores: { a: { type: 'EXTERNAL_KEY_STORE', cluster: 'cluster-2abcdefghij' } } },
    '/customKeyStores/a/cluster: `EXTERNAL_KEY_STORE` has no `cluster`',
  ],
  [
    { customKeyStores: { a: { type: 'EXTERNAL_KEY_STORE', hsms: 1 } } },
    '/customKeyStores/a/hsms: only a CloudHSM cluster has HSMs',
  ],
  [
    { customKeyStores: { a: { externalKeys: {} } } },
    '/customKeyStores/a/externalKeys: a CloudHSM cluster has no external keys',
  ],
  [
    { customKeyStores: { a: { created: false, state: 'CONNECTED' } } },
    '/customKeyStores/a/state: what is not there yet has no state',
  ],
  [
    { customKeyStores: { a: { error: 'XKS_PROXY_TIMED_OUT' } } },
    '/customKeyStores/a/error: `XKS_PROXY_TIMED_OUT` does not happen to `AWS_CLOUDHSM`',
  ],
  [{ customKeyStores: { a: { error: 'XKS_PROXY_SLOW' } } }, '`XKS_PROXY_SLOW` is no value of `error`'],
  [{ customKeyStores: { a: { path: '/kms' } } }, '`/kms` is no path of a proxy'],
  [
    backend({ backend: 'vault', error: 'USER_NOT_FOUND' }),
    '/steps/0/error: `USER_NOT_FOUND` does not happen to `EXTERNAL_KEY_STORE`',
  ],
  [backend({ backend: 'vault' }), '/steps/0: this changes nothing'],
  [backend({ backend: 'cluster', error: 'none' }), '/steps/0/backend: `cluster` is no custom key store of this file'],
])('%j is wrong', (scenario, problem) => {
  expect(problemsOf(scenario).join('\n')).toContain(problem);
});

test.each<[object]>([
  [inHsm({})],
  [inHsm({ origin: 'AWS_CLOUDHSM', spec: 'SYMMETRIC_DEFAULT', state: 'Disabled', rotation: { enabled: false } })],
  [{ customKeyStores: stores, keys: { a: { customKeyStore: 'vault', externalKey: 'one' } } }],
  [{ region: 'eu-west-1', customKeyStores: stores, keys: { a: { customKeyStore: 'hsm', region: 'eu-west-1' } } }],
  [backend({ backend: 'hsm', hsms: 0 })],
  [backend({ call: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: 'hsm' } })],
])('%j is right', (scenario) => {
  expect(problemsOf(scenario)).toEqual([]);
});

test('each connection error happens to the key stores that AWS says, and to no other', () => {
  for (const { name, types } of connectionErrors)
    for (const type of keyStoreTypes) {
      const problems = problemsOf({ customKeyStores: { a: { type, error: name } } });
      expect(problems.length, `${name} ${type}`).toBe(types.includes(type) ? 0 : 1);
    }
  expect(connectionErrors).toHaveLength(18);
});

test('a key in a key store has its type as the origin', () => {
  const outline = outlineOf(
    JSON.stringify({ customKeyStores: stores, keys: { a: { customKeyStore: 'hsm' }, b: { customKeyStore: 'vault' } } }),
  );
  expect(outline.names.declaredKeys.map(({ description }) => description.origin)).toEqual([
    'AWS_CLOUDHSM',
    'EXTERNAL_KEY_STORE',
  ]);
});

test('what a key store leaves out is as AWS writes it, and the same every time', () => {
  const defaults = { account: '111122223333', region: 'us-east-1', partition: 'aws' };
  const names = Array.from({ length: 200 }, (_, index) => `store ${index}`);
  const all = names.map((name) => keyStoreOf(name, {}, defaults));
  for (const each of all) {
    expect(each.id).toMatch(keyStoreId.pattern);
    expect(each.cluster).toMatch(cluster.pattern);
    expect(each.endpoint).toMatch(proxyEndpoint.pattern);
    expect(each.path).toMatch(proxyPath.pattern);
  }
  expect(new Set(all.map(({ id }) => id)).size).toBe(names.length);
  expect(names.map((name) => keyStoreOf(name, {}, defaults))).toEqual(all);
});

describe('secrets of requests', () => {
  const create = (KeyStorePassword: string, RawSecretAccessKey: string) =>
    problemsOf({
      steps: [
        {
          call: 'CreateCustomKeyStore',
          input: {
            CustomKeyStoreName: 'a',
            KeyStorePassword,
            XksProxyAuthenticationCredential: { AccessKeyId: 'A', RawSecretAccessKey },
          },
        },
      ],
    });

  test('are made up', () => {
    expect(create('example-password', 'EXAMPLE'.repeat(7))).toEqual([]);
  });

  test('are never repeated where they may be real', () => {
    const problems = create('hunter2hunter2', 'n0tMadeUp'.repeat(5));
    expect(problems.map((each) => each.replace(/: .*/, ''))).toEqual([
      'real-credentials /steps/0/input/KeyStorePassword',
      'real-credentials /steps/0/input/XksProxyAuthenticationCredential/RawSecretAccessKey',
    ]);
    expect(problems.join()).not.toMatch(/hunter2|n0tMadeUp/);
  });
});
