import { describe, expect, test } from 'vitest';
import { grantOperationNames } from '../../../simulator/facts/grant-operations.ts';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

const withOperations = (operations: readonly unknown[], more: object = {}): string =>
  JSON.stringify({ GranteePrincipal: 'arn:aws:iam::111122223333:role/Orders', Operations: operations, ...more });

test('reports what no grant can allow', () => {
  check(
    'a.kms-grant.json',
    `{
      "GranteePrincipal": "arn:aws:iam::111122223333:role/Orders",
      "Operations": ["Decrypt", "kms:Encrypt", "ReEncrypt", "PutKeyPolicy"]
      //                        ^^^^^^^^^^^^^ grant-op-unknown: operations of grants have no \`kms:\`, as \`kms:Encrypt\` does; AWS KMS rejects the request; write \`Encrypt\`
      //                                       ^^^^^^^^^^^ grant-op-unknown: no grant can allow \`ReEncrypt\`; AWS KMS rejects the request; write \`ReEncryptFrom\` or \`ReEncryptTo\`
      //                                                    ^^^^^^^^^^^^^^ grant-op-unknown: name an operation of grants
    }`,
  );
});

test('reports in each grant of a list', () => {
  const text = `[${withOperations(['Decypt'])}, ${withOperations(['Sign', 'Sgin'])}]`;
  expect(ruleIds('a.kms-grants.json', text)).toHaveLength(2);
});

describe('leaves alone', () => {
  test.each([
    ['every operation of grants', withOperations(grantOperationNames)],
    ['what is filled in later', withOperations(['${Operation}', '{{ operation }}', '<operation>'])],
    ['the output of ListGrants', `{ "Grants": [${withOperations(['Unheard'])}] }`],
    ['an entry of it', withOperations(['Unheard'], { GrantId: '0' })],
    ['other types', withOperations([1, {}])],
  ])('%s', (_, text) => {
    expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
  });
});

describe('fixes', () => {
  test('write the operation as CreateGrant takes it', () => {
    expect(fixTitles('a.kms-grant.json', withOperations(['kms:Decrypt']))).toEqual(['change to `Decrypt` (safe)']);
    const mended = fixed(
      'a.kms-grant.json',
      '{ "Operations":\n  ["decrypt"]\n// ^^^^^^^^^ grant-op-unknown\n}',
      'change to `Decrypt`',
    );
    expect(JSON.parse(mended)).toEqual({ Operations: ['Decrypt'] });
  });

  test('are choices where it is a guess, and where the operation would stand there twice', () => {
    expect(fixTitles('a.kms-grant.json', withOperations(['Decypt']))).toEqual(['change to `Decrypt`']);
    expect(fixTitles('a.kms-grant.json', withOperations(['Decrypt', 'kms:Decrypt']))).toEqual([]);
    expect(fixTitles('a.kms-grant.json', withOperations(['decrypt', 'kms:Decrypt']))).toEqual([
      'change to `Decrypt`',
      'change to `Decrypt`',
    ]);
  });
});
