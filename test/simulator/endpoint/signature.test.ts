import { createHash, createHmac, type Hash } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorizationOf, isSignedWith } from '../../../simulator/endpoint/signature.ts';

/** SHA-256 as the library of the SDKs takes it. */
class Sha256 {
  private readonly hash: Hash | ReturnType<typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

const value = fc.string({ unit: fc.constantFrom('a', 'Z', '9', ' ', '\t', '=', ',', ';', ':', 'é'), maxLength: 20 });

test('a request counts as it was signed, by an SDK or by us, and altered in nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        secret: fc.string({ minLength: 1, maxLength: 50 }),
        region: fc.constantFrom('eu-central-1', 'us-gov-west-1', 'cn-north-1'),
        at: fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 0) }),
        body: fc.uint8Array({ maxLength: 200 }),
        extra: fc.dictionary(fc.stringMatching(/^x-[a-z0-9-]{1,8}$/), value, { maxKeys: 4 }),
      }),
      async ({ secret, region, at, body, extra }) => {
        const headers = { ...extra, host: 'localhost:4599', 'content-type': 'application/x-amz-json-1.1' };
        const signer = new SignatureV4({
          service: 'kms',
          region,
          credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret },
          sha256: Sha256,
        });
        const request = {
          method: 'POST',
          protocol: 'http:',
          hostname: 'localhost',
          path: '/',
          query: {},
          headers,
          body,
        };
        const { headers: sent } = await signer.sign(request, { signingDate: new Date(at) });
        const authorization = sent['authorization'] ?? '';
        const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
        const [, signature = ''] = /Signature=(\w+)/.exec(authorization) ?? [];
        const date = sent['x-amz-date'] ?? '';
        const scope = { accessKeyId: 'AKIDEXAMPLE', secret, region, service: 'kms' };
        const { authorization: _, ...unsigned } = sent;
        expect(await authorizationOf({ method: 'POST', headers: unsigned, body }, date, scope)).toBe(authorization);
        const signed = { ...scope, day: date.slice(0, 8), signedHeaders: names, signature, date };
        const whole = { method: 'POST', path: '/', headers: sent, body };
        expect(await isSignedWith(whole, signed, secret)).toBe(true);
        expect(await isSignedWith({ ...whole, body: Buffer.concat([body, Buffer.of(0)]) }, signed, secret)).toBe(false);
        expect(await isSignedWith({ ...whole, method: 'PUT' }, signed, secret)).toBe(false);
        expect(await isSignedWith(whole, signed, `${secret}x`)).toBe(false);
        expect(await isSignedWith(whole, { ...signed, signature: signature.slice(1) }, secret)).toBe(false);
        expect(await isSignedWith(whole, { ...signed, signedHeaders: [...names, 'x-not-there'] }, secret)).toBe(false);
      },
    ),
    { seed: 20261128, numRuns: 200 },
  );
});
