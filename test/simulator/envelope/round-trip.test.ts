import { describe, expect, it } from 'vitest';
import { deriveKeys } from '../../../simulator/envelope/key-derivation.ts';
import {
  type RoundTripAuthorization,
  type RoundTripAuthorize,
  type RoundTripOptions,
  runRoundTrip,
} from '../../../simulator/envelope/round-trip.ts';
import { findSuite } from '../../../simulator/envelope/suites.ts';
import { ManualClock, type RandomSource, seededRandom } from '../../../simulator/kms/environment.ts';
import { CALLER, KEY_ARN } from '../kms/keys.ts';
import { envelopeFailure } from './failure.ts';

const allowed: RoundTripAuthorization = { allowed: true, verdict: 'allowed', because: 'the key policy allows it' };
const denied: RoundTripAuthorization = {
  allowed: false,
  verdict: 'denied',
  because: 'no statement allows it',
  ending: 'because no resource-based policy allows it',
};
const PAYLOAD = 'a payload that nobody may see';

function optionsOf(change: Partial<RoundTripOptions> = {}, random = seededRandom('round trip')): RoundTripOptions {
  return {
    keyArn: KEY_ARN,
    principal: CALLER,
    encryptionContext: { tenant: 'acme' },
    payload: Buffer.from(PAYLOAD),
    environment: { clock: new ManualClock(), random },
    authorize: async () => allowed,
    ...change,
  };
}

function refusing(operation: string): RoundTripAuthorize {
  return async (asked) => (asked === operation ? denied : allowed);
}

/** Notes what is drawn: the copies stay, whatever happens to the bytes that were given out. */
function recording(seed: string) {
  const source = seededRandom(seed);
  const drawn: { readonly copy: Buffer; readonly given: Uint8Array }[] = [];
  const random: RandomSource = {
    bytes(length) {
      const given = source.bytes(length);
      drawn.push({ copy: Buffer.from(given), given });
      return given;
    },
  };
  return { random, drawn };
}

describe('an envelope round trip', () => {
  it('goes through eight steps and fails in three ways', async () => {
    const report = await runRoundTrip(optionsOf());
    expect(report.outcome).toBe('ok');
    expect(report.steps.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['generate-data-key', 'ok'],
      ['derive-keys', 'ok'],
      ['encrypt-locally', 'ok'],
      ['message', 'ok'],
      ['store', 'ok'],
      ['decrypt-data-key', 'ok'],
      ['decrypt-locally', 'ok'],
      ['compare', 'ok'],
    ]);
    expect(report.demonstrations.map(({ id, error }) => [id, error.name, error.message])).toEqual([
      ['wrong-encryption-context', 'InvalidCiphertextException', ''],
      ['flipped-tag', 'EnvelopeError', expect.stringContaining('frame 1 does not match its authentication tag')],
      [
        'decrypt-denied',
        'AccessDeniedException',
        `User: ${CALLER} is not authorized to perform: kms:Decrypt on resource: ${KEY_ARN} with an explicit deny in a resource-based policy`,
      ],
    ]);
    expect(report.demonstrationsNote).toBeUndefined();
  });

  it('tells sizes that add up, and the same fingerprint for the same bytes', async () => {
    const { steps, message, payload } = await runRoundTrip(optionsOf());
    const facts = new Map(
      steps.flatMap(({ id, facts }) => facts.map(({ label, value }) => [`${id}: ${label}`, value])),
    );
    expect(payload.bytes).toBe(PAYLOAD.length);
    expect(message?.bytes).toBe((message?.headerBytes ?? 0) + (message?.bodyBytes ?? 0));
    expect(message?.overheadBytes).toBe((message?.bytes ?? 0) - PAYLOAD.length);
    expect(message?.headerFields.reduce((sum, { length }) => sum + length, 0)).toBe(message?.headerBytes);
    expect(message?.firstFrameFields.reduce((sum, { length }) => sum + length, 0)).toBe(message?.bodyBytes);
    const printOf = (name: string) => /fingerprint ([0-9a-f]{16})/.exec(facts.get(name) ?? '')?.[1];
    const dataKey = printOf('generate-data-key: data key');
    expect(dataKey).toBeDefined();
    expect(facts.get('decrypt-data-key: data key')).toBe(`32 bytes, fingerprint ${dataKey}: the same as before`);
    expect(printOf('store: in its header')).toBe(printOf('generate-data-key: encrypted data key'));
    expect(printOf('store: stored')).toBe(message?.fingerprint);
    expect(printOf('compare: payload before')).toBe(payload.fingerprint);
    expect(printOf('compare: payload after')).toBe(payload.fingerprint);
    expect(printOf('derive-keys: encryption key')).not.toBe(dataKey);
  });

  it('takes any payload, in as many frames as it needs', async () => {
    for (const [bytes, frames] of [
      [0, 1],
      [16, 1],
      [17, 2],
      [50, 4],
    ] as const) {
      const { outcome, message, demonstrations } = await runRoundTrip(
        optionsOf({ payload: new Uint8Array(bytes), frameLength: 16 }),
      );
      expect([outcome, message?.frames]).toEqual(['ok', frames]);
      expect(demonstrations[1]?.stoppedAt).toContain(frames === 1 ? 'the only frame' : `frame 1 of ${frames}`);
    }
  });

  it('is the same twice for the same seed, and another for another', async () => {
    const report = await runRoundTrip(optionsOf());
    expect(await runRoundTrip(optionsOf())).toEqual(report);
    const other = await runRoundTrip(optionsOf({}, seededRandom('another')));
    expect(other.message?.fingerprint).not.toBe(report.message?.fingerprint);
    expect(other.payload).toEqual(report.payload);
  });

  it('is plain data', async () => {
    const report = await runRoundTrip(optionsOf());
    expect(structuredClone(report)).toEqual(report);
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ outcome: 'ok' });
  });

  it('asks for GenerateDataKey and Decrypt with the context, and for the wrong one', async () => {
    const asked: unknown[] = [];
    await runRoundTrip(
      optionsOf({
        async authorize(operation, encryptionContext) {
          asked.push([operation, encryptionContext]);
          return allowed;
        },
      }),
    );
    expect(asked).toEqual([
      ['GenerateDataKey', { tenant: 'acme' }],
      ['Decrypt', { tenant: 'acme' }],
      ['Decrypt', { tenant: 'acme-other' }],
      ['Decrypt', { tenant: 'acme' }],
    ]);
  });
});

describe('where the policies refuse', () => {
  it('GenerateDataKey, nothing is encrypted, and the failures are shown all the same', async () => {
    const report = await runRoundTrip(optionsOf({ authorize: refusing('GenerateDataKey') }));
    expect(report).toMatchObject({ outcome: 'stopped', message: undefined });
    expect(report.steps.map(({ outcome }) => outcome)).toEqual(['stopped', ...Array(7).fill('skipped')]);
    expect(report.steps[0]).toMatchObject({
      because: 'no statement allows it',
      error: {
        name: 'AccessDeniedException',
        message: `User: ${CALLER} is not authorized to perform: kms:GenerateDataKey on resource: ${KEY_ARN} because no resource-based policy allows it`,
      },
    });
    expect(report.demonstrations).toHaveLength(3);
    expect(report.demonstrationsNote).toContain('is not allowed `kms:GenerateDataKey`');
  });

  it('Decrypt, the message is there and stays closed', async () => {
    const report = await runRoundTrip(optionsOf({ authorize: refusing('Decrypt') }));
    expect(report.outcome).toBe('stopped');
    expect(report.message?.bytes).toBeGreaterThan(PAYLOAD.length);
    const outcomes = [...Array(5).fill('ok'), 'stopped', 'skipped', 'skipped'];
    expect(report.steps.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(report.demonstrations[2]).toMatchObject({
      whatChanged: `Nothing: the policies do not allow \`${CALLER}\` to call \`kms:Decrypt\`.`,
      why: expect.stringContaining('no statement allows it'),
    });
    expect(report.demonstrationsNote).toContain('is not allowed `kms:Decrypt`');
  });

  it('the wrong context alone, the demonstration says that they come first', async () => {
    const report = await runRoundTrip(
      optionsOf({ authorize: async (_, context) => (context['tenant'] === 'acme' ? allowed : denied) }),
    );
    expect(report.outcome).toBe('ok');
    expect(report.demonstrations[0]?.error.name).toBe('InvalidCiphertextException');
    expect(report.demonstrations[0]?.why).toContain(
      'even earlier, with AccessDeniedException: no statement allows it.',
    );
  });
});

describe('the wrong encryption context', () => {
  it.each([
    [{}, '`purpose` = `other`'],
    [{ a: '1', b: '2' }, '`b` = `2-other` in the encryption context instead of `2`'],
    [Object.fromEntries([['__proto__', 'x']]), '`__proto__` = `x-other`'],
  ])('for %j', async (encryptionContext, change) => {
    const report = await runRoundTrip(optionsOf({ encryptionContext }));
    expect(report.outcome).toBe('ok');
    expect(report.demonstrations[0]?.whatChanged).toContain(change);
    expect(report.demonstrations[0]?.error.name).toBe('InvalidCiphertextException');
  });
});

describe('what no message can hold', () => {
  it.each<[string, Partial<RoundTripOptions>, string]>([
    ['a reserved key', { encryptionContext: { 'aws-crypto-x': '' } }, 'encryption-context'],
    ['half a surrogate pair', { encryptionContext: { a: '\udc00' } }, 'encryption-context'],
    ['70,000 bytes of context', { encryptionContext: { a: 'x'.repeat(70_000) } }, 'limit'],
    ['frames of no length', { frameLength: 0 }, 'limit'],
  ])('%s is refused', async (_, change, code) => {
    expect(await envelopeFailure(() => runRoundTrip(optionsOf(change)))).toMatchObject({ code });
  });
});

describe('secrets', () => {
  it.each(['', 'GenerateDataKey', 'Decrypt'])(
    'are not in the report, and are overwritten: refused %j',
    async (refused) => {
      const { random, drawn } = recording('secrets');
      const report = await runRoundTrip(optionsOf({ authorize: refusing(refused) }, random));
      const [material, dataKey, , messageId] = drawn.map(({ copy }) => copy);
      const suite = findSuite(0x0478);
      if (!material || !dataKey || !messageId || !suite) throw new Error('fewer random bytes than expected');
      const encryptionKey = deriveKeys(suite, dataKey, messageId).encryptionKey.export();
      const text = JSON.stringify(report);
      for (const secret of [material, dataKey, encryptionKey, Buffer.from(PAYLOAD)]) {
        const start = secret.subarray(0, 12);
        expect(start).toHaveLength(12);
        for (const form of [start.toString('hex'), start.toString('base64'), start.toString('latin1')])
          expect(text).not.toContain(JSON.stringify(form).slice(1, -1));
        expect(text).not.toContain(JSON.stringify([...start]).slice(1, -1));
      }
      // The key material and the data key are the first two things drawn.
      expect(drawn.slice(0, 2).map(({ given }) => given.every((byte) => byte === 0))).toEqual([true, true]);
      expect(material.every((byte) => byte === 0)).toBe(false);
    },
  );

  it('are drawn in the order that the test above takes for granted', async () => {
    const { random, drawn } = recording('secrets');
    const report = await runRoundTrip(optionsOf({}, random));
    const id = report.message?.headerFields.find(({ name }) => name === 'message id')?.hex;
    expect(drawn.map(({ copy }) => copy.length)).toEqual([32, 32, 12, 32]);
    expect(drawn[3]?.copy.toString('hex')).toBe(id);
  });
});
