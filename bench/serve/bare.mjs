// What `kms-lens serve` is measured beside: node:http with the same cryptography and the same JSON, and nothing else. Everybody
// may do everything, and nothing is recorded.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { KEY_ARN } from './world.mjs';

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

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    const output = operations[request.headers['x-amz-target']](JSON.parse(Buffer.concat(pieces).toString()));
    const body = JSON.stringify(output);
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': randomUUID(),
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));
