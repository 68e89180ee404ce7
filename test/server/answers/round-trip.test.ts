import { describe, expect, it } from 'vitest';
import { describeRoundTrip, summarizeRoundTrip } from '../../../server/answers/round-trip.ts';
import {
  changes,
  demonstrate,
  type RoundTripAuthorize,
  type RoundTripOptions,
  runRoundTrip,
} from '../../../simulator/envelope/round-trip.ts';
import { ManualClock, seededRandom } from '../../../simulator/kms/environment.ts';
import { newSymmetricKey } from '../../../simulator/kms/new-key.ts';
import { callerOf } from '../../simulator/kms/keys.ts';

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const principal = 'arn:aws:iam::111122223333:role/OrdersApi';

function optionsOf(refused = '', encryptionContext: Record<string, string> = { tenant: 'acme' }): RoundTripOptions {
  const authorize: RoundTripAuthorize = async (operation, _, { name }) =>
    operation === refused || name !== principal
      ? { allowed: false, verdict: 'denied', because: 'no statement of the key policy allows the caller' }
      : { allowed: true, verdict: 'allowed', because: '“Use” in the key policy names the caller directly' };
  const environment = { clock: new ManualClock(), random: seededRandom('report') };
  const payload = Buffer.from('a payload that nobody may see');
  return {
    key: async () => newSymmetricKey(keyArn, environment),
    encrypts: { name: principal, arn: principal, caller: callerOf(principal) },
    encryptionContext,
    payload: { length: payload.length, pieces: [payload] },
    environment,
    authorize,
  };
}

const reportOf = (...about: Parameters<typeof optionsOf>) => runRoundTrip(optionsOf(...about));

async function textOf(...about: Parameters<typeof optionsOf>): Promise<string> {
  const options = optionsOf(...about);
  const report = await runRoundTrip(options);
  return describeRoundTrip(report, await demonstrate(options, report)).text;
}

describe('the report of a round trip', () => {
  it('shows every step with sizes and fingerprints, then where and why the changed ones stop', async () => {
    const result = await reportOf();
    const text = await textOf();
    const lines = text.split('\n');
    result.steps.forEach(({ title }, index) => {
      expect(lines).toContain(`✓ ${index + 1}. ${title}`);
    });
    for (const { title } of changes) expect(lines).toContain(`✗ ${title}`);
    for (const { name } of result.message?.headerFields ?? []) expect(text).toContain(`  ${name}`);
    expect(text).toContain('  context  tenant = acme\n');
    expect(text).toMatch(/data key {12}32 bytes, fingerprint [0-9a-f]{16}/);
    for (const label of ['changed', 'stops at', 'with', 'because', 'lesson'])
      expect(text.split(`\n     ${label} `)).toHaveLength(changes.length + 1);
    expect(text).toContain('InvalidCiphertextException, without a message');
    expect(text).toMatch(/AccessDeniedException: User:\s/);
    expect(text).not.toContain('EnvelopeError');
  });

  it.each(['', 'GenerateDataKey', 'Decrypt'])('is narrow plain text: refused %j', async (refused) => {
    const text = await textOf(refused, { tenant: 'acme', purpose: 'a word '.repeat(40) });
    for (const line of text.split('\n')) {
      expect(line.length, line).toBeLessThanOrEqual(100);
      expect(line, line).toBe(line.trimEnd());
    }
    expect(text).not.toMatch(/`|\*\*|undefined|\[object|\n\n\n/);
  });

  it('says once where it stopped, and of what follows that it was not reached', async () => {
    const { text } = describeRoundTrip(await reportOf('Decrypt'));
    expect(text).toMatch(/^Envelope round trip: stopped at step 6\n/);
    expect(text).toContain(
      '✗ 6. Ask KMS to decrypt the data key\n     no statement of the key policy allows the caller\n',
    );
    expect(text).toContain('– 7. Check the header (not reached)\n– 8. Decrypt the payload locally (not reached)\n– 9.');
    expect(text).toContain('what to do ');
    expect(text).toContain('The message, field by field');
    expect(describeRoundTrip(await reportOf('GenerateDataKey')).text).not.toContain('The message, field by field');
  });

  it('keeps its lines whatever is in the encryption context', async () => {
    const plain = await textOf('', { tenant: 'acme' });
    const odd = await textOf('', { tenant: 'a\nb\u2028c' });
    expect(odd).toContain('tenant = a\\u000ab\\u2028c');
    expect(odd.split(/[\n\u2028]/)).toHaveLength(plain.split('\n').length);
  });

  it('is the same twice', async () => {
    expect(await textOf()).toBe(await textOf());
  });

  it('of a round trip with something changed says first what that was', async () => {
    const report = await runRoundTrip({ ...optionsOf(), change: 'flipped-header' });
    const { text } = describeRoundTrip(report);
    expect(text).toMatch(
      /What was changed on purpose\n[\s\S]*✗ A flipped bit in the header\n {5}changed {3}One bit at byte/,
    );
    expect(text.indexOf('What was changed')).toBeLessThan(text.indexOf('Step by step'));
    expect(text).not.toContain('The same with one thing changed');
    const direct = describeRoundTrip(await runRoundTrip({ ...optionsOf(), change: 'too-long-for-encrypt' })).text;
    expect(direct).toContain('✗ 1. Send the payload to KMS');
    const open = describeRoundTrip(await runRoundTrip({ ...optionsOf(), asIfAllowed: true })).text;
    expect(open).toContain('as if policies allowed everything');
  });
});

it('the summary of a round trip fits behind a line', async () => {
  const result = await reportOf();
  expect(summarizeRoundTrip(result)).toBe(`round trip ok: 29 bytes, as a message ${result.message?.bytes}, and back`);
  expect(summarizeRoundTrip(await reportOf('Decrypt'))).toBe('round trip stopped at Ask KMS to decrypt the data key');
});
