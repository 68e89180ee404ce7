import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { remembered } from '../text/remembered.ts';
import { momentOf, type Signed } from './authorization.ts';
import type { HttpRequest } from './http.ts';

/** Who signs, and for where. */
export interface Scope {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly region: string;
  readonly service: string;
}

/** Whether a request bears the signature that the secret gives. */
export async function isSignedWith(request: HttpRequest, signed: Signed, secret: string): Promise<boolean> {
  const { signedHeaders, day, date, signature } = signed;
  const { method, path, headers, body } = request;
  // What nobody signed could be changed on the way.
  if (!REQUIRED.every((name) => signedHeaders.includes(name)) || !date.startsWith(day)) return false;
  if (path !== '/' || Number.isNaN(momentOf(date))) return false;
  const sent: Record<string, string> = {};
  for (const name of signedHeaders) {
    if (!Object.hasOwn(headers, name)) return false;
    sent[name] = headers[name] ?? '';
  }
  // The hash of the body counts, also where its header is left out of what is signed.
  const told = headers['x-amz-content-sha256'];
  if (told !== undefined && told !== hash('sha256', body, 'hex')) return false;
  const again = await authorizationOf({ method, headers: sent, body }, date, { ...signed, secret });
  return isSame(/Signature=(\w+)$/.exec(again)?.[1] ?? '', signature);
}

const REQUIRED = ['host', 'x-amz-date'];

/**
 * The header that signs a request to `/`, which is where KMS takes all of them.
 *
 * @param headers are signed, all of them
 * @param date as `X-Amz-Date` has it
 */
export async function authorizationOf(
  request: Pick<HttpRequest, 'method' | 'headers' | 'body'>,
  date: string,
  scope: Scope,
): Promise<string> {
  const to = { protocol: 'http:', hostname: '', path: '/', query: {} };
  const signed = await signerFor(scope).sign(
    { ...to, ...request },
    { signingDate: new Date(momentOf(date)), signableHeaders: new Set(Object.keys(request.headers)) },
  );
  return signed.headers['authorization'] ?? '';
}

const signers = new Map<string, SignatureV4>();
const MOST_SIGNERS = 100;

function signerFor({ accessKeyId, secret, region, service }: Scope): SignatureV4 {
  const id = JSON.stringify([accessKeyId, secret, region, service]);
  const known = signers.get(id);
  if (known) return known;
  const credentials = { accessKeyId, secretAccessKey: secret };
  const signer = new SignatureV4({ service, region, credentials, sha256: NodeSha256, applyChecksum: false });
  // Whoever calls chooses the Region.
  if (signers.size >= MOST_SIGNERS) signers.clear();
  signers.set(id, signer);
  return signer;
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** SHA-256 of Node as the library takes it; HMAC with a secret. */
class NodeSha256 {
  private readonly key: KeyObject | undefined;
  private readonly pieces: Uint8Array[] = [];

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.key = secret === undefined ? undefined : keyOf(secret);
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.pieces.push(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    const [first] = this.pieces;
    const data = first && this.pieces.length === 1 ? first : Buffer.concat(this.pieces);
    return this.key ? createHmac('sha256', this.key).update(data).digest() : hash('sha256', data, 'buffer');
  }
}

/** The library keeps the keys that it derives, and hands in the same again: an HMAC under bytes takes Node several times as long. */
const keys = new WeakMap<object, KeyObject>();

function keyOf(secret: string | ArrayBuffer | ArrayBufferView): KeyObject {
  if (typeof secret === 'string') return keyOfText(secret);
  const key = keys.get(secret) ?? createSecretKey(bytesOf(secret));
  keys.set(secret, key);
  return key;
}

const keyOfText = remembered((text): KeyObject => createSecretKey(Buffer.from(text)));

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
