import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuthorizationRequest, Authorize } from '../../../simulator/kms/authorize.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { Materials, newMaterial } from '../../../simulator/kms/material.ts';
import { failure } from './failure.ts';
import { ana, CALLER, KEY_ARN, keyOf, OTHER_ARN, serviceOf, utf8 } from './keys.ts';

const key = keyOf(KEY_ARN);
const service = serviceOf([key, keyOf(OTHER_ARN)]);

describe('Encrypt and Decrypt', () => {
  it('answer with the members that AWS answers with', async () => {
    const encrypted = await service.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('x') }, ana);
    expect(Object.keys(encrypted).sort()).toEqual(['CiphertextBlob', 'EncryptionAlgorithm', 'KeyId']);
    expect(encrypted).toMatchObject({ KeyId: KEY_ARN, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
    const decrypted = await service.call('Decrypt', { CiphertextBlob: encrypted.CiphertextBlob }, ana);
    expect(decrypted).toEqual({
      KeyId: KEY_ARN,
      Plaintext: Buffer.from('x'),
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      KeyMaterialId: key.materials.current?.id,
    });
  });

  it('find the key by its id, too', async () => {
    const answer = await service.call(
      'Encrypt',
      { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab', Plaintext: utf8('x') },
      ana,
    );
    expect(answer.KeyId).toBe(KEY_ARN);
  });

  it('give back what was encrypted under the same context, in any order, and under no other', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 6 });
    const context = fc.dictionary(text, text, { maxKeys: 3 });
    const payload = fc.uint8Array({ minLength: 1, maxLength: 64 });
    await fc.assert(
      fc.asyncProperty(payload, context, context, async (Plaintext, EncryptionContext, other) => {
        const { CiphertextBlob } = await service.call('Encrypt', { KeyId: KEY_ARN, Plaintext, EncryptionContext }, ana);
        const turned = Object.fromEntries(Object.entries(EncryptionContext).reverse());
        const back = await service.call('Decrypt', { CiphertextBlob, EncryptionContext: turned }, ana);
        expect(Buffer.compare(back.Plaintext, Plaintext)).toBe(0);
        const same =
          JSON.stringify(Object.entries(EncryptionContext).sort()) === JSON.stringify(Object.entries(other).sort());
        if (same) return;
        const error = await failure(service.call('Decrypt', { CiphertextBlob, EncryptionContext: other }, ana));
        expect(error).toMatchObject({ name: 'InvalidCiphertextException', message: '' });
      }),
      { numRuns: 60 },
    );
  });

  it('tell upper from lower case in the context, and take none for an empty one', async () => {
    const input = { KeyId: KEY_ARN, Plaintext: utf8('x'), EncryptionContext: { Tenant: 'Blue' } };
    const { CiphertextBlob } = await service.call('Encrypt', input, ana);
    for (const EncryptionContext of [{ tenant: 'Blue' }, { Tenant: 'blue' }, {}, { Tenant: 'Blue', more: '' }]) {
      const error = await failure(service.call('Decrypt', { CiphertextBlob, EncryptionContext }, ana));
      expect(error.name).toBe('InvalidCiphertextException');
    }
    const bare = await service.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('x') }, ana);
    const back = await service.call('Decrypt', { CiphertextBlob: bare.CiphertextBlob, EncryptionContext: {} }, ana);
    expect(Buffer.from(back.Plaintext).toString()).toBe('x');
  });

  it('read what was made with earlier material, but not with material that is gone', async () => {
    const { CiphertextBlob } = await service.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('old') }, ana);
    const newer = newMaterial(key.identity.id, 'SYMMETRIC_DEFAULT', seededRandom('rotated'));
    const id = key.materials.current?.id;
    const rotated = keyOf(KEY_ARN);
    rotated.materials.rotate(newer, 0, 'ON_DEMAND');
    const back = await serviceOf([rotated]).call('Decrypt', { CiphertextBlob }, ana);
    expect(back.KeyMaterialId).toBe(id);
    const gone = keyOf(KEY_ARN);
    Object.assign(gone, { materials: new Materials(newer) });
    expect(await failure(serviceOf([gone]).call('Decrypt', { CiphertextBlob }, ana))).toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });

  it('refuse another key than the one named', async () => {
    const { CiphertextBlob } = await service.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('x') }, ana);
    expect(await failure(service.call('Decrypt', { CiphertextBlob, KeyId: OTHER_ARN }, ana))).toEqual({
      name: 'IncorrectKeyException',
      message: 'The key ID in the request does not identify a CMK that can perform this operation.',
      remedy: `the ciphertext was made under \`${KEY_ARN}\`; name that key, or none`,
    });
  });

  it('refuse bytes that are no ciphertext', async () => {
    const error = await failure(service.call('Decrypt', { CiphertextBlob: utf8('AQICAH') }, ana));
    expect(error).toMatchObject({ name: 'InvalidCiphertextException', message: '' });
    expect(error.remedy).toContain('does not start with the mark');
  });
});

describe('GenerateDataKey', () => {
  it.each([
    [{ KeySpec: 'AES_256' }, 32],
    [{ KeySpec: 'AES_128' }, 16],
    [{ NumberOfBytes: 1 }, 1],
    [{ NumberOfBytes: 1024 }, 1024],
  ])('%j makes %i bytes that Decrypt gives back', async (size, length) => {
    const EncryptionContext = { tenant: 'blue' };
    const made = await service.call('GenerateDataKey', { KeyId: KEY_ARN, EncryptionContext, ...size }, ana);
    expect(made.Plaintext).toHaveLength(length);
    expect(made).toMatchObject({ KeyId: KEY_ARN, KeyMaterialId: key.materials.current?.id });
    const back = await service.call('Decrypt', { CiphertextBlob: made.CiphertextBlob, EncryptionContext }, ana);
    expect(back.Plaintext).toEqual(made.Plaintext);
  });

  it('makes another key each time', async () => {
    const input = { KeyId: KEY_ARN, KeySpec: 'AES_256' };
    const one = await service.call('GenerateDataKey', input, ana);
    const other = await service.call('GenerateDataKey', input, ana);
    expect(one.Plaintext).not.toEqual(other.Plaintext);
    expect(one.CiphertextBlob).not.toEqual(other.CiphertextBlob);
  });
});

describe('the same random bytes', () => {
  it('give the same answers', async () => {
    const answers = async (seed: string) => {
      const asked = serviceOf([key], undefined, seed);
      const encrypted = await asked.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('x') }, ana);
      return [encrypted, await asked.call('GenerateDataKey', { KeyId: KEY_ARN, KeySpec: 'AES_256' }, ana)];
    };
    expect(await answers('one')).toEqual(await answers('one'));
    expect(await answers('one')).not.toEqual(await answers('other'));
  });
});

describe('authorization', () => {
  const refused = (ending?: string): Authorize => {
    return async ({ request }) => ({
      allowed: false,
      because: 'no statement allows it',
      ...(ending === undefined
        ? {}
        : { message: `User: ${CALLER} is not authorized to perform: kms:${request.operation} on ${ending}` }),
    });
  };

  it('is asked with what the request is about', async () => {
    const requests: AuthorizationRequest[] = [];
    const asked = serviceOf([key], async (request) => {
      requests.push(request);
      return { allowed: true, because: '' };
    });
    const EncryptionContext = { tenant: 'blue' };
    const { CiphertextBlob } = await asked.call(
      'GenerateDataKey',
      { KeyId: KEY_ARN, KeySpec: 'AES_256', EncryptionContext },
      ana,
    );
    await asked.call('Decrypt', { CiphertextBlob, EncryptionContext }, ana);
    expect(requests.map(({ request, on }) => [request.operation, on?.arn, request.caller])).toEqual([
      ['GenerateDataKey', KEY_ARN, ana],
      ['Decrypt', KEY_ARN, ana],
    ]);
    for (const { request } of requests) expect(request.encryptionContext).toEqual(EncryptionContext);
  });

  it('names the key where the request does, and ends as it is told', async () => {
    const denied = serviceOf(
      [key],
      refused(`resource: ${KEY_ARN} because no identity-based policy allows the kms:Encrypt action`),
    );
    const error = await failure(denied.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('x') }, ana));
    expect(error).toEqual({
      name: 'AccessDeniedException',
      message: `User: ${CALLER} is not authorized to perform: kms:Encrypt on resource: ${KEY_ARN} because no identity-based policy allows the kms:Encrypt action`,
      remedy: 'change the policy that decides, or call as a principal that is allowed',
      because: 'no statement allows it',
    });
  });

  it('comes before any cryptography: a changed ciphertext makes no difference to who is refused', async () => {
    const { CiphertextBlob } = await service.call('Encrypt', { KeyId: KEY_ARN, Plaintext: utf8('x') }, ana);
    const tampered = Buffer.from(CiphertextBlob);
    tampered[tampered.length - 1] = (tampered.at(-1) ?? 0) ^ 1;
    const denied = serviceOf([key], refused());
    const named = await failure(denied.call('Decrypt', { CiphertextBlob: tampered, KeyId: KEY_ARN }, ana));
    expect(named).toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${CALLER} is not authorized to perform: kms:Decrypt on resource: ${KEY_ARN}`,
    });
  });

  it('comes after validation', async () => {
    const denied = serviceOf([key], refused());
    const error = await failure(denied.call('Encrypt', { KeyId: KEY_ARN, Plaintext: new Uint8Array(4097) }, ana));
    expect(error.name).toBe('ValidationException');
  });
});
