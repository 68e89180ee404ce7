import { describe, expect, test } from 'vitest';
import { grantOperations } from '../../../simulator/facts/grant-operations.ts';
import { check, ruleIds } from '../harness.ts';

const grant = (operations: readonly string[], constraints?: object): string =>
  JSON.stringify({
    GranteePrincipal: 'arn:aws:iam::111122223333:role/Orders',
    Operations: operations,
    ...(constraints ? { Constraints: constraints } : {}),
  });
const subset = { EncryptionContextSubset: { order: '42' } };

test('reports operations for keys without an encryption context', () => {
  check(
    'a.kms-grant.json',
    `{
      "GranteePrincipal": "arn:aws:iam::111122223333:role/Orders",
      "Operations": ["Decrypt", "Sign"],
      //                        ^^^^^^ grant-op-no-context: \`Sign\` is for keys that take no encryption context; a grant for such a key cannot have \`EncryptionContextEquals\`; remove the operation or the constraint
      "Constraints": { "EncryptionContextEquals": { "order": "42" } }
    }`,
  );
});

test('reports a constraint that restricts nothing', () => {
  check(
    'a.kms-grant.json',
    `{
      "GranteePrincipal": "arn:aws:iam::111122223333:role/Orders",
      "Operations": ["DescribeKey", "RetireGrant"],
      "Constraints": { "EncryptionContextSubset": { "order": "42" } }
      //               ^^^^^^^^^^^^^^^^^^^^^^^^^ grant-op-no-context: no operation of the grant has an encryption context; the constraint restricts nothing; remove it, or allow an operation such as \`Decrypt\`
    }`,
  );
});

describe('leaves alone', () => {
  const having = grantOperations.filter(({ contextConstraint }) =>
    ['request', 'child-grant'].includes(contextConstraint),
  );
  test.each(having)('DescribeKey beside $name', ({ name }) => {
    expect(ruleIds('a.kms-grant.json', grant(['DescribeKey', name], subset))).toEqual([]);
  });

  test.each([
    ['grants without such a constraint', grant(['Sign', 'DescribeKey'])],
    ['what is filled in later', grant(['DescribeKey', '${Operation}'], subset)],
    ['no operation yet', grant([], subset)],
    ['a constraint on the resource', grant(['DescribeKey'], { SourceArn: 'arn:aws:s3:::orders' })],
  ])('%s', (_, text) => {
    expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
  });
});
