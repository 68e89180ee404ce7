import { NotSimulatedError } from '../errors.ts';

/** What this build has no cryptography for; the one place that says so. */
const MISSING: readonly (readonly [spec: RegExp, what: string])[] = [
  [/^ML_DSA_/, 'ML-DSA'],
  [/^ML_KEM_/, 'ML-KEM'],
  [/^SM2/, 'SM2'],
  [/^ED25519_PH_/, 'Ed25519ph'],
  [/^Recipient$/, 'answers to attested enclaves'],
];

/** @param name a key spec, an algorithm or `Recipient` */
export function isAvailable(name: string): boolean {
  return whatIsMissing(name) === undefined;
}

/** Throws where this build cannot do what `name` asks for. */
export function assertAvailable(name: string): void {
  if (!isAvailable(name)) unavailable(name);
}

export function unavailable(name: string): never {
  const what = whatIsMissing(name) ?? 'this';
  throw new NotSimulatedError(`${what} (\`${name}\`) is not available in this build of the simulator`);
}

const whatIsMissing = (name: string): string | undefined => MISSING.find(([pattern]) => pattern.test(name))?.[1];
