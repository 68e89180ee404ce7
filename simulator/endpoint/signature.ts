import { createHash, timingSafeEqual } from 'node:crypto';
import { momentOf, type Signed } from './authorization.ts';
import type { HttpRequest } from './http.ts';
import { signerFor } from './signer.ts';

/** Whether a request bears the signature that the secret gives. */
export async function isSignedWith(request: HttpRequest, signed: Signed, secret: string): Promise<boolean> {
  const { accessKeyId, region, service, signedHeaders, day, date } = signed;
  const { method, headers, body } = request;
  // What nobody signed could be changed on the way.
  if (!REQUIRED.every((name) => signedHeaders.includes(name)) || !date.startsWith(day)) return false;
  const hash = headers['x-amz-content-sha256'];
  if (hash !== undefined && hash !== createHash('sha256').update(body).digest('hex')) return false;
  const signer = signerFor({ service, region, accessKeyId, secretAccessKey: secret });
  const sent = Object.fromEntries(
    signedHeaders.flatMap((name) => (Object.hasOwn(headers, name) ? [[name, headers[name] ?? '']] : [])),
  );
  const [path = '/', query = ''] = request.path.split('?', 2);
  const again = await signer.sign(
    // The hash of the body counts, also where its header is left out of what is signed.
    { method, protocol: 'http:', hostname: '', path, query: parametersOf(query), headers: sent, body },
    { signingDate: new Date(momentOf(date)), signableHeaders: new Set(signedHeaders) },
  );
  const expected = /Signature=(\w+)$/.exec(again.headers['authorization'] ?? '')?.[1] ?? '';
  return isSame(expected, signed.signature);
}

const REQUIRED = ['host', 'x-amz-date'];

function parametersOf(query: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]));
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [expected, given].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
