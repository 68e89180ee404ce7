import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

describe('reports', () => {
  test('the key without a pair, alone and with a colon', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringEquals": { "kms:EncryptionContext": { "stage": "prod" }, "KMS:encryptioncontext:": "x" }
        //                ^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-bare: \`kms:EncryptionContext\` does not say which pair of the encryption context it tests; no request has such a key, so the statement never applies; write \`kms:EncryptionContext:\` and the key of the pair
        //                                                              ^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-bare
      `),
    );
  });

  test('a slash in place of the colon', () => {
    check(
      'a.scp.json',
      withCondition(
        `
        "StringNotEquals": { "kms:EncryptionContext/stage": "prod" }
        //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-condition-context-bare: \`kms:EncryptionContext/stage\` has \`/\` where \`:\` belongs; no request has such a key, so the condition restricts nothing
      `,
        { effect: 'Deny' },
      ),
    );
  });
});

describe('leaves alone', () => {
  test.each([
    '"StringEquals": { "kms:EncryptionContext:stage": "prod" }',
    '"StringEquals": { "kms:EncryptionContext:a/b": "prod" }',
    '"ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "stage" }',
    '"StringEquals": { "kms:EncryptionContext{{ rest }}": "prod" }',
    '"StringEquals": { "s3:EncryptionContext": "prod" }',
    '"StringEquals": { "aws:PrincipalTag": "prod" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  test('put the colon in', () => {
    const members = '"StringEquals": { "kms:EncryptionContext/a:b": "x" }';
    expect(titles(members)).toContain('change to `kms:EncryptionContext:a:b` (safe)');
    expect(mended(members, 'change to `kms:EncryptionContext:a:b`')).toEqual({
      StringEquals: { 'kms:EncryptionContext:a:b': 'x' },
    });
  });

  test('make a condition of each pair', () => {
    expect(
      mended(
        '"StringEquals": { "kms:EncryptionContext": { "a": "b", "c": "d" } }',
        'change to `kms:EncryptionContext:…` for each pair',
      ),
    ).toEqual({ StringEquals: { 'kms:EncryptionContext:a': 'b', 'kms:EncryptionContext:c': 'd' } });
  });

  test('leave the key to the user where there is a value alone', () => {
    expect(mended('"StringEquals": { "kms:EncryptionContext": "b" }', 'add the key of the pair')).toEqual({
      StringEquals: { 'kms:EncryptionContext:key': 'b' },
    });
  });

  test('are none where the name is taken', () => {
    expect(titles('"StringEquals": { "kms:EncryptionContext/a": "x", "kms:EncryptionContext:A": "y" }')).toEqual([]);
    expect(titles('"StringEquals": { "kms:EncryptionContext": { "a": "b" }, "kms:EncryptionContext:a": "y" }')).toEqual(
      [],
    );
  });
});
