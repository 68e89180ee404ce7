import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findKeySpec } from '../../../simulator/facts/key-specs.ts';
import { parseJson } from '../../../simulator/json/parse.ts';
import { operations } from '../../../simulator/kms/operations.ts';
import { byteParameters } from '../../../simulator/scenario/format/values.ts';
import { loadScenario } from '../../../simulator/scenario/load.ts';
import { readScenario } from '../../../simulator/scenario/read.ts';
import { membersAt, rowOf, spotAt } from '../../../simulator/scenario/spot.ts';
import { app, everything } from '../scenario/worlds.ts';
import { outcomesOf, playScenario } from './play.ts';

const world = {
  principals: { App: { arn: app, policies: [everything] } },
  keys: { mine: { origin: 'EXTERNAL', state: 'PendingImport' }, orders: {} },
};

const play = async (steps: readonly object[], files?: Readonly<Record<string, Uint8Array>>, more: object = {}) =>
  outcomesOf(await playScenario({ ...world, ...more, steps: steps.map((step) => ({ as: 'App', ...step })) }, files));

const MATERIAL = `hex:${'0123456789abcdef'.repeat(4)}`;

const ask = (WrappingAlgorithm = 'RSAES_OAEP_SHA_256', WrappingKeySpec = 'RSA_2048', KeyId = 'mine') => ({
  call: 'GetParametersForImport',
  input: { KeyId, WrappingAlgorithm, WrappingKeySpec },
  save: 'import',
  expect: 'ok',
});
const bring = (wrap: string, more: object = {}, KeyId = 'mine') => ({
  call: 'ImportKeyMaterial',
  input: {
    KeyId,
    ImportToken: '$import.ImportToken',
    EncryptedKeyMaterial: { wrap, with: '$import' },
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    ...more,
  },
  expect: 'ok' as unknown,
});
const passes = (count: number) => Array(count).fill('pass');

describe('key material that a step wraps', () => {
  it.each(['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'])('with %s', async (algorithm) => {
    for (const spec of ['RSA_2048', 'RSA_4096'])
      expect(
        await play([
          ask(algorithm, spec),
          bring(MATERIAL),
          { call: 'Encrypt', input: { KeyId: 'mine', Plaintext: 'text:x' }, save: 'sealed', expect: 'ok' },
          { call: 'DeleteImportedKeyMaterial', input: { KeyId: 'mine' }, expect: 'ok' },
          {
            call: 'Decrypt',
            input: { CiphertextBlob: '$sealed.CiphertextBlob' },
            expect: { error: 'KMSInvalidStateException' },
          },
          bring(MATERIAL.replace('01', '02')),
          bring(MATERIAL),
          {
            call: 'Decrypt',
            input: { CiphertextBlob: '$sealed.CiphertextBlob' },
            expect: { ok: { Plaintext: 'text:x' } },
          },
        ]),
      ).toEqual([...passes(5), expect.stringContaining('import the material that belongs to'), ...passes(2)]);
  });

  it.each([
    ['RSA_3072', 'SIGN_VERIFY', 'RSA_AES_KEY_WRAP_SHA_1'],
    ['RSA_2048', 'ENCRYPT_DECRYPT', 'RSA_AES_KEY_WRAP_SHA_256'],
    ['ECC_NIST_P384', 'KEY_AGREEMENT', 'RSA_AES_KEY_WRAP_SHA_256'],
    ['ECC_NIST_P256', 'SIGN_VERIFY', 'RSAES_OAEP_SHA_256'],
  ])('is a private key of %s for %s, with %s', async (spec, usage, algorithm) => {
    const keys = { mine: { origin: 'EXTERNAL', state: 'PendingImport', spec, usage }, orders: {} };
    const pair = {
      call: 'GenerateDataKeyPair',
      input: { KeyId: 'orders', KeyPairSpec: spec },
      save: 'pair',
      expect: 'ok',
    };
    expect(findKeySpec(spec)).toBeDefined();
    const steps = [
      pair,
      ask(algorithm),
      bring('$pair.PrivateKeyPlaintext'),
      { call: 'GetPublicKey', input: { KeyId: 'mine' }, expect: { ok: { PublicKey: '$pair.PublicKey' } } },
    ];
    expect(await play(steps, {}, { keys })).toEqual(passes(4));
  });

  it('is a file', async () => {
    const file = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'der', type: 'pkcs8' });
    const keys = { mine: { origin: 'EXTERNAL', state: 'PendingImport', spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' } };
    expect(await play([ask(), bring('file:private.der')], { 'private.der': file }, { keys })).toEqual(passes(2));
  });

  it('expires, comes late, and comes a second time', async () => {
    const expiring = { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: '2026-01-20T09:00:00Z' };
    const fresh = { ImportType: 'NEW_KEY_MATERIAL' };
    const sealing = { call: 'Encrypt', input: { KeyId: 'mine', Plaintext: 'text:x' }, expect: 'ok' as unknown };
    const error = (name: string) => ({ expect: { error: name } });
    expect(
      await play([
        ask(),
        bring(MATERIAL, expiring),
        sealing,
        { wait: 'P5D', as: undefined },
        { ...sealing, ...error('KMSInvalidStateException') },
        { ...bring(MATERIAL), ...error('ExpiredImportTokenException') },
        ask(),
        { ...bring(MATERIAL, fresh), ...error('IncorrectKeyMaterialException') },
        bring(MATERIAL),
        bring('hex:'.padEnd(68, 'a'), fresh),
        { ...bring('hex:'.padEnd(68, 'b'), fresh), ...error('KMSInvalidStateException') },
        { call: 'RotateKeyOnDemand', input: { KeyId: 'mine' }, expect: 'ok' },
        { call: 'RotateKeyOnDemand', input: { KeyId: 'mine' }, ...error('KMSInvalidStateException') },
        sealing,
      ]),
    ).toEqual([...passes(3), expect.stringContaining('info it is'), ...passes(10)]);
  });

  it.each([
    ['hex:00', 'IncorrectKeyMaterialException'],
    [`hex:${'00'.repeat(33)}`, 'IncorrectKeyMaterialException'],
    ['text:not thirty-two', 'IncorrectKeyMaterialException'],
  ])('%s is none', async (wrap, error) => {
    expect(await play([ask(), { ...bring(wrap), expect: { error } }])).toEqual(passes(2));
  });

  it.each([
    [`hex:${'00'.repeat(200)}`, '$import', 'RSAES_OAEP_SHA_256 does not wrap 200 bytes: ask for RSA_AES_KEY_WRAP'],
    [
      MATERIAL,
      '$data',
      '`with` gives nothing to wrap `EncryptedKeyMaterial` with: name the saved response of GetParam',
    ],
    ['$data', '$import', '`wrap` is bytes: take them from a member of the saved response'],
    ['hex:0', '$import', '`wrap` is bytes: write `text:…`, `base64:…`, `hex:…` or `file:path`'],
    ['base64:?', '$import', '`wrap` is bytes'],
  ])('%s with %s cannot be wrapped', async (wrap, response, problem) => {
    const data = { call: 'GenerateDataKey', input: { KeyId: 'orders', KeySpec: 'AES_256' }, save: 'data' };
    const step = bring(wrap);
    const steps = [data, ask(), { ...step, input: { ...step.input, EncryptedKeyMaterial: { wrap, with: response } } }];
    expect((await play(steps)).at(-1)).toContain(`error ${problem}`);
  });

  it('is a message to an RSA key just as well', async () => {
    const keys = { rsa: { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' } };
    const steps = [
      { call: 'GetPublicKey', input: { KeyId: 'rsa' }, save: 'public', expect: 'ok' },
      {
        call: 'Decrypt',
        input: {
          KeyId: 'rsa',
          CiphertextBlob: { wrap: 'text:from outside', with: '$public' },
          EncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
        },
        expect: { ok: { Plaintext: 'text:from outside' } },
      },
    ];
    expect(await play(steps, {}, { keys })).toEqual(passes(2));
  });
});

describe('what reading a scenario says of such values', () => {
  const problemsOf = (input: object, call = 'ImportKeyMaterial') => {
    const steps = [
      { ...ask(), as: undefined },
      { call, input },
    ];
    const { root } = parseJson(JSON.stringify({ ...world, steps }));
    return root ? readScenario(root).problems.map(({ message }) => message) : ['no tree'];
  };

  it.each([
    [{ wrap: MATERIAL, with: '$import' }, []],
    [{ wrap: MATERIAL }, ['a wrapping has a `with`: add it']],
    [
      { wrap: MATERIAL, with: 'import' },
      ['`import` is no saved response: write `$` and the name under which an earlier step saved it'],
    ],
    [{ wrap: MATERIAL, with: '$imports' }, ['`imports` is no response of this file: did you mean `import`?']],
    [
      { wrap: '00', with: '$import' },
      [
        '`00` stands for no bytes: write `text:…`, `base64:…`, `hex:…`, `file:path`, or `$name.Member` of a saved response',
      ],
    ],
    [{ wrap: 5, with: '$import' }, [expect.stringContaining('`wrap` is a text')]],
    [
      { wraps: MATERIAL, with: '$import' },
      ['a wrapping has a `wrap`: add it', 'a wrapping has no `wraps`: did you mean `wrap`?'],
    ],
  ])('%j', (EncryptedKeyMaterial, problems) => {
    expect(problemsOf({ KeyId: 'mine', ImportToken: '$import.ImportToken', EncryptedKeyMaterial })).toEqual(problems);
  });

  it('but not of an encryption context that happens to look alike', () => {
    const input = { KeyId: 'mine', Plaintext: 'text:x', EncryptionContext: { wrap: 'x' } };
    expect(problemsOf(input, 'Encrypt')).toEqual([]);
  });

  it('the tables know the members', () => {
    const { root } = parseJson(
      JSON.stringify({ steps: [{ call: 'ImportKeyMaterial', input: { EncryptedKeyMaterial: { wrap: 'hex:00' } } }] }),
    );
    const path = ['steps', 0, 'input', 'EncryptedKeyMaterial'];
    expect(membersAt(root, path).map(({ name }) => name)).toEqual(['wrap', 'with']);
    const [row] = spotAt(root, [...path, 'wrap'])?.rows ?? [];
    expect(row?.member.summary).toContain('What is wrapped');
    expect(rowOf(row?.id ?? '')?.name).toBe('wrap');
    expect(spotAt(root, path)).toMatchObject({ below: ['EncryptedKeyMaterial'] });
    expect(membersAt(root, ['steps', 0, 'input', 'EncryptionContext'])).toEqual([]);
  });

  it('the parameters that are bytes are those of the service', () => {
    const bytes = Object.values(operations).flatMap(({ members }) =>
      Object.entries(members).flatMap(([name, { shape }]) => (shape.type === 'Blob' ? [name] : [])),
    );
    const own = [...new Set(bytes)].filter((name) => !byteParameters.has(name));
    expect(own).toEqual([]);
    const none = Object.values(operations).flatMap(({ members }) =>
      Object.entries(members).flatMap(([name, { shape }]) =>
        byteParameters.has(name) && shape.type !== 'Blob' ? [name] : [],
      ),
    );
    expect(none).toEqual([]);
  });
});

describe('files', () => {
  const seal = (Plaintext: string) => ({
    call: 'Encrypt',
    input: { KeyId: 'orders', Plaintext },
    save: 'sealed',
    expect: 'ok',
  });

  it('are the bytes of a parameter', async () => {
    const content = Uint8Array.from({ length: 256 }, (_, index) => index);
    const open = {
      call: 'Decrypt',
      input: { CiphertextBlob: '$sealed.CiphertextBlob' },
      expect: { ok: { Plaintext: `base64:${Buffer.from(content).toString('base64')}` } },
    };
    expect(await play([seal('file:data.bin'), open], { 'data.bin': content })).toEqual(passes(2));
  });

  it('are KMS’s to refuse where they are too long for it', async () => {
    const files = { big: new Uint8Array(4097), empty: new Uint8Array() };
    expect(await play([seal('file:big'), seal('file:empty')], files)).toEqual([
      expect.stringContaining('Member must have length less than or equal to 4096'),
      expect.stringContaining('Member must have length greater than or equal to 1'),
    ]);
  });

  it('are not meant by texts', async () => {
    const describe = {
      call: 'UpdateKeyDescription',
      input: { KeyId: 'orders', Description: 'file:nothing' },
      expect: 'ok',
    };
    const context = { KeyId: 'orders', Plaintext: 'text:x', EncryptionContext: { Plaintext: 'file:nothing' } };
    expect(await play([describe, { call: 'Encrypt', input: context, expect: 'ok' }])).toEqual(passes(2));
  });

  it('are mistakes of the scenario where they cannot be used', async () => {
    const { root } = parseJson(
      JSON.stringify({ ...world, steps: [seal('file:gone'), seal('file:huge'), seal('file:gone')] }),
    );
    if (!root) throw new Error('no tree');
    const loaded = await loadScenario(readScenario(root), 'file:///a.kms-scenario.json', {
      policy: async () => ({ problem: 'is not there' }),
      bytes: async (path, most) =>
        path === 'huge' ? { bytes: new Uint8Array(most + 1) } : { problem: 'cannot be read: mend the path' },
    });
    expect(loaded.world).toBeUndefined();
    expect(loaded.problems.map(({ message, kind, place }) => [kind, place.path.join('/'), message])).toEqual([
      ['unusable-file', 'steps/0/input/Plaintext', '`gone` cannot be read: mend the path'],
      [
        'unusable-file',
        'steps/1/input/Plaintext',
        '`huge` has more than 1 MiB, the most that a step reads: name a smaller file',
      ],
      ['unusable-file', 'steps/2/input/Plaintext', '`gone` cannot be read: mend the path'],
    ]);
  });
});

describe('grant tokens', () => {
  const grants = { report: { key: 'orders', GranteePrincipal: 'Reader', Operations: ['Encrypt'] } };
  const more = { grants, principals: { ...world.principals, Reader: { arn: `${app}Reader` } } };
  const seal = (GrantTokens: unknown) => ({
    call: 'Encrypt',
    as: 'Reader',
    input: { KeyId: 'orders', Plaintext: 'text:x', GrantTokens },
    expect: 'ok' as unknown,
  });

  it('are those of the grants of the file, by name', async () => {
    const none = { error: 'InvalidGrantTokenException' };
    const steps = [
      seal(['report']),
      seal([]),
      { ...seal(['none']), expect: none },
      { ...seal(['report', 'none']), expect: none },
      { call: 'ScheduleKeyDeletion', input: { KeyId: 'orders', PendingWindowInDays: 7 } },
      { wait: 'P7D', as: undefined },
      { ...seal(['report']), input: { ...seal(['report']).input, KeyId: 'mine' }, expect: none },
    ];
    expect((await play(steps, {}, more)).filter((each) => !each.startsWith('info'))).toEqual(passes(5));
  });

  it('are found by their names, and renamed with them', () => {
    const { root } = parseJson(JSON.stringify({ ...world, ...more, steps: [seal(['report'])] }));
    const uses = root ? readScenario(root).uses.filter(({ kind }) => kind === 'grant') : [];
    expect(uses.map(({ text, byName, place }) => [text, byName, place.path.join('/')])).toEqual([
      ['report', true, 'steps/0/input/GrantTokens/0'],
    ]);
  });
});
