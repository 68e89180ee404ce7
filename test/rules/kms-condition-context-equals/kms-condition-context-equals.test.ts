import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = (condition: string, effect = 'Allow'): string =>
  policyOf(`
    {
      "Effect": "${effect}",
      "Principal": { "AWS": "111122223333" },
      "Action": "kms:Decrypt",
      "Resource": "*",
      "Condition": {
${condition}
      }
    }
  `);

const only = (block: string): string[] => fixTitles('a.key-policy.json', statement(block));

describe('reports', () => {
  test('the constraint as a key: the `Allow` never applies', () => {
    const text = statement(`
        "StringEquals": { "kms:EncryptionContextEquals": { "Stage": "prod" } }
        //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals: \`kms:EncryptionContextEquals\` is a constraint of grants and no condition key; it is never in a request, so the statement never applies; test each pair with \`kms:EncryptionContext:\` and its key
    `);
    check('a.key-policy.json', text);
  });

  test('in a `Deny`, which does not bite', () => {
    const text = statement(
      `
        "StringEquals": { "KMS:encryptioncontextsubset": "prod" }
        //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals: it is never in a request, so the \`Deny\` never applies
    `,
      'Deny',
    );
    check('a.key-policy.json', text);
  });

  test.each(['StringNotEquals', 'StringEqualsIfExists', 'ForAllValues:StringEquals', 'StringNotLike', 'ArnNotEquals'])(
    'under %s, which holds without the key',
    (operator) => {
      const text = statement(`
        "Bool": {}, "${operator}": {
          "kms:EncryptionContextEquals": "prod" }
        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals: it is never in a request, so the condition restricts nothing
    `);
      check('a.key-policy.json', text);
    },
  );

  test('under Null, whose value decides', () => {
    const text = statement(`
        "Null": { "kms:EncryptionContextEquals": "true", "kms:EncryptionContextSubset": false }
        //        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals: so the condition restricts nothing
        //                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals: so the statement never applies
    `);
    check('a.key-policy.json', text);
  });

  test('with the key of a pair behind it', () => {
    const text = statement(`
        "StringEquals": { "kms:EncryptionContextEquals:Stage": "prod", "kms:EncryptionContextSubset/Größe": "L" }
        //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals: \`kms:EncryptionContextEquals:Stage\` is a constraint
        //                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals
    `);
    check('a.key-policy.json', text);
  });

  test.each(['a.iam-policy.json', 'a.scp.json'])('in a lone statement of %s', (file) => {
    check(
      file,
      `
      {
        "Version": "2012-10-17",
        "Statement": {
          "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
          "Condition": { "StringEquals": { "kms:EncryptionContextSubset": { "Stage": "prod" } } }
          //                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals
        }
      }`,
    );
  });

  test.each(['a.rcp.json', 'a.vpce-policy.json'])('in %s, beside broken JSON', (file) => {
    const text = policyOf(`
    { "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*"
    //                                                                      | json-syntax
      "Condition": { "StringEquals": { "kms:EncryptionContextSubset": "x" } } }
      //                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals
  `);
    check(file, text);
  });
});

describe('leaves alone', () => {
  test.each([
    '"StringEquals": { "kms:EncryptionContext:EncryptionContextEquals": "x" }',
    '"StringEquals": { "kms:EncryptionContext:Stage": "prod" }',
    '"ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["Stage"] }',
    '"StringEquals": { "kms:GrantConstraintType": "EncryptionContextEquals" }',
    '"ForAnyValue:StringEquals": { "kms:GrantConstraintType": ["EncryptionContextSubset"] }',
    '"StringEquals": { "${Key}": "x" }',
    '"StringEquals": { "kms:EncryptionContextEqualsOr": "x" }',
    '"StringEquals": { "s3:EncryptionContextEquals": "x" }',
  ])('%s', (block) => {
    expect(ruleIds('a.key-policy.json', statement(block))).toEqual([]);
  });

  test('grants, where the constraints belong', () => {
    const text = '{ "Operations": ["Decrypt"], "Constraints": { "EncryptionContextEquals": { "Stage": "prod" } } }';
    expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
  });
});

describe('fixes', () => {
  const conditionWith = (block: string, title: string): unknown =>
    JSON.parse(fixed('a.key-policy.json', statement(block), title)).Statement[0].Condition;

  test('Subset becomes a condition for each pair', () => {
    const mended = conditionWith(
      `
        "StringEquals": { "kms:EncryptionContextSubset": { "Stage": "prod", "für": "ü" } }
        //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals
    `,
      'change to `kms:EncryptionContext:…` for each pair',
    );
    expect(mended).toEqual({
      StringEquals: { 'kms:EncryptionContext:Stage': 'prod', 'kms:EncryptionContext:für': 'ü' },
    });
  });

  test('Equals becomes the pairs and no other', () => {
    const block = `
        "StringEquals": { "kms:EncryptionContextEquals": { "Stage": "prod" }, "kms:CallerAccount": "111122223333" }
        //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-equals
    `;
    expect(conditionWith(block, 'change to `kms:EncryptionContext:Stage`, and allow no other pair')).toEqual({
      StringEquals: { 'kms:EncryptionContext:Stage': 'prod', 'kms:CallerAccount': '111122223333' },
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['Stage'] },
    });
    expect(conditionWith(block, 'change to `kms:EncryptionContext:Stage`')).toEqual({
      StringEquals: { 'kms:EncryptionContext:Stage': 'prod', 'kms:CallerAccount': '111122223333' },
    });
  });

  test('which of them are safe', () => {
    expect(only('"StringEquals": { "kms:EncryptionContextEquals": { "a": "b" } }')).toEqual([
      'change to `kms:EncryptionContext:a`, and allow no other pair (safe)',
      'change to `kms:EncryptionContext:a`',
    ]);
    expect(only('"StringEquals": { "kms:EncryptionContextSubset": { "a": "b" } }')).toEqual([
      'change to `kms:EncryptionContext:a` (safe)',
    ]);
    expect(only('"StringNotEquals": { "kms:EncryptionContextSubset": { "a": "b" } }')).toEqual([
      'change to `kms:EncryptionContext:a`',
    ]);
    expect(only('"StringEquals": { "kms:EncryptionContextSubset:a": "b" }')).toEqual([
      'change to `kms:EncryptionContext:a` (safe)',
    ]);
    expect(only('"StringEquals": { "kms:EncryptionContextEquals:a": "b" }')).toEqual([
      'change to `kms:EncryptionContext:a`',
    ]);
  });

  test.each(['"b"', '["b", "c"]', '{}', '{ "a": 1 }', '{ "": "b" }'])(
    'are a choice of keys for the value %s',
    (value) => {
      expect(only(`"StringEquals": { "kms:EncryptionContextSubset": ${value} }`)).toEqual([
        'change to `kms:EncryptionContext:<key>`',
        'change to `kms:EncryptionContextKeys`',
      ]);
    },
  );

  test('there is none where the name is taken', () => {
    expect(
      only('"StringEquals": { "kms:EncryptionContextSubset": { "a": "b" }, "kms:EncryptionContext:a": "c" }'),
    ).toEqual([]);
    expect(only('"StringEquals": { "kms:EncryptionContextSubset:a": "b", "kms:EncryptionContext:a": "c" }')).toEqual(
      [],
    );
  });
});
