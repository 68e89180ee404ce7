import type { SecretKey } from '../../../../simulator/kms/crypto/bare-key.ts';
import type { RandomSource } from '../../../../simulator/kms/environment.ts';
import type { Lab } from '../lab.ts';

export const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** A source that gives these bytes, one after the other, and no more. */
export function giving(...parts: readonly Uint8Array[]): RandomSource {
  const rest = [...parts];
  return {
    bytes(length) {
      const next = rest.shift();
      if (next?.length !== length) throw new Error(`asked for ${length} bytes, not ${next?.length ?? 'any'}`);
      return next;
    },
  };
}

/** A key of the lab with material from a published example; its ARN. */
export async function keyWith(lab: Lab, KeySpec: string, KeyUsage: string, secret: SecretKey): Promise<string> {
  const key = await lab.key({ KeySpec, KeyUsage });
  key.materials.current = { id: '0'.repeat(64), secret: async () => secret };
  return key.arn;
}
