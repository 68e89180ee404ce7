// The AWS Encryption SDK for JavaScript, installed into this folder alone when somebody first asks for it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const PACKAGE = '@aws-crypto/client-node';

export function installSdk() {
  if (existsSync(`${folder}node_modules/${PACKAGE}`)) return;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('npm ci failed in bench/envelope');
}

/** The SDK, and its version. */
export function loadSdk() {
  installSdk();
  const require = createRequire(import.meta.url);
  return { sdk: require(PACKAGE), version: require(`${PACKAGE}/package.json`).version };
}

/** The raw AES keyring of the SDK that is the same as `rawAesKeyring` of ours. */
export function sdkKeyring(sdk, { namespace, name, wrappingKey }) {
  const bits = wrappingKey.length * 8;
  return new sdk.RawAesKeyringNode({
    keyNamespace: namespace,
    keyName: name,
    // Not from a pool of Node.js, which the SDK does not take.
    unencryptedMasterKey: Uint8Array.from(wrappingKey),
    wrappingSuite: sdk.RawAesWrappingSuiteIdentifier[`AES${bits}_GCM_IV12_TAG16_NO_PADDING`],
    // The keyring otherwise authenticates the context in the order of the locale.
    utf8Sorting: true,
  });
}
