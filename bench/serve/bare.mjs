// What `kms-lens serve` is measured beside: node:http with the same cryptography and the same JSON, and nothing else. Everybody
// may do everything, and nothing is recorded. With `--verify` it verifies signatures, as `kms-lens serve` does where it knows the
// secret: by the same library, which signs once more.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { isSignedWith } from '../../simulator/endpoint/signature.ts';
import { KEY_ARN, VERIFIED } from './world.mjs';

const secret = createSecretKey(randomBytes(32));
const material = randomBytes(32);
const KeyMaterialId = material.toString('hex');
/** As much as goes before the nonce in a ciphertext of KMS Lens. */
const head = Buffer.concat([Buffer.from('kms-lens'), Buffer.alloc(3), Buffer.from(KEY_ARN), material]);
const TAG = 16;
const NONCE = 12;

const operations = {
  'TrentService.GenerateDataKey'({ KeyId, NumberOfBytes, EncryptionContext }) {
    if (KeyId !== KEY_ARN) throw new Error('there is one key');
    const plaintext = randomBytes(NumberOfBytes);
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: TAG });
    cipher.setAAD(authenticated(nonce, EncryptionContext));
    const parts = [head, nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
    return {
      CiphertextBlob: Buffer.concat(parts).toString('base64'),
      Plaintext: plaintext.toString('base64'),
      KeyId,
      KeyMaterialId,
    };
  },
  'TrentService.Decrypt'({ KeyId, CiphertextBlob, EncryptionContext }) {
    if (KeyId !== KEY_ARN) throw new Error('there is one key');
    const blob = Buffer.from(CiphertextBlob, 'base64');
    const nonce = blob.subarray(head.length, head.length + NONCE);
    const end = blob.length - TAG;
    const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: TAG });
    decipher.setAAD(authenticated(nonce, EncryptionContext));
    decipher.setAuthTag(blob.subarray(end));
    const plaintext = Buffer.concat([decipher.update(blob.subarray(head.length + NONCE, end)), decipher.final()]);
    return { KeyId, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT', KeyMaterialId };
  },
};

function authenticated(nonce, context) {
  const pairs = Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.concat([head, nonce, Buffer.from(JSON.stringify(pairs))]);
}

const verifies = process.argv.includes('--verify');
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d+)\/([\w-]+)\/(\w+)\/aws4_request, SignedHeaders=([\w;-]+), Signature=(\w+)$/;

async function isSigned({ method, url, headers }, body) {
  const [, accessKeyId, day, region, service, names, signature] = AUTHORIZATION.exec(headers.authorization) ?? [];
  if (accessKeyId !== VERIFIED.accessKeyId) return false;
  const date = headers['x-amz-date'];
  const signed = { accessKeyId, day, region, service, signedHeaders: names.split(';'), signature, date };
  return isSignedWith({ method, path: url, headers, body }, signed, VERIFIED.secretAccessKey);
}

function answer({ headers }, response, body) {
  const output = JSON.stringify(operations[headers['x-amz-target']](JSON.parse(body.toString())));
  response.writeHead(200, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
    'content-length': Buffer.byteLength(output),
  });
  response.end(output);
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', async () => {
    const body = Buffer.concat(pieces);
    if (verifies && !(await isSigned(request, body))) response.writeHead(403).end();
    else answer(request, response, body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));
