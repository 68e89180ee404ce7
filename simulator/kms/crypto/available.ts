import * as crypto from 'node:crypto';
import { NotSimulatedError } from '../errors.ts';
import { latticePkcs8, latticeSpecs } from './encoding.ts';

/** What the running cryptography has, found out here alone. What it lacks and a library has comes from `library.ts`. */

/** What neither has. */
const MISSING: readonly (readonly [spec: RegExp, what: string])[] = [
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

/** That of editors has no secp256k1. @param curve as Node calls it */
export const nodeHasCurve = (curve: string): boolean => crypto.getCurves().includes(curve);

const known = new Map<string, boolean>();

/** Whether Node computes with keys of an ML-DSA or ML-KEM spec, as it does from 24.7 on. */
export function nodeHasLattice(spec: string): boolean {
  const found = known.get(spec) ?? readsLatticeKey(spec);
  known.set(spec, found);
  return found;
}

function readsLatticeKey(spec: string): boolean {
  const { seedBytes, nodeName } = latticeSpecs[spec] ?? {};
  if (seedBytes === undefined || !('decapsulate' in crypto)) return false;
  try {
    const key = latticePkcs8(spec, new Uint8Array(seedBytes));
    const type: string | undefined = crypto.createPrivateKey({ key, format: 'der', type: 'pkcs8' }).asymmetricKeyType;
    return type === nodeName;
  } catch {
    return false;
  }
}
