export { filePieces } from '../../server/node/file-pieces.ts';
export { decrypt, decryptStream } from '../../simulator/envelope/decrypt.ts';
export { encrypt, encryptStream } from '../../simulator/envelope/encrypt.ts';
export { rawAesKeyring } from '../../simulator/envelope/keyrings/raw-aes.ts';
export { pooledRandom } from '../../simulator/envelope/random.ts';
export { SUITE_COMMITTING, SUITE_COMMITTING_SIGNED } from '../../simulator/envelope/suites.ts';
export { systemRandom } from '../../simulator/kms/environment.ts';
