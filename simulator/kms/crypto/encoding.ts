import { createPublicKey } from 'node:crypto';
import { BareKey, type SecretKey } from './bare-key.ts';
import { der, derBits, OCTET_STRING, readDer, SEQUENCE } from './der.ts';

/** How KMS gives out keys: public ones as SubjectPublicKeyInfo, private ones in PKCS #8. */

interface LatticeSpec {
  /** Its object identifier in DER. */
  readonly oid: string;
  readonly seedBytes: number;
  readonly nodeName: string;
}

/** Source: RFC 9881 and RFC 9935, which also say that a private key may be its seed. */
export const latticeSpecs: Readonly<Record<string, LatticeSpec>> = {
  ML_DSA_44: { oid: '0609608648016503040311', seedBytes: 32, nodeName: 'ml-dsa-44' },
  ML_DSA_65: { oid: '0609608648016503040312', seedBytes: 32, nodeName: 'ml-dsa-65' },
  ML_DSA_87: { oid: '0609608648016503040313', seedBytes: 32, nodeName: 'ml-dsa-87' },
  ML_KEM_512: { oid: '0609608648016503040401', seedBytes: 64, nodeName: 'ml-kem-512' },
  ML_KEM_768: { oid: '0609608648016503040402', seedBytes: 64, nodeName: 'ml-kem-768' },
  ML_KEM_1024: { oid: '0609608648016503040403', seedBytes: 64, nodeName: 'ml-kem-1024' },
};

/** Source: RFC 5480 and SEC 2: an elliptic key on secp256k1. */
const SECP256K1 = '06072a8648ce3d020106052b8104000a';
const VERSION_0 = Uint8Array.of(2, 1, 0);
const VERSION_1 = Uint8Array.of(2, 1, 1);

export function spkiOf(secret: SecretKey): Uint8Array {
  if (secret instanceof BareKey) return spki(secret.spec, secret.publicBytes);
  return createPublicKey(secret).export({ format: 'der', type: 'spki' });
}

export function pkcs8Of(secret: SecretKey): Uint8Array {
  if (!(secret instanceof BareKey)) return secret.export({ format: 'der', type: 'pkcs8' });
  const { spec, publicBytes } = secret;
  if (latticeSpecs[spec]) return latticePkcs8(spec, secret.secretBytes());
  const publicKey = der(0xa1, derBits(publicBytes));
  return pkcs8(spec, der(SEQUENCE, VERSION_1, der(OCTET_STRING, secret.secretBytes()), publicKey));
}

/** By its seed, not by what comes from it. */
export function latticePkcs8(spec: string, seed: Uint8Array): Buffer {
  return pkcs8(spec, der(0x80, seed));
}

export function spki(spec: string, publicBytes: Uint8Array): Buffer {
  return der(SEQUENCE, algorithmOf(spec), derBits(publicBytes));
}

/** The scalar of a private key on secp256k1 in PKCS #8, as it is written there. */
export function readSecp256k1Scalar(bytes: Uint8Array): Uint8Array | undefined {
  const [outer, ...after] = readDer(bytes) ?? [];
  const [, algorithm, key] = (outer && readDer(outer.content)) ?? [];
  if (outer?.tag !== SEQUENCE || after.length > 0 || !key || !algorithm?.whole.equals(algorithmOf('ECC_SECG_P256K1')))
    return undefined;
  const [inner] = readDer(key.content) ?? [];
  const [version, scalar] = (inner && readDer(inner.content)) ?? [];
  return version?.whole.equals(VERSION_1) && scalar?.tag === OCTET_STRING ? scalar.content : undefined;
}

const pkcs8 = (spec: string, key: Uint8Array): Buffer =>
  der(SEQUENCE, VERSION_0, algorithmOf(spec), der(OCTET_STRING, key));

function algorithmOf(spec: string): Buffer {
  return der(SEQUENCE, Buffer.from(latticeSpecs[spec]?.oid ?? SECP256K1, 'hex'));
}
