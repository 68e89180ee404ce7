/** A folder of policies and scenarios of the size of a large team's: everything is made here, nothing is random. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const KEYS = 25;
const STATEMENTS = 10;
const ACCOUNT = '111122223333';
const operations = ['Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey', 'Sign'];

export const roleArn = (index) => `arn:aws:iam::${ACCOUNT}:role/App${index}`;
export const keyPolicyName = (index) => `key${index}.key-policy.json`;
export const iamPolicyName = (index) => `app${index}.iam-policy.json`;

/** One key policy and one identity policy for each key. */
export function writePolicies(folder) {
  for (let index = 0; index < KEYS; index++) {
    write(folder, keyPolicyName(index), { Version: '2012-10-17', Statement: keyStatements(index) });
    write(folder, iamPolicyName(index), { Version: '2012-10-17', Statement: iamStatements(index) });
  }
}

/** `files` scenarios that share the steps; every one knows all principals and keys. */
export function writeScenarios(folder, { files, steps }) {
  const all = Array.from({ length: steps }, (_, index) => stepOf(index));
  const each = steps / files;
  for (let file = 0; file < files; file++)
    write(folder, `part${file}.kms-scenario.json`, {
      principals: Object.fromEntries(
        range(KEYS).map((index) => [`App${index}`, { arn: roleArn(index), policies: [iamPolicyName(index)] }]),
      ),
      keys: Object.fromEntries(range(KEYS).map((index) => [`key${index}`, { policy: keyPolicyName(index) }])),
      steps: all.slice(file * each, (file + 1) * each),
    });
}

/** A fifth of the steps is denied. */
function stepOf(index) {
  const app = index % KEYS;
  const operation = operations[Math.floor(index / KEYS) % operations.length];
  return {
    name: `step ${index}`,
    can: operation,
    as: `App${app}`,
    on: `key${app}`,
    ...(operation === 'Sign' || operation === 'DescribeKey' ? {} : { encryptionContext: { app: `app${app}` } }),
    expect: operation === 'Sign' ? 'denied' : 'allowed',
  };
}

function keyStatements(index) {
  const context = { StringEquals: { 'kms:EncryptionContext:app': `app${index}` } };
  return [
    {
      Sid: 'Delegate',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: ['kms:Describe*', 'kms:Decrypt'],
      Resource: '*',
    },
    {
      Sid: 'Use',
      Effect: 'Allow',
      Principal: { AWS: roleArn(index) },
      Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: context,
    },
    ...range(STATEMENTS - 2).map((other) => ({
      Sid: `Team${other}`,
      Effect: 'Allow',
      Principal: { AWS: roleArn(KEYS + other) },
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:EncryptionContext:app': `team${other}` } },
    })),
  ];
}

function iamStatements(index) {
  return range(STATEMENTS).map((number) => ({
    Sid: `Part${number}`,
    Effect: 'Allow',
    Action: number === 0 ? ['kms:Decrypt', 'kms:DescribeKey'] : [`s3:Get${number}*`],
    Resource: number === 0 ? `arn:aws:kms:us-east-1:${ACCOUNT}:key/*` : `arn:aws:s3:::app${index}-${number}/*`,
  }));
}

const range = (length) => Array.from({ length }, (_, index) => index);

function write(folder, name, value) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}
