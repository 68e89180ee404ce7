import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataKeyCache } from '../../../../simulator/envelope/caching.ts';
import type { EncryptionMaterials, MaterialsManager } from '../../../../simulator/envelope/materials.ts';
import { SUITE_COMMITTING } from '../../../../simulator/envelope/suites.ts';
import { ManualClock } from '../../../../simulator/kms/environment.ts';
import { type CachingLimits, cacheMisses } from '../../../../simulator/kms/quotas/cached.ts';

/** What the caches of the engine ask for, second by second, of the same messages: to encrypt, and to decrypt them. */
async function measured(messages: readonly number[], limits: CachingLimits) {
  const { maxAge, maxMessages, maxBytes, messageBytes = 10, hosts = 1 } = limits;
  const clock = new ManualClock();
  let dataKeys = 0;
  const backing: MaterialsManager = {
    async encryptionMaterials({ encryptionContext }): Promise<EncryptionMaterials> {
      const ciphertext = Buffer.from(`data key ${dataKeys++}`);
      const encryptedDataKeys = [{ providerId: 'aws-kms', providerInfo: Buffer.from('key'), ciphertext }];
      return { encryptionContext, plaintextDataKey: new Uint8Array(32), encryptedDataKeys, signingKey: undefined };
    },
    decryptionMaterials: async () => new Uint8Array(32),
  };
  const cacheOf = () =>
    new DataKeyCache({
      backing,
      clock,
      maximumAge: maxAge,
      ...(maxMessages === undefined ? {} : { maximumMessages: maxMessages }),
      ...(maxBytes === undefined ? {} : { maximumBytes: maxBytes }),
    });
  const programs = Array.from({ length: hosts }, () => ({ writes: cacheOf(), reads: cacheOf() }));
  const misses = (direction: 'encryption' | 'decryption') =>
    programs.reduce((sum, { writes, reads }) => {
      return sum + (direction === 'encryption' ? writes : reads).counts[direction].misses;
    }, 0);
  const request = { suite: SUITE_COMMITTING, encryptionContext: {} };
  const encrypted: number[] = [];
  const decrypted: number[] = [];
  let next = 0;
  for (const count of messages) {
    const before = [misses('encryption'), misses('decryption')] as const;
    for (let message = 0; message < count; message++) {
      const program = programs[next++ % hosts];
      const materials = await program?.writes.encryptionMaterials({ ...request, plaintextLength: messageBytes });
      await program?.reads.decryptionMaterials({ ...request, encryptedDataKeys: materials?.encryptedDataKeys ?? [] });
    }
    encrypted.push(misses('encryption') - before[0]);
    decrypted.push(misses('decryption') - before[1]);
    clock.advance(1000);
  }
  return { encrypted, decrypted };
}

describe('what a cache of data keys leaves', () => {
  it.each<[string, readonly number[], CachingLimits, readonly number[]]>([
    ['a data key for all', [5, 5, 5], { maxAge: 60_000 }, [1, 0, 0]],
    ['by messages', [5, 5, 5], { maxAge: 60_000, maxMessages: 4 }, [2, 1, 1]],
    ['by age, which may be reached', [1, 1, 1, 1, 1], { maxAge: 2000 }, [1, 0, 0, 1, 0]],
    ['by bytes', [6, 6], { maxAge: 60_000, maxBytes: 35, messageBytes: 10 }, [2, 2]],
    ['a message above the bytes', [3], { maxAge: 60_000, maxBytes: 5, messageBytes: 10 }, [3]],
    ['a cache for each program', [3, 6, 6], { maxAge: 60_000, hosts: 4 }, [3, 1, 0]],
  ])('%s', async (_, messages, limits, expected) => {
    expect(cacheMisses(messages, limits)).toEqual(expected);
    expect((await measured(messages, limits)).encrypted).toEqual(expected);
  });

  it('is what the cache of the engine asks for, to encrypt and to decrypt', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(25), { minLength: 1, maxLength: 12 }),
        fc.record(
          {
            maxAge: fc.integer({ min: 1, max: 8000 }),
            maxMessages: fc.integer({ min: 1, max: 40 }),
            maxBytes: fc.integer({ min: 1, max: 200 }),
            messageBytes: fc.integer({ min: 1, max: 20 }),
            hosts: fc.integer({ min: 1, max: 5 }),
          },
          { requiredKeys: ['maxAge', 'messageBytes'] },
        ),
        async (messages, limits) => {
          const expected = cacheMisses(messages, limits);
          expect(await measured(messages, limits)).toEqual({ encrypted: expected, decrypted: expected });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is never more than there were messages, and never more of higher limits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), fc.integer({ min: 1, max: 50 }), fc.nat(50), (messages, most, more) => {
        const misses = (maxMessages: number) => cacheMisses(messages, { maxAge: 3000, maxMessages });
        const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
        for (const [second, count] of misses(most).entries()) expect(count).toBeLessThanOrEqual(messages[second] ?? 0);
        expect(sum(misses(most + more))).toBeLessThanOrEqual(sum(misses(most)));
      }),
    );
  });
});
