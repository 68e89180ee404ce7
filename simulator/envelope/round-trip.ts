import { newSymmetricKey } from '../kms/new-key.ts';
import { encrypt } from './encrypt.ts';
import { fingerprint } from './fingerprint.ts';
import { runDemonstrations } from './round-trip/demonstrations.ts';
import type { RoundTripReport } from './round-trip/report.ts';
import {
  allowEverything,
  keyringFor,
  type RoundTripOperation,
  type RoundTripOptions,
  type Run,
} from './round-trip/run.ts';
import { runSteps, type Steps } from './round-trip/steps.ts';

export type { RoundTripReport } from './round-trip/report.ts';
export type { RoundTripAuthorization, RoundTripAuthorize, RoundTripOptions } from './round-trip/run.ts';

/**
 * Encrypts and decrypts the payload under a new simulated key and tells what happened, then shows three ways in which it
 * fails. Every KMS call of the principal is put to `authorize`; a refusal ends the round trip, and the demonstrations
 * then run with a caller that is allowed. The same clock times and random bytes give the same report.
 *
 * Rejects with an EnvelopeError where the encryption context or the frame length does not fit into a message, and with a
 * RangeError for what is no ARN of a key or nobody who calls.
 */
export async function runRoundTrip(options: RoundTripOptions): Promise<RoundTripReport> {
  const { keyArn, principal, encryptionContext, payload } = options;
  const run: Run = { options, key: newSymmetricKey(keyArn, options.environment) };
  const steps = await runSteps(run);
  const message = steps.message ?? (await encryptAnyway(run));
  const demonstrations = await runDemonstrations(run, message, steps.answers.get('Decrypt'));
  return {
    keyArn,
    principal,
    encryptionContext: { ...encryptionContext },
    payload: { bytes: payload.length, fingerprint: fingerprint(payload) },
    outcome: steps.steps.every((step) => step.outcome === 'ok') ? 'ok' : 'stopped',
    steps: steps.steps,
    message: steps.summary,
    demonstrations,
    demonstrationsNote: note(principal, steps),
  };
}

async function encryptAnyway(run: Run): Promise<Uint8Array> {
  const { payload, encryptionContext, environment, frameLength } = run.options;
  return encrypt({
    plaintext: payload,
    encryptionContext,
    keyring: keyringFor(run, allowEverything),
    random: environment.random,
    ...(frameLength === undefined ? {} : { frameLength }),
  });
}

function note(principal: string, { answers }: Steps): string | undefined {
  const operations: readonly RoundTripOperation[] = ['GenerateDataKey', 'Decrypt'];
  const refused = operations.find((operation) => answers.get(operation)?.allowed === false);
  if (refused === undefined) return undefined;
  return `\`${principal}\` is not allowed \`kms:${refused}\`, so the first two of these run as if it were`;
}
