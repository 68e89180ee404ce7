import { describe, expect, test } from 'vitest';
import { keyStates, outcomeIn } from '../../../simulator/facts/key-states.ts';
import { findOperation, kmsOperations } from '../../../simulator/facts/operations.ts';
import type { KmsOperation, Origin, PlainOutcome } from '../../../simulator/facts/types.ts';

// The numbers are the footnotes of AWS's table "Key states of AWS KMS keys". A cell a/b/c is for the origins AWS_KMS,
// EXTERNAL and the custom key stores. 2 and 3 are one answer, as recorded; 6, 7 and 9 are one answer with another origin.
const table = `
  operation                           | Enabled | Disabled | PendDel | PendImport | Unavailable | Creating | Updating
  CancelKeyDeletion                   | 4       | 4        | ok      | 4          | 4           | 4        | 4
  CreateAlias                         | ok      | ok       | 3       | ok         | ok          | ok       | ok
  CreateGrant                         | ok      | 1        | 3       | 5          | ok          | 14       | ok
  Decapsulate                         | ok      | 1        | 3       | 5          | n/a         | 14       | ok
  Decrypt                             | ok      | 1        | 3       | 5          | 11          | 14       | ok
  DeleteAlias                         | ok      | ok       | ok      | ok         | ok          | ok       | ok
  DeleteImportedKeyMaterial           | 9/ok/9  | 9/ok/9   | 9/stays/9 | ok       | n/a         | 14       | 15
  DeriveSharedSecret                  | ok      | 1        | 3       | 5          | n/a         | 14       | ok
  DescribeKey                         | ok      | ok       | ok      | ok         | ok          | ok       | ok
  DisableKey                          | ok      | ok       | 3       | 5          | 12          | 14       | 15
  DisableKeyRotation                  | ok/6/7  | 1/6/7    | 3/6/7   | 6          | 7           | 14/6/14  | ok/6/7
  EnableKey                           | ok      | ok       | 3       | 5          | 12          | 14       | 15
  EnableKeyRotation                   | ok/6/7  | 1/6/7    | 3/6/7   | 6          | 7           | 14/6/14  | ok/6/7
  Encapsulate                         | ok      | 1        | 3       | 5          | n/a         | 14       | ok
  Encrypt                             | ok      | 1        | 3       | 5          | 11          | 14       | ok
  GenerateDataKey                     | ok      | 1        | 3       | 5          | 11          | 14       | ok
  GenerateDataKeyPair                 | ok/ok/7 | 1/1/7    | 3/3/7   | 5          | 7           | 14       | ok
  GenerateDataKeyPairWithoutPlaintext | ok/ok/7 | 1/1/7    | 3/3/7   | 5          | 7           | 14       | ok
  GenerateDataKeyWithoutPlaintext     | ok      | 1        | 3       | 5          | 11          | 14       | ok
  GenerateMac                         | ok      | 1        | 3       | 5          | n/a         | 14       | ok
  GetKeyLastUsage                     | ok      | ok       | ok      | ok         | ok          | ok       | ok
  GetKeyPolicy                        | ok      | ok       | ok      | ok         | ok          | ok       | ok
  GetKeyRotationStatus                | ok/ok/7 | ok/ok/7  | ok/ok/7 | 6          | 7           | ok/ok/7  | ok/ok/7
  GetParametersForImport              | 9/ok/9  | 9/ok/9   | 9/3/9   | ok         | 9           | 14       | 15
  GetPublicKey                        | ok      | ok       | 3       | ok         | n/a         | 14       | ok
  ImportKeyMaterial                   | 9/ok/9  | 9/ok/9   | 9/3/9   | ok         | 9           | 14       | ok
  ListAliases                         | ok      | ok       | ok      | ok         | ok          | ok       | ok
  ListGrants                          | ok      | ok       | ok      | ok         | ok          | ok       | ok
  ListKeyPolicies                     | ok      | ok       | ok      | ok         | ok          | ok       | ok
  ListKeyRotations                    | ok/ok/7 | ok/ok/7  | ok/ok/7 | ok         | 7           | ok/ok/7  | ok/ok/7
  ListResourceTags                    | ok      | ok       | ok      | ok         | ok          | ok       | ok
  PutKeyPolicy                        | ok      | ok       | ok      | ok         | ok          | ok       | ok
  ReEncrypt                           | ok      | 1        | 3       | 5          | 11          | 14       | ok
  ReplicateKey                        | ok      | 1        | 3       | 5          | n/a         | 14       | 15
  RetireGrant                         | ok      | ok       | ok      | ok         | ok          | ok       | ok
  RevokeGrant                         | ok      | ok       | ok      | ok         | ok          | ok       | ok
  RotateKeyOnDemand                   | ok/ok/7 | 1/1/7    | 3/3/7   | 5          | 7           | 14       | ok/ok/7
  ScheduleKeyDeletion                 | ok      | ok       | 3       | ok         | ok          | ok       | 15
  Sign                                | ok      | 1        | 3       | 5          | n/a         | 14       | ok
  TagResource                         | ok      | ok       | 3       | ok         | ok          | ok       | ok
  UntagResource                       | ok      | ok       | 3       | ok         | ok          | ok       | ok
  UpdateAlias                         | ok      | ok       | 10      | ok         | ok          | ok       | ok
  UpdateKeyDescription                | ok      | ok       | 3       | ok         | ok          | ok       | ok
  UpdatePrimaryRegion                 | ok      | 1        | 3       | 5          | n/a         | 14       | ok
  Verify                              | ok      | 1        | 3       | 5          | n/a         | 14       | ok
  VerifyMac                           | ok      | 1        | 3       | 5          | n/a         | 14       | ok
`;

const wrongOrigin = 'UnsupportedOperationException: <arn> origin is <origin> which is not valid for this operation.';
const answers: Readonly<Record<string, string>> = {
  ok: 'ok',
  'n/a': 'n/a',
  '1': 'DisabledException: <arn> is disabled.',
  '3': 'KMSInvalidStateException: <arn> is pending deletion.',
  '4': 'KMSInvalidStateException: <arn> is not pending deletion.',
  '5': 'KMSInvalidStateException: <arn> is pending import.',
  '6': wrongOrigin,
  '7': wrongOrigin,
  '9': wrongOrigin,
  '10': 'KMSInvalidStateException: <arn> is pending deletion. (key)',
  '11': 'KMSInvalidStateException: <arn> is unavailable.',
  '12': 'ok, the call succeeds, but the state only changes when the key is available again',
  '14': 'KMSInvalidStateException: <arn> is creating.',
  '15': 'KMSInvalidStateException: <arn> is updating.',
  stays: 'ok, the material is deleted and the key stays pending deletion',
};

const originColumns: readonly (readonly [Origin, number])[] = [
  ['AWS_KMS', 0],
  ['EXTERNAL', 1],
  ['AWS_CLOUDHSM', 2],
  ['EXTERNAL_KEY_STORE', 2],
];

describe('the key state table', () => {
  const [, ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));

  test('has a row for every operation that uses an existing key', () => {
    const withStates = kmsOperations.filter((operation) => operation.keyStates !== undefined).map(({ name }) => name);
    expect(rows.map(([name]) => name)).toEqual(withStates);
    const without = kmsOperations.filter((operation) => operation.keyStates === undefined).map(({ name }) => name);
    expect(without.filter((name) => !name.includes('CustomKeyStore'))).toEqual([
      'CreateKey',
      'GenerateRandom',
      'ListKeys',
      'ListRetirableGrants',
    ]);
  });

  test.each(rows.map((row): [string, string[]] => [row[0] ?? '', row.slice(1)]))('%s', (name, cells) => {
    const operation = findOperation(name);
    if (operation === undefined) throw new Error(`no operation ${name}`);
    expect(cells).toHaveLength(keyStates.length);
    keyStates.forEach(({ name: state }, column) => {
      for (const [origin, part] of originColumns) {
        const parts = (cells[column] ?? '').split(/\/(?!a$)/);
        const code = parts.length === 1 ? parts[0] : parts[part];
        expect(answerOf(operation, state, origin), `${state}, ${origin}`).toBe(answers[code ?? '']);
      }
    });
  });

  test('operations without an existing key have no outcome', () => {
    expect(outcomeIn(operationNamed('CreateKey'), 'Enabled', 'AWS_KMS')).toBeUndefined();
  });
});

test('the states of multi-Region keys are not for custom key stores', () => {
  for (const { multiRegionOnly, origins } of keyStates) {
    if (multiRegionOnly) expect(origins).toEqual(['AWS_KMS', 'EXTERNAL']);
  }
});

function operationNamed(name: string): KmsOperation {
  const operation = findOperation(name);
  if (operation === undefined) throw new Error(`no operation ${name}`);
  return operation;
}

function answerOf(operation: KmsOperation, state: (typeof keyStates)[number]['name'], origin: Origin): string {
  const outcome: PlainOutcome | undefined = outcomeIn(operation, state, origin);
  if (outcome === undefined) return 'nothing';
  if (typeof outcome === 'string') return outcome;
  if ('note' in outcome) return `ok, ${outcome.note}`;
  const only = outcome.onlyFor === undefined ? '' : ` (${outcome.onlyFor})`;
  return `${outcome.error}: ${outcome.message}${only}`;
}
