import { getCurves } from 'node:crypto';
import { NotSimulatedError } from '../errors.ts';

/** What the running cryptography does not have; the one place that says so. That of editors has no secp256k1. */
const MISSING: readonly (readonly [spec: RegExp, what: string])[] = [
  ...(getCurves().includes('secp256k1') ? [] : ([[/^ECC_SECG_P256K1$/, 'secp256k1']] as const)),
  [/^ML_DSA_/, 'ML-DSA'],
  [/^ML_KEM_/, 'ML-KEM'],
  [/^SM2/, 'SM2'],
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
