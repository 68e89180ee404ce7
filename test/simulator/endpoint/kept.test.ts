import { describe, expect, test } from 'vitest';
import { Endpoint } from '../../../simulator/endpoint/endpoint.ts';
import { Kept, type KeptOptions } from '../../../simulator/endpoint/kept.ts';
import { isSignedWith } from '../../../simulator/endpoint/signature.ts';
import { ManualClock } from '../../../simulator/kms/environment.ts';
import { MemoryFiles, openStore } from '../state/memory.ts';
import { HOST, read, requestFor, worldOf } from './world.ts';

const REGION = 'eu-central-1';
const DAY = 24 * 3_600_000;
const SCENARIO = {
  region: REGION,
  keys: {
    orders: { aliases: ['alias/orders'] },
    signing: { spec: 'RSA_2048', usage: 'SIGN_VERIFY', aliases: ['alias/signing'] },
    old: { rotation: { enabled: true, periodInDays: 90 }, aliases: ['alias/old'] },
    post: { spec: 'ML_DSA_44', usage: 'SIGN_VERIFY', aliases: ['alias/post'] },
  },
  grants: { app: { key: 'orders', GranteePrincipal: 'arn:aws:iam::111122223333:role/App', Operations: ['Decrypt'] } },
};

class Lab {
  readonly files: MemoryFiles;
  readonly real: ManualClock;
  readonly kept: Kept;
  readonly endpoint: Endpoint;
  readonly faults: unknown[] = [];

  private constructor(files: MemoryFiles, real: ManualClock, kept: Kept, endpoint: Endpoint) {
    this.files = files;
    this.real = real;
    this.kept = kept;
    this.endpoint = endpoint;
  }

  static async on(
    files: MemoryFiles,
    {
      scenario = SCENARIO as object,
      real = new ManualClock(Date.UTC(2026, 10, 1)),
      ...more
    }: Partial<Omit<KeptOptions, 'scenario'>> & { readonly scenario?: object; readonly real?: ManualClock } = {},
  ): Promise<Lab> {
    const world = await worldOf(scenario);
    const store = await openStore(files);
    const kept = await Kept.open({ world, store, realClock: real, scenario: 'test.kms-scenario.json', ...more });
    return new Lab(files, real, kept, new Endpoint({ world, living: kept, realClock: real, isSignedWith }));
  }

  async call(operation: string, input: object = {}) {
    return read(await this.endpoint.answer(requestFor({ operation, input, at: this.real.now() })));
  }

  async control(name: string, input: object = {}) {
    const body = Buffer.from(JSON.stringify(input));
    return read(
      await this.endpoint.answer({ method: 'POST', path: `/_kms-lens/${name}`, headers: { host: HOST }, body }),
    );
  }

  /** What a new process makes of the files as they are now. */
  again(more: Parameters<typeof Lab.on>[1] = {}): Promise<Lab> {
    return Lab.on(this.files.copy(), { real: this.real, ...more });
  }

  async seal(KeyId = 'alias/orders'): Promise<object> {
    const { value } = await this.call('Encrypt', { KeyId, Plaintext: 'dGV4dA==' });
    return { CiphertextBlob: value.CiphertextBlob };
  }
}

const text = { status: 200, value: { Plaintext: 'dGV4dA==' } };

describe('after a restart', () => {
  test('the keys of the scenario are the same', async () => {
    const lab = await Lab.on(new MemoryFiles());
    const sealed = await lab.seal();
    const keys = ['alias/signing', 'alias/post'];
    const publicKeys = async (one: Lab) =>
      Promise.all(keys.map(async (KeyId) => (await one.call('GetPublicKey', { KeyId })).value));
    const before = await publicKeys(lab);
    const later = await lab.again();
    expect(await later.call('Decrypt', sealed)).toMatchObject(text);
    expect(await publicKeys(later)).toEqual(before);
    expect(
      (
        await later.call('ListGrants', {
          KeyId: (await later.call('DescribeKey', { KeyId: 'alias/orders' })).value.KeyMetadata.KeyId,
        })
      ).value.Grants,
    ).toHaveLength(1);
    expect(later.endpoint.trail.map(({ eventName }) => eventName)).not.toContain('Encrypt');
    expect(later.kept.note).toBeUndefined();
  });

  test('a key that was made is there, and what became of one of the scenario', async () => {
    const lab = await Lab.on(new MemoryFiles());
    const { KeyId } = (await lab.call('CreateKey')).value.KeyMetadata;
    const { KeyMetadata } = (await lab.call('DescribeKey', { KeyId: 'alias/orders' })).value;
    await lab.call('ScheduleKeyDeletion', { KeyId: KeyMetadata.KeyId });
    const later = await lab.again();
    expect((await later.call('DescribeKey', { KeyId })).status).toBe(200);
    expect((await later.call('DescribeKey', { KeyId: 'alias/orders' })).value.KeyMetadata.KeyState).toBe(
      'PendingDeletion',
    );
    later.real.advance(31 * DAY);
    expect((await later.call('DescribeKey', { KeyId: 'alias/orders' })).type).toBe('NotFoundException');
  });

  test('the clock goes on from where it was moved to, whatever the real time does', async () => {
    const lab = await Lab.on(new MemoryFiles());
    await lab.control('clock', { advance: 'P100D' });
    const { now } = lab.endpoint;
    const later = await lab.again();
    expect(later.endpoint.now).toBe(now);
    const back = await lab.again({ real: new ManualClock(lab.real.now() - 5 * DAY) });
    expect(back.endpoint.now).toBe(now);
    // Nothing that time brought comes a second time.
    const { KeyId } = (await lab.call('DescribeKey', { KeyId: 'alias/old' })).value.KeyMetadata;
    for (const each of [lab, later])
      expect((await each.call('ListKeyRotations', { KeyId })).value.Rotations).toHaveLength(1);
  });

  test('two moves of the clock at once both count', async () => {
    const lab = await Lab.on(new MemoryFiles());
    await Promise.all([lab.control('clock', { advance: 'P1D' }), lab.control('clock', { advance: 'P2D' })]);
    expect((await lab.again()).endpoint.now).toBe(lab.real.now() + 3 * DAY);
  });

  test('a reset counts, and brings back the keys of the scenario with their material', async () => {
    const lab = await Lab.on(new MemoryFiles());
    const sealed = await lab.seal();
    const publicKey = await lab.call('GetPublicKey', { KeyId: 'alias/signing' });
    const { KeyId } = (await lab.call('CreateKey')).value.KeyMetadata;
    const signing = (await lab.call('DescribeKey', { KeyId: 'alias/signing' })).value.KeyMetadata;
    await lab.call('ScheduleKeyDeletion', { KeyId: signing.KeyId, PendingWindowInDays: 7 });
    await lab.control('clock', { advance: 'P8D' });
    const later = await lab.again();
    expect((await later.control('reset')).status).toBe(200);
    for (const each of [later, await later.again()]) {
      expect(await each.call('Decrypt', sealed)).toMatchObject(text);
      expect(await each.call('GetPublicKey', { KeyId: 'alias/signing' })).toEqual(publicKey);
      expect((await each.call('DescribeKey', { KeyId })).type).toBe('NotFoundException');
      expect(each.endpoint.now).toBe(lab.real.now());
    }
  });

  test('the last usage is there once it was written, which nobody waits for', async () => {
    const lab = await Lab.on(new MemoryFiles());
    const length = () => lab.files.bytes(lab.files.journal).length;
    const before = length();
    await lab.seal();
    expect(length()).toBe(before);
    await lab.kept.close();
    const { KeyId } = (await lab.call('DescribeKey', { KeyId: 'alias/orders' })).value.KeyMetadata;
    const { value } = await (await lab.again()).call('GetKeyLastUsage', { KeyId });
    expect(JSON.stringify(value)).toContain('Encrypt');
  });

  test('another scenario, and none, are told of', async () => {
    const lab = await Lab.on(new MemoryFiles());
    const other = await lab.again({ scenario: { ...SCENARIO, keys: { orders: { aliases: ['alias/other'] } } } });
    expect(other.kept.note).toMatch(/^`test.kms-scenario.json` declares other keys/);
    expect((await other.call('DescribeKey', { KeyId: 'alias/orders' })).status).toBe(200);
    await other.control('reset');
    expect(other.kept.note).toBeUndefined();
    expect((await other.call('DescribeKey', { KeyId: 'alias/other' })).status).toBe(200);
  });
});

describe('what only looks', () => {
  test.each([
    ['ListKeys', {}],
    ['DescribeKey', { KeyId: 'alias/orders' }],
    ['Sign', { KeyId: 'alias/signing', Message: 'dGV4dA==', SigningAlgorithm: 'RSASSA_PSS_SHA_256' }],
    ['GenerateDataKey', { KeyId: 'alias/orders', KeySpec: 'AES_256' }],
    ['ListAliases', {}],
  ])('%s writes nothing', async (operation, input) => {
    const lab = await Lab.on(new MemoryFiles());
    const before = lab.files.copy().contents;
    lab.files.fault = () => new Error('nothing may be written');
    expect((await lab.call(operation, input)).status).toBe(200);
    expect(lab.files.contents).toEqual(before);
  });
});

describe('a disk that is full', () => {
  test('refuses changes, which have not happened then, says so once, and goes on', async () => {
    const said: string[] = [];
    const lab = await Lab.on(new MemoryFiles(), {
      onProblem: (error) => void said.push(String(error)),
      onMended: () => void said.push('mended'),
    });
    const sealed = await lab.seal();
    const { KeyId } = (await lab.call('DescribeKey', { KeyId: 'alias/orders' })).value.KeyMetadata;
    const events = lab.endpoint.trail.length;
    lab.files.fault = (what) => (what === 'append' ? new Error('no space left') : undefined);
    for (let count = 0; count < 3; count++) {
      const refused = await lab.call('DisableKey', { KeyId });
      expect([refused.status, refused.type]).toEqual([500, 'KMSInternalException']);
      expect((await lab.call('DescribeKey', { KeyId })).value.KeyMetadata.KeyState).toBe('Enabled');
    }
    expect(await lab.call('Decrypt', sealed)).toMatchObject(text);
    expect((await lab.control('clock', { advance: 'P400D' })).status).toBe(500);
    expect((await lab.control('reset')).status).toBe(500);
    expect((await lab.call('CreateKey')).status).toBe(500);
    expect(said).toEqual(['Error: no space left']);
    // The events of before are still there.
    expect(lab.endpoint.trail.length).toBeGreaterThan(events);
    lab.files.fault = () => undefined;
    expect((await lab.call('DisableKey', { KeyId })).status).toBe(200);
    expect(said).toEqual(['Error: no space left', 'mended']);
    expect((await (await lab.again()).call('DescribeKey', { KeyId })).value.KeyMetadata.KeyState).toBe('Disabled');
  });

  test('nothing is encrypted under material that could not be written', async () => {
    const lab = await Lab.on(new MemoryFiles());
    await lab.seal('alias/old');
    lab.real.advance(91 * DAY);
    lab.files.fault = (what) => (what === 'append' ? new Error('no space left') : undefined);
    // The rotation that is due cannot be written, so that the call fails; nothing else depends on it.
    expect((await lab.call('Encrypt', { KeyId: 'alias/old', Plaintext: 'dGV4dA==' })).status).toBe(500);
    lab.files.fault = () => undefined;
    const sealed = await lab.seal('alias/old');
    expect(await (await lab.again()).call('Decrypt', sealed)).toMatchObject(text);
  });
});
