import { KmsError } from '../kms/errors.ts';
import { type Errand, idOf, type SealedKey, uuidOf } from './errand.ts';
import type { Acts } from './operations.ts';
import { sealedResponse } from './sealed.ts';
import { Shelf } from './shelf.ts';

interface Secret {
  readonly arn: string;
  readonly region: string;
  /** As the step named it that set it. */
  key: string;
  versions: number;
  /** The data key of the current version: under the key, and after a change also as it was under the one before. */
  current: readonly SealedKey[];
}

const secrets = new Shelf<Secret>('secret');

export const secretsmanager: Acts<'secretsmanager'> = {
  async CreateSecret(errand) {
    const name = errand.text('secret');
    const { region } = errand.place;
    // The six characters that AWS adds, so that nobody takes a new secret for an old one of its name.
    const arn = errand.arn('secretsmanager', `secret:${name}-${idOf('', name, 6)}`);
    const secret: Secret = { arn, region, key: errand.key, versions: 0, current: [] };
    if (errand.has('key')) await validate(errand, secret);
    await newVersion(errand, secret);
    errand.on(secrets).set(name, secret);
    return { response: responseOf(secret) };
  },

  async PutSecretValue(errand) {
    const secret = errand.need(secrets, 'secret');
    await newVersion(errand, secret);
    return { response: responseOf(secret) };
  },

  async GetSecretValue(errand) {
    const secret = errand.need(secrets, 'secret');
    await decrypt(errand, secret);
    return { response: responseOf(secret) };
  },

  async UpdateSecret(errand) {
    const secret = errand.need(secrets, 'secret');
    const next = { ...secret, key: errand.key };
    await validate(errand, next);
    secret.key = next.key;
    const again = await underNewKey(errand, secret);
    if (again) secret.current = [again, ...secret.current.slice(0, 1)];
    return {
      because: again
        ? 'the data key of the current version is encrypted under the new key, too'
        : 'the current version stays under the old key, since the caller may not decrypt there or not encrypt here; the next version has the new key',
      response: responseOf(secret),
    };
  },
};

/** Tries out whether the caller may use the key. */
async function validate(errand: Errand, { arn, key, region }: Secret): Promise<void> {
  const context = { SecretARN: arn, SecretVersionId: 'RequestToValidateKeyAccess' };
  await errand.open(errand.asCaller, await errand.seal(errand.asCaller, key, context, region));
}

async function newVersion(errand: Errand, secret: Secret): Promise<void> {
  const version = uuidOf(`${secret.arn} ${secret.versions + 1}`);
  const context = { SecretARN: secret.arn, SecretVersionId: version };
  secret.current = [await errand.seal(errand.asCaller, secret.key, context, secret.region)];
  secret.versions++;
}

/** After a change of the key the version can be decrypted under either. */
async function decrypt(errand: Errand, { current }: Secret): Promise<void> {
  let first: unknown;
  for (const sealed of current) {
    try {
      return await errand.open(errand.asCaller, sealed);
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

/** The data key of the current version under the new key; undefined where the caller may not. */
async function underNewKey(errand: Errand, { key, region, current }: Secret): Promise<SealedKey | undefined> {
  const [old] = current;
  if (!old) return undefined;
  const { encryptionContext } = old;
  try {
    const opened = { CiphertextBlob: old.ciphertext, EncryptionContext: encryptionContext };
    const { Plaintext = new Uint8Array() } = await errand.call(errand.asCaller, 'Decrypt', opened, old.region);
    const input = { KeyId: key, Plaintext, EncryptionContext: encryptionContext };
    const { CiphertextBlob, KeyId } = await errand.call(errand.asCaller, 'Encrypt', input, region);
    return { ciphertext: CiphertextBlob, encryptionContext, keyArn: KeyId, region };
  } catch (error) {
    if (error instanceof KmsError && error.name === 'AccessDeniedException') return undefined;
    throw error;
  }
}

const responseOf = ({ arn, current: [sealed] }: Secret): object => ({
  ARN: arn,
  ...(sealed ? { VersionId: sealed.encryptionContext['SecretVersionId'], ...sealedResponse(sealed) } : {}),
});
