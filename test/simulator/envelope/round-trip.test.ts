import { describe, expect, it } from 'vitest';
import { deriveKeys } from '../../../simulator/envelope/key-derivation.ts';
import {
  type ChangeId,
  demonstrate,
  possibleChanges,
  type RoundTripAuthorization,
  type RoundTripAuthorize,
  type RoundTripOptions,
  runRoundTrip,
} from '../../../simulator/envelope/round-trip.ts';
import { findSuite } from '../../../simulator/envelope/suites.ts';
import { ManualClock, type RandomSource, seededRandom } from '../../../simulator/kms/environment.ts';
import { newSymmetricKey } from '../../../simulator/kms/new-key.ts';
import { CALLER, callerOf, KEY_ARN } from '../kms/keys.ts';
import { envelopeFailure } from './failure.ts';

const allowed: RoundTripAuthorization = { allowed: true, verdict: 'allowed', because: 'the key policy allows it' };
const denied: RoundTripAuthorization = {
  allowed: false,
  verdict: 'denied',
  because: 'no statement allows it',
  ending: 'because no resource-based policy allows it',
};
const PAYLOAD = 'a payload that nobody may see';

const payloadOf = (bytes: Uint8Array) => ({ length: bytes.length, pieces: [bytes] });

function optionsOf(change: Partial<RoundTripOptions> = {}, random = seededRandom('round trip')): RoundTripOptions {
  const environment = { clock: new ManualClock(), random };
  return {
    key: async () => newSymmetricKey(KEY_ARN, environment),
    encrypts: { name: CALLER, arn: CALLER, caller: callerOf(CALLER) },
    encryptionContext: { tenant: 'acme' },
    payload: payloadOf(Buffer.from(PAYLOAD)),
    environment,
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
  it('goes through nine steps', async () => {
    const report = await runRoundTrip(optionsOf());
    expect(report.outcome).toBe('ok');
    expect(report.steps.map(({ id, place, outcome }) => [id, place, outcome])).toEqual([
      ['generate-data-key', 'kms', 'ok'],
      ['derive-keys', 'program', 'ok'],
      ['encrypt-locally', 'program', 'ok'],
      ['message', 'program', 'ok'],
      ['store', 'storage', 'ok'],
      ['decrypt-data-key', 'kms', 'ok'],
      ['check-header', 'program', 'ok'],
      ['decrypt-locally', 'program', 'ok'],
      ['compare', 'program', 'ok'],
    ]);
    expect(report.change).toBeUndefined();
    for (const { headline } of report.steps) expect(headline).not.toBe('');
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
    expect(message?.start).toHaveLength(2 * Math.min(message?.bytes ?? 0, (message?.headerBytes ?? 0) + 256));
  });

  it('takes any payload, in as many frames as it needs', async () => {
    for (const [bytes, frames] of [
      [0, 1],
      [16, 1],
      [17, 2],
      [50, 4],
    ] as const) {
      const options = optionsOf({ payload: payloadOf(new Uint8Array(bytes)), frameLength: 16 });
      const { outcome, message } = await runRoundTrip(options);
      expect([outcome, message?.frames]).toEqual(['ok', frames]);
      const { change } = await runRoundTrip({ ...options, change: 'flipped-tag' });
      expect(change?.stoppedAt).toContain(frames === 1 ? 'the only frame' : `frame 1 of ${frames}`);
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
    const askedBy = async (change?: ChangeId): Promise<unknown[]> => {
      const asked: unknown[] = [];
      const authorize: RoundTripAuthorize = async (operation, encryptionContext, { name }) => {
        asked.push([operation, encryptionContext, name]);
        return allowed;
      };
      await runRoundTrip(optionsOf({ authorize, change }));
      return asked;
    };
    const generated = ['GenerateDataKey', { tenant: 'acme' }, CALLER];
    expect(await askedBy()).toEqual([generated, ['Decrypt', { tenant: 'acme' }, CALLER]]);
    expect(await askedBy('wrong-encryption-context')).toEqual([
      generated,
      ['Decrypt', { tenant: 'acme-other' }, CALLER],
    ]);
    expect(await askedBy('attacker-without-key')).toEqual([generated, ['Decrypt', { tenant: 'acme' }, ATTACKER]]);
    expect(await askedBy('too-long-for-encrypt')).toEqual([]);
  });

  it('decrypts while it encrypts, so that no payload takes memory', async () => {
    let taken = 0;
    let takenWhenAskedBack = 0;
    const pieces = {
      *[Symbol.iterator]() {
        for (; taken < 64; taken++) yield new Uint8Array(64 * 1024);
      },
    };
    const authorize: RoundTripAuthorize = async (operation) => {
      if (operation === 'Decrypt') takenWhenAskedBack = taken;
      return allowed;
    };
    const options = optionsOf({ payload: { length: 4 * 1024 * 1024, pieces }, authorize });
    const { outcome, message } = await runRoundTrip(options);
    expect([outcome, message?.frames, taken]).toEqual(['ok', 1024, 64]);
    expect(takenWhenAskedBack).toBeLessThan(2);
  });
});

const ATTACKER = 'arn:aws:iam::999999999999:user/attacker';
/** What policies would say that know the caller alone. */
const onlyCaller: RoundTripAuthorize = async (_operation, _context, { name }) => (name === CALLER ? allowed : denied);

describe('with one thing changed it stops', () => {
  const changed = (change: ChangeId, options: Partial<RoundTripOptions> = {}) =>
    runRoundTrip(optionsOf({ authorize: onlyCaller, change, ...options }));

  it.each<[ChangeId, string, string, string, string]>([
    ['wrong-encryption-context', 'decrypt-data-key', 'InvalidCiphertextException', '', 'KMS, in Decrypt'],
    ['flipped-ciphertext', 'decrypt-locally', 'EnvelopeError', 'frame 1', 'the program, at the only frame'],
    ['flipped-tag', 'decrypt-locally', 'EnvelopeError', 'frame 1', 'the program, at the only frame'],
    ['flipped-header', 'check-header', 'EnvelopeError', 'header', 'the program, at the header'],
    ['flipped-encrypted-data-key', 'decrypt-data-key', 'InvalidCiphertextException', '', 'KMS, in Decrypt'],
    [
      'key-disabled',
      'decrypt-data-key',
      'DisabledException',
      'is disabled',
      'KMS, in Decrypt, at the state of the key',
    ],
    [
      'decrypt-denied',
      'decrypt-data-key',
      'AccessDeniedException',
      'with an explicit deny in a resource-based policy',
      'KMS, in the authorization of Decrypt',
    ],
    ['too-long-for-encrypt', 'encrypt-directly', 'ValidationException', '4096', 'KMS, in Encrypt'],
    [
      'attacker-without-key',
      'decrypt-data-key',
      'AccessDeniedException',
      `User: ${ATTACKER}`,
      'KMS, in the authorization of Decrypt',
    ],
  ])('%s: in %s with %s', async (id, step, error, message, place) => {
    const { outcome, steps, change } = await changed(id);
    const stopped = steps.findIndex((each) => each.outcome === 'stopped');
    expect(outcome).toBe('stopped');
    expect(steps[stopped]?.id).toBe(step);
    expect(steps.slice(0, stopped).every((each) => each.outcome === 'ok')).toBe(true);
    expect(steps.slice(stopped + 1).every((each) => each.outcome === 'skipped')).toBe(true);
    expect(change).toMatchObject({ id, error: { name: error, message: expect.stringContaining(message) } });
    expect(steps[stopped]?.error).toEqual(change?.error);
    expect(change?.stoppedAt).toContain(place);
    expect(change?.why).not.toContain('It stops before that');
  });

  it('all of them, one after the other', async () => {
    const options = optionsOf({ authorize: onlyCaller });
    const { changes, note } = await demonstrate(options, await runRoundTrip(options));
    expect(changes.map(({ id }) => id)).toEqual(possibleChanges(PAYLOAD.length));
    expect(changes.every(({ error }) => error !== undefined)).toBe(true);
    expect(note).toBeUndefined();
    expect(changes).toHaveLength(9);
  });

  it('an empty payload has no ciphertext to flip a bit of', async () => {
    const options = optionsOf({ payload: payloadOf(new Uint8Array(0)) });
    const { changes } = await demonstrate(options, await runRoundTrip(options));
    expect(changes.map(({ id }) => id)).not.toContain('flipped-ciphertext');
    expect(changes).toHaveLength(8);
    await expect(runRoundTrip({ ...options, change: 'flipped-ciphertext' })).rejects.toThrow('an empty payload');
  });

  it('says which bit was flipped, and stores the message as it was written otherwise', async () => {
    const { message, steps } = await changed('flipped-header');
    const field = message?.headerFields.find(({ name }) => name === 'frame length');
    expect(message?.tampered).toEqual({ what: 'frame length', offset: (field?.offset ?? 0) + 3 });
    expect(message?.start.slice(2 * (field?.offset ?? 0), 2 * (field?.offset ?? 0) + 8)).toBe('00001000');
    expect(steps.find(({ id }) => id === 'store')?.facts.map(({ label }) => label)).toContain('changed there');
  });

  it('the attacker guesses, and the key commitment tells that it is wrong', async () => {
    const { steps } = await changed('attacker-without-key');
    const { facts = [] } = steps.find(({ id }) => id === 'decrypt-data-key') ?? {};
    expect(facts.find(({ label }) => label === 'guessed a data key')?.value).toContain('commit');
    expect(facts.find(({ label }) => label === 'called by')?.value).toBe(ATTACKER);
  });

  it('nothing stops an attacker whom the policies let in', async () => {
    const { outcome, change } = await changed('attacker-without-key', { authorize: async () => allowed });
    expect(outcome).toBe('ok');
    expect(change).toMatchObject({ error: undefined, stoppedAt: undefined });
    expect(change?.why).toBe('Nothing stops them: the key policy allows it.');
  });
});

describe('where the policies refuse', () => {
  it('GenerateDataKey, nothing is encrypted, and the failures are shown all the same', async () => {
    const options = optionsOf({ authorize: refusing('GenerateDataKey') });
    const report = await runRoundTrip(options);
    expect(report).toMatchObject({ outcome: 'stopped', message: undefined, payload: { bytes: PAYLOAD.length } });
    expect(report.steps.map(({ outcome }) => outcome)).toEqual(['stopped', ...Array(8).fill('skipped')]);
    expect(report.steps[0]).toMatchObject({
      because: 'no statement allows it',
      error: {
        name: 'AccessDeniedException',
        message: `User: ${CALLER} is not authorized to perform: kms:GenerateDataKey on resource: ${KEY_ARN} because no resource-based policy allows it`,
      },
    });
    const { changes, note } = await demonstrate(options, report);
    expect(note).toContain('is not allowed `kms:GenerateDataKey`');
    expect(changes.find(({ id }) => id === 'flipped-tag')?.stoppedAt).toContain('the program');
  });

  it('Decrypt, the message is there and stays closed', async () => {
    const options = optionsOf({ authorize: refusing('Decrypt') });
    const report = await runRoundTrip(options);
    expect(report.outcome).toBe('stopped');
    expect(report.message?.bytes).toBeGreaterThan(PAYLOAD.length);
    const outcomes = [...Array(5).fill('ok'), 'stopped', 'skipped', 'skipped', 'skipped'];
    expect(report.steps.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect((await demonstrate(options, report)).note).toContain('is not allowed `kms:Decrypt`');
  });

  it('says that something else came before the change', async () => {
    const refusesOther: RoundTripAuthorize = async (_, context) => (context['tenant'] === 'acme' ? allowed : denied);
    const { change } = await runRoundTrip(optionsOf({ authorize: refusesOther, change: 'wrong-encryption-context' }));
    expect(change?.error?.name).toBe('AccessDeniedException');
    expect(change?.why).toBe(
      'It stops before that, with AccessDeniedException: no statement allows it. Were it not for that, it would stop at Decrypt with InvalidCiphertextException.',
    );
    const refused = await runRoundTrip(optionsOf({ authorize: refusing('GenerateDataKey'), change: 'flipped-tag' }));
    expect(refused.change?.why).toContain('it would stop at the frame.');
  });

  it('goes on as if they allowed it, where that is wanted', async () => {
    const options = optionsOf({ authorize: async () => denied, asIfAllowed: true });
    expect((await runRoundTrip(options)).outcome).toBe('ok');
    expect((await runRoundTrip({ ...options, change: 'attacker-without-key' })).outcome).toBe('stopped');
  });

  it('pairs that must be there are looked for before KMS is asked', async () => {
    const { steps } = await runRoundTrip(optionsOf({ required: { tenant: 'other' } }));
    expect(steps.map(({ id, outcome }) => `${id} ${outcome}`).slice(5)).toEqual([
      'check-header stopped',
      'decrypt-data-key skipped',
      'decrypt-locally skipped',
      'compare skipped',
    ]);
  });
});

describe('the wrong encryption context', () => {
  it.each([
    [{}, '`purpose` = `other`'],
    [{ a: '1', b: '2' }, '`b` = `2-other` in the encryption context instead of `2`'],
    [Object.fromEntries([['__proto__', 'x']]), '`__proto__` = `x-other`'],
  ])('for %j', async (encryptionContext, change) => {
    const report = await runRoundTrip(optionsOf({ encryptionContext, change: 'wrong-encryption-context' }));
    expect(report.change?.whatChanged).toContain(change);
    expect(report.change?.error?.name).toBe('InvalidCiphertextException');
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
  it.each([undefined, ...possibleChanges(1).filter((id) => id !== 'too-long-for-encrypt')])(
    'are not in the report, and are overwritten: changed %j',
    async (change) => {
      const { random, drawn } = recording('secrets');
      const report = await runRoundTrip(optionsOf({ change }, random));
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
