import { describe, expect, it } from 'vitest';
import { describeRoundTrip, summarizeRoundTrip } from '../../../server/answers/round-trip.ts';
import { type RoundTripAuthorize, runRoundTrip } from '../../../simulator/envelope/round-trip.ts';
import { ManualClock, seededRandom } from '../../../simulator/kms/environment.ts';

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const principal = 'arn:aws:iam::111122223333:role/OrdersApi';

function reportOf(refused = '', encryptionContext: Record<string, string> = { tenant: 'acme' }) {
  const authorize: RoundTripAuthorize = async (operation) =>
    operation === refused
      ? { allowed: false, verdict: 'denied', because: 'no statement of the key policy allows the caller' }
      : { allowed: true, verdict: 'allowed', because: '“Use” in the key policy names the caller directly' };
  return runRoundTrip({
    keyArn,
    principal,
    encryptionContext,
    payload: Buffer.from('a payload that nobody may see'),
    environment: { clock: new ManualClock(), random: seededRandom('report') },
    authorize,
  });
}

describe('the report of a round trip', () => {
  it('shows every step with sizes and fingerprints, then where and why the changed ones stop', async () => {
    const result = await reportOf();
    const { text } = describeRoundTrip(result);
    const lines = text.split('\n');
    result.steps.forEach(({ title }, index) => {
      expect(lines).toContain(`✓ ${index + 1}. ${title}`);
    });
    for (const { title } of result.demonstrations) expect(lines).toContain(`✗ ${title}`);
    for (const { name } of result.message?.headerFields ?? []) expect(text).toContain(`  ${name}`);
    expect(text).toContain('  context  tenant = acme\n');
    expect(text).toMatch(/data key {12}32 bytes, fingerprint [0-9a-f]{16}/);
    for (const label of ['changed', 'stops at', 'with', 'because', 'lesson'])
      expect(text.split(`\n     ${label} `)).toHaveLength(4);
    expect(text).toContain('InvalidCiphertextException, without a message');
    expect(text).toMatch(/AccessDeniedException: User:\s/);
    expect(text).not.toContain('EnvelopeError');
  });

  it.each(['', 'GenerateDataKey', 'Decrypt'])('is narrow plain text: refused %j', async (refused) => {
    const { text } = describeRoundTrip(await reportOf(refused, { tenant: 'acme', purpose: 'a word '.repeat(40) }));
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
    expect(text).toContain('– 7. Decrypt the payload locally (not reached)\n– 8.');
    expect(text).toContain('what to do ');
    expect(text).toContain('The message, field by field');
    expect(describeRoundTrip(await reportOf('GenerateDataKey')).text).not.toContain('The message, field by field');
  });

  it('keeps its lines whatever is in the encryption context', async () => {
    const plain = describeRoundTrip(await reportOf('', { tenant: 'acme' })).text;
    const odd = describeRoundTrip(await reportOf('', { tenant: 'a\nb\u2028c' })).text;
    expect(odd).toContain('tenant = a\\u000ab\\u2028c');
    expect(odd.split(/[\n\u2028]/)).toHaveLength(plain.split('\n').length);
  });

  it('is the same twice', async () => {
    expect(describeRoundTrip(await reportOf())).toEqual(describeRoundTrip(await reportOf()));
  });
});

it('the summary of a round trip fits behind a line', async () => {
  const result = await reportOf();
  expect(summarizeRoundTrip(result)).toBe(`round trip ok: 29 bytes, as a message ${result.message?.bytes}, and back`);
  expect(summarizeRoundTrip(await reportOf('Decrypt'))).toBe('round trip stopped at Ask KMS to decrypt the data key');
});
