import { type AlgorithmFact, findKeySpec } from '../facts/key-specs.ts';
import { assertAvailable } from './crypto/available.ts';
import type { SecretKey } from './crypto/bare-key.ts';
import { invalidState, KmsError } from './errors.ts';
import type { KmsKey } from './key.ts';

/** The algorithm of a request, where the key can do it; throws what KMS answers where it cannot. */
export function algorithmFor({ identity }: KmsKey, algorithm: string): AlgorithmFact {
  const { spec, usage } = identity;
  const use = findKeySpec(spec)?.uses.find((each) => each.usage === usage);
  const found = use?.algorithms.find(({ name }) => name === algorithm);
  if (!found) {
    const choices = use?.algorithms.map(({ name }) => `\`${name}\``).join(', ');
    throw new KmsError(
      'InvalidKeyUsageException',
      `Algorithm ${algorithm} is incompatible with key spec ${spec}.`,
      `name an algorithm of the key: ${choices ?? 'it has none'}`,
    );
  }
  assertAvailable(spec);
  assertAvailable(algorithm);
  return found;
}

export interface UsableMaterial {
  readonly id: string;
  readonly secret: SecretKey;
}

/** What the key encrypts, signs or computes with now. */
export async function secretOf({ materials, arn }: KmsKey): Promise<UsableMaterial> {
  const { current } = materials;
  // A usable key has material; only a key that was declared otherwise could come here.
  if (!current?.secret) throw invalidState(`${arn} is pending import.`, 'call ImportKeyMaterial');
  return { id: current.id, secret: await current.secret() };
}
