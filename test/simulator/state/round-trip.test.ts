import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock, seededRandom } from '../../../simulator/kms/environment.ts';
import { KmsError } from '../../../simulator/kms/errors.ts';
import { wrapBytes } from '../../../simulator/kms/import-wrapping.ts';
import { newBackend } from '../../../simulator/kms/key-store.ts';
import { createKeyService, type KeyService, type OperationName } from '../../../simulator/kms/service.ts';
import { KeyWorld } from '../../../simulator/kms/world.ts';
import { Recorder } from '../../../simulator/state/recorder.ts';
import { recordsOf } from '../../../simulator/state/records.ts';
import { worldFrom } from '../../../simulator/state/restore.ts';
import { makeSecrets } from '../../../simulator/state/secrets.ts';
import type { StateStore } from '../../../simulator/state/store.ts';
import { allowed, ana, CALLER, NOW, PLACE } from '../kms/keys.ts';
import { DAY } from '../kms/lab.ts';
import { MemoryFiles, openStore } from './memory.ts';

const WALKS = Number(process.env['KMS_LENS_STATE_WALKS'] ?? 10);
const OTHER = 'us-west-2';
const GRANTS = { grantDelay: DAY };

interface Wrapping {
  readonly ImportToken: Uint8Array;
  readonly PublicKey: Uint8Array;
}

/** A service whose changes are recorded. */
class Kept {
  readonly clock = new ManualClock(NOW);
  readonly arns: string[] = [];
  readonly tokens: string[] = [];
  readonly grants: { readonly KeyId: string; readonly GrantId: string }[] = [];
  readonly stores: string[] = [];
  readonly sealed: { readonly blob: Uint8Array; readonly text: string; readonly region: string }[] = [];
  readonly world = new KeyWorld([], GRANTS);
  readonly service: KeyService;
  readonly store: StateStore;
  readonly recorder: Recorder;
  imported: (Wrapping & { readonly KeyId: string }) | undefined;

  private constructor(store: StateStore) {
    this.store = store;
    this.world.stores.addBackend(newBackend('AWS_CLOUDHSM', 'cluster-2abcdefghij'));
    this.world.stores.addBackend(newBackend('EXTERNAL_KEY_STORE', 'https://xks.example.com/kms/xks/v1'));
    this.recorder = new Recorder(this.world, store, () => this.clock.now());
    this.service = serviceOver(this.world, this.clock, this.recorder);
  }

  static async make(): Promise<Kept> {
    const kept = new Kept(await openStore(new MemoryFiles()));
    await kept.recorder.begin([]);
    return kept;
  }

  /** The operations that went through. */
  readonly done = new Set<string>();
  readonly refused: string[] = [];

  /** What it answers; undefined where it refuses. */
  async call(name: OperationName, input: object, region = PLACE.region): Promise<Record<string, never> | undefined> {
    try {
      const output = await this.service.call(name, input as never, ana, { region });
      this.done.add(name);
      return output as Record<string, never>;
    } catch (error) {
      if (!(error instanceof KmsError)) throw error;
      this.refused.push(name);
      return undefined;
    }
  }

  key(index: number): { readonly KeyId: string; readonly region: string } {
    const KeyId = this.arns[index % Math.max(1, this.arns.length)] ?? 'alias/none';
    return { KeyId, region: KeyId.split(':')[3] ?? PLACE.region };
  }
}

function serviceOver(world: KeyWorld, clock: ManualClock, recorder?: Recorder): KeyService {
  return createKeyService({
    world,
    environment: { clock, random: seededRandom('kept') },
    authorize: allowed,
    place: PLACE,
    ...(recorder
      ? {
          beforeAnswer: (touched) => recorder.touched(touched),
          onHappened: (_, keys) => void recorder.touched({ keys, isUse: false }),
        }
      : {}),
  });
}

type Step = (kept: Kept, a: number, b: number) => Promise<unknown>;

const onKey =
  (name: OperationName, more: (a: number, b: number, kept: Kept) => object = () => ({})): Step =>
  (kept, a, b) => {
    const { KeyId, region } = kept.key(a);
    return kept.call(name, { KeyId, ...more(a, b, kept) }, region);
  };

const create =
  (input: object | ((kept: Kept, a: number) => object)): Step =>
  async (kept, a) => {
    const answer = await kept.call('CreateKey', typeof input === 'function' ? input(kept, a) : input);
    if (answer) kept.arns.push(String((answer['KeyMetadata'] as unknown as { Arn: string }).Arn));
  };

const policy = (sid: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: `S${sid}`, Effect: 'Allow', Principal: { AWS: PLACE.account }, Action: 'kms:*', Resource: '*' }],
  });

const steps: Readonly<Record<string, Step>> = {
  symmetric: create({ Tags: [{ TagKey: '1', TagValue: 'one' }] }),
  multiRegion: create({ MultiRegion: true, Description: 'ü "quoted"' }),
  elliptic: create({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
  bare: create({ KeySpec: 'ECC_SECG_P256K1', KeyUsage: 'SIGN_VERIFY' }),
  edwards: create({ KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' }),
  lattice: create({ KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' }),
  mac: create({ KeySpec: 'HMAC_384', KeyUsage: 'GENERATE_VERIFY_MAC', MultiRegion: true }),
  external: create({ Origin: 'EXTERNAL', MultiRegion: true }),
  inCluster: create((kept, a) => ({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: kept.stores[a % kept.stores.length] })),
  inProxy: create((kept, a) => ({
    Origin: 'EXTERNAL_KEY_STORE',
    CustomKeyStoreId: kept.stores[a % kept.stores.length],
    XksKeyId: `key-${a}`,
  })),
  managed: (kept, a) => kept.call('DescribeKey', { KeyId: ['alias/aws/s3', 'alias/aws/ebs'][a % 2] }),
  replicate: onKey('ReplicateKey', () => ({ ReplicaRegion: OTHER })),
  known: async (kept, a) => {
    const replica = kept.key(a).KeyId.replace(`:${PLACE.region}:`, `:${OTHER}:`);
    if (kept.world.key(replica)) kept.arns.push(replica);
  },
  primary: onKey('UpdatePrimaryRegion', () => ({ PrimaryRegion: OTHER })),
  describe: onKey('UpdateKeyDescription', (_, b) => ({ Description: `text ${b}` })),
  tag: onKey('TagResource', (_, b) => ({ Tags: [{ TagKey: `${b % 4}`, TagValue: `${b}` }] })),
  untag: onKey('UntagResource', (_, b) => ({ TagKeys: [`${b % 4}`] })),
  policy: onKey('PutKeyPolicy', (_, b) => ({ Policy: policy(b) })),
  alias: (kept, a, b) => kept.call('CreateAlias', { AliasName: `alias/${b % 3}`, TargetKeyId: kept.key(a).KeyId }),
  moveAlias: (kept, a, b) => kept.call('UpdateAlias', { AliasName: `alias/${b % 3}`, TargetKeyId: kept.key(a).KeyId }),
  noAlias: (kept, _, b) => kept.call('DeleteAlias', { AliasName: `alias/${b % 3}` }),
  grant: async (kept, a, b) => {
    const { KeyId, region } = kept.key(a);
    const input = {
      KeyId,
      GranteePrincipal: CALLER,
      Operations: ['DescribeKey'],
      ...(b % 2 ? { Name: `name-${b % 4}` } : {}),
    };
    const answer = await kept.call('CreateGrant', input, region);
    if (!answer) return;
    kept.tokens.push(String(answer['GrantToken']));
    kept.grants.push({ KeyId, GrantId: String(answer['GrantId']) });
  },
  revoke: (kept, a) => {
    const grant = kept.grants[a % Math.max(1, kept.grants.length)];
    return kept.call('RevokeGrant', { ...grant }, grant?.KeyId.split(':')[3]);
  },
  retire: (kept, a) => kept.call('RetireGrant', { GrantToken: kept.tokens[a % Math.max(1, kept.tokens.length)] }),
  rotation: onKey('EnableKeyRotation', () => ({ RotationPeriodInDays: 90 })),
  noRotation: onKey('DisableKeyRotation'),
  rotate: onKey('RotateKeyOnDemand'),
  disable: onKey('DisableKey'),
  enable: onKey('EnableKey'),
  doom: onKey('ScheduleKeyDeletion', (_, b) => ({ PendingWindowInDays: 7 + (b % 10) })),
  save: onKey('CancelKeyDeletion'),
  parameters: async (kept, a) => {
    const { KeyId, region } = kept.key(a);
    const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
    const answer = await kept.call('GetParametersForImport', { KeyId, ...wrapping }, region);
    if (answer) kept.imported = { ...(answer as unknown as Wrapping), KeyId };
  },
  import: async (kept, a, b) => {
    const { PublicKey, ImportToken, KeyId } = kept.imported ?? {};
    if (!PublicKey || !ImportToken || KeyId === undefined) return;
    const bytes = new Uint8Array(32).fill(b % 3);
    const EncryptedKeyMaterial = wrapBytes(PublicKey, 'RSAES_OAEP_SHA_256', bytes, seededRandom('wrap'));
    const expiry = b % 2 ? { ValidTo: new Date(kept.clock.now() + 20 * DAY) } : {};
    const ExpirationModel = b % 2 ? 'KEY_MATERIAL_EXPIRES' : 'KEY_MATERIAL_DOES_NOT_EXPIRE';
    const ImportType = a % 2 ? 'NEW_KEY_MATERIAL' : undefined;
    const input = {
      KeyId,
      ImportToken,
      EncryptedKeyMaterial,
      ExpirationModel,
      ...expiry,
      ...(ImportType ? { ImportType } : {}),
    };
    await kept.call('ImportKeyMaterial', input, KeyId.split(':')[3]);
  },
  importNew: async (kept) => steps['import']?.(kept, 1, 4),
  forget: onKey('DeleteImportedKeyMaterial'),
  cluster: async (kept) => {
    const input = {
      CustomKeyStoreName: 'hsm',
      CloudHsmClusterId: 'cluster-2abcdefghij',
      KeyStorePassword: 'example-password',
      TrustAnchorCertificate: 'certificate',
    };
    const answer = await kept.call('CreateCustomKeyStore', input);
    if (answer) kept.stores.push(String(answer['CustomKeyStoreId']));
  },
  proxy: async (kept) => {
    const input = {
      CustomKeyStoreName: 'xks',
      CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
      XksProxyUriEndpoint: 'https://xks.example.com',
      XksProxyUriPath: '/kms/xks/v1',
      XksProxyConnectivity: 'PUBLIC_ENDPOINT',
      XksProxyAuthenticationCredential: {
        AccessKeyId: 'KMSLENSEXAMPLEPROXYID',
        RawSecretAccessKey: 'EXAMPLE'.repeat(7),
      },
    };
    const answer = await kept.call('CreateCustomKeyStore', input);
    if (answer) kept.stores.push(String(answer['CustomKeyStoreId']));
  },
  ...Object.fromEntries(
    (['ConnectCustomKeyStore', 'DisconnectCustomKeyStore', 'DeleteCustomKeyStore'] as const).map((name) => [
      name,
      (kept: Kept, a: number) =>
        kept.call(name, { CustomKeyStoreId: kept.stores[a % Math.max(1, kept.stores.length)] }),
    ]),
  ),
  rename: (kept, a, b) =>
    kept.call('UpdateCustomKeyStore', {
      CustomKeyStoreId: kept.stores[a % Math.max(1, kept.stores.length)],
      NewCustomKeyStoreName: `name-${b % 2}`,
    }),
  encrypt: async (kept, a, b) => {
    const { KeyId, region } = kept.key(a);
    const text = `text ${b}`;
    const answer = await kept.call('Encrypt', { KeyId, Plaintext: Buffer.from(text) }, region);
    if (answer) kept.sealed.push({ blob: answer['CiphertextBlob'] as unknown as Uint8Array, text, region });
  },
  sign: onKey('Sign', () => ({ Message: Buffer.from('m'), SigningAlgorithm: 'ECDSA_SHA_256' })),
  moment: async (kept) => kept.clock.advance(6_000),
  hour: async (kept) => kept.clock.advance(DAY / 24),
  days: async (kept, a) => {
    kept.clock.advance(a * 5 * DAY);
    kept.service.settle();
    await kept.recorder.idle();
  },
};

const recorded = (records: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...records].filter(([, text]) => text !== ''));

async function compare(kept: Kept): Promise<void> {
  await makeSecrets(kept.world.keys);
  await kept.recorder.flush();
  const all = new Map(recordsOf(kept.world));
  // The tokens of grants that ended are forgotten when the state is read again.
  const stale = (id: string): boolean => id.startsWith('token ') && !all.has(id);
  expect(recorded(new Map([...kept.store.records].filter(([id]) => !stale(id))))).toEqual(recorded(all));
  const again = worldFrom(kept.store.records, GRANTS);
  expect(recorded(new Map(recordsOf(again)))).toEqual(recorded(all));
}

const walk = fc.array(fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.nat(11), fc.nat(19)), {
  minLength: 150,
  maxLength: 150,
});
/** What each walk starts with. */
const START = [
  'cluster',
  'proxy',
  'ConnectCustomKeyStore',
  'hour',
  'inCluster',
  'symmetric',
  'multiRegion',
  'external',
  'elliptic',
];

describe('whatever is called', () => {
  test('all that changed is recorded, and a world from the records is the same', {
    timeout: WALKS * 20_000,
  }, async () => {
    const done = new Set<string>();
    await fc.assert(
      fc.asyncProperty(walk, async (list) => {
        const kept = await Kept.make();
        for (const name of START) await steps[name]?.(kept, 0, 0);
        await steps['ConnectCustomKeyStore']?.(kept, 1, 0);
        await steps['hour']?.(kept, 0, 0);
        await steps['inProxy']?.(kept, 1, 0);
        for (const [name, a, b] of list) {
          await steps[name]?.(kept, a, b);
          await compare(kept);
        }
        for (const name of kept.done) done.add(name);
        // What was encrypted is decrypted by a service over the records as far as it is by this one.
        const later = serviceOver(worldFrom(kept.store.records, GRANTS), kept.clock);
        for (const { blob, text, region } of kept.sealed) {
          const read = async (service: KeyService): Promise<string> =>
            service.call('Decrypt', { CiphertextBlob: blob }, ana, { region }).then(
              ({ Plaintext }) => Buffer.from(Plaintext).toString(),
              (error: Error) => `${error.name} ${error.message}`,
            );
          const now = await read(kept.service);
          expect(await read(later)).toBe(now);
          if (!now.includes('Exception')) expect(now).toBe(text);
        }
      }),
      { numRuns: WALKS, endOnFailure: true },
    );
    // Nearly all operations that change something went through.
    expect(done.size).toBeGreaterThan(20);
  });

  test.each([
    ['a key store that is deleted', ['cluster', 'DeleteCustomKeyStore']],
    [
      'a replica that waits for the material of its primary',
      ['external', 'parameters', 'import', 'replicate', 'moment', 'importNew'],
    ],
    ['a primary that becomes a replica', ['multiRegion', 'replicate', 'moment', 'rotation', 'primary']],
    [
      'keys that a key store takes with it',
      ['cluster', 'ConnectCustomKeyStore', 'hour', 'inCluster', 'DisconnectCustomKeyStore'],
    ],
  ])('%s', async (_, names) => {
    const kept = await Kept.make();
    for (const name of names) {
      await steps[name]?.(kept, 0, 0);
      await compare(kept);
    }
    expect(kept.refused).toEqual([]);
  });
});
