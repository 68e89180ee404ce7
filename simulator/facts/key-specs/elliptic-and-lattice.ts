/** Rows of the key spec table; see ../key-specs.ts for sources. */
import type { AlgorithmFact, KeySpecFact, KeySpecUse, MessageType } from '../key-specs.ts';

const message = 4096;
const rawOrDigest: readonly MessageType[] = ['RAW', 'DIGEST'];
const keyAgreement: KeySpecUse = { usage: 'KEY_AGREEMENT', algorithms: [{ name: 'ECDH' }] };

export const eccSpecs: readonly KeySpecFact[] = [
  nist('ECC_NIST_P256', 'P-256', 256),
  nist('ECC_NIST_P384', 'P-384', 384),
  nist('ECC_NIST_P521', 'P-521', 512),
  {
    name: 'ECC_SECG_P256K1',
    type: 'asymmetric',
    family: 'ecc',
    summary: 'A key pair on the curve secp256k1, known from cryptocurrencies, for signatures.',
    uses: [{ usage: 'SIGN_VERIFY', algorithms: [ecdsa(256)] }],
    dataKeyPair: true,
    importable: true,
  },
  {
    name: 'ECC_NIST_EDWARDS25519',
    type: 'asymmetric',
    family: 'ecc',
    summary: 'An Ed25519 key pair for signatures.',
    uses: [
      {
        usage: 'SIGN_VERIFY',
        algorithms: [
          { name: 'ED25519_SHA_512', maxInput: message, messageTypes: ['RAW'] },
          { name: 'ED25519_PH_SHA_512', maxInput: message, messageTypes: ['DIGEST'], digestBytes: 64 },
        ],
      },
    ],
    dataKeyPair: true,
    importable: true,
    since: '2025-11-07',
  },
];

const mlDsa: readonly KeySpecFact[] = [44, 65, 87].map((level) => ({
  name: `ML_DSA_${level}`,
  type: 'asymmetric',
  family: 'ml-dsa',
  summary: `A post-quantum ML-DSA-${level} key pair for signatures.`,
  uses: [
    {
      usage: 'SIGN_VERIFY',
      algorithms: [
        { name: 'ML_DSA_SHAKE_256', maxInput: message, messageTypes: ['RAW', 'EXTERNAL_MU'], digestBytes: 64 },
      ],
    },
  ],
  dataKeyPair: false,
  importable: false,
  since: '2025-06-13',
}));

const mlKem: readonly KeySpecFact[] = [mlKemSpec(512, 768), mlKemSpec(768, 1088), mlKemSpec(1024, 1568)];

export const mlSpecs: readonly KeySpecFact[] = [...mlDsa, ...mlKem];

export const sm2Spec: KeySpecFact = {
  name: 'SM2',
  type: 'asymmetric',
  family: 'sm2',
  summary: 'An SM2 key pair for encryption, signatures or key agreement, in China Regions only.',
  uses: [
    { usage: 'ENCRYPT_DECRYPT', algorithms: [{ name: 'SM2PKE', maxInput: 1024 }] },
    {
      usage: 'SIGN_VERIFY',
      algorithms: [{ name: 'SM2DSA', maxInput: message, messageTypes: rawOrDigest, digestBytes: 32 }],
    },
    keyAgreement,
  ],
  dataKeyPair: true,
  importable: true,
  regions: 'china-only',
};

function nist(name: string, curve: string, hashBits: number): KeySpecFact {
  return {
    name,
    type: 'asymmetric',
    family: 'ecc',
    summary: `A key pair on the NIST curve ${curve}, either for signatures or for key agreement.`,
    uses: [{ usage: 'SIGN_VERIFY', algorithms: [ecdsa(hashBits)] }, keyAgreement],
    dataKeyPair: true,
    importable: true,
  };
}

function ecdsa(bits: number): AlgorithmFact {
  return { name: `ECDSA_SHA_${bits}`, maxInput: message, messageTypes: rawOrDigest, digestBytes: bits / 8 };
}

function mlKemSpec(level: number, ciphertextBytes: number): KeySpecFact {
  return {
    name: `ML_KEM_${level}`,
    type: 'asymmetric',
    family: 'ml-kem',
    summary: `A post-quantum ML-KEM-${level} key pair for establishing shared secrets.`,
    uses: [{ usage: 'ENCAPSULATE_DECAPSULATE', algorithms: [{ name: 'ML_KEM', ciphertextBytes }] }],
    dataKeyPair: true,
    regions: 'not-china',
    since: '2026-10-26',
  };
}
