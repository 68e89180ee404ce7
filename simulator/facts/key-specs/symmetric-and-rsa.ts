/** Rows of the key spec table; see ../key-specs.ts for sources. */
import type { AlgorithmFact, KeySpecFact, MessageType } from '../key-specs.ts';

const message = 4096;
const rawOrDigest: readonly MessageType[] = ['RAW', 'DIGEST'];

const rsaSigning: readonly AlgorithmFact[] = ['RSASSA_PSS', 'RSASSA_PKCS1_V1_5'].flatMap((scheme) =>
  [256, 384, 512].map((bits) => ({
    name: `${scheme}_SHA_${bits}`,
    maxInput: message,
    messageTypes: rawOrDigest,
    digestBytes: bits / 8,
  })),
);

export const symmetricSpec: KeySpecFact = {
  name: 'SYMMETRIC_DEFAULT',
  type: 'symmetric',
  family: 'symmetric',
  summary:
    'A 256-bit AES-GCM key, in China Regions a 128-bit SM4 key; the default of CreateKey and what AWS services use.',
  uses: [{ usage: 'ENCRYPT_DECRYPT', algorithms: [{ name: 'SYMMETRIC_DEFAULT', maxInput: 4096 }] }],
  dataKeyPair: false,
  importable: true,
};

export const rsaSpecs: readonly KeySpecFact[] = [rsa(2048, 214, 190), rsa(3072, 342, 318), rsa(4096, 470, 446)];

export const hmacSpecs: readonly KeySpecFact[] = [224, 256, 384, 512].map((bits) => ({
  name: `HMAC_${bits}`,
  type: 'hmac',
  family: 'hmac',
  summary: `A key for HMACs with SHA-${bits}.`,
  uses: [{ usage: 'GENERATE_VERIFY_MAC', algorithms: [{ name: `HMAC_SHA_${bits}`, maxInput: message }] }],
  dataKeyPair: false,
  importable: true,
}));

function rsa(bits: number, oaepSha1: number, oaepSha256: number): KeySpecFact {
  return {
    name: `RSA_${bits}`,
    type: 'asymmetric',
    family: 'rsa',
    summary: `A ${bits}-bit RSA key pair, either for encryption or for signatures.`,
    uses: [
      {
        usage: 'ENCRYPT_DECRYPT',
        algorithms: [
          { name: 'RSAES_OAEP_SHA_1', maxInput: oaepSha1 },
          { name: 'RSAES_OAEP_SHA_256', maxInput: oaepSha256 },
        ],
      },
      { usage: 'SIGN_VERIFY', algorithms: rsaSigning },
    ],
    dataKeyPair: true,
    importable: true,
  };
}
