import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { found, withCondition } from '../conditions.ts';
import { check, findings } from '../harness.ts';

const requestTag = '"StringEquals": { "aws:RequestTag/team": "orders" }';

describe('reports', () => {
  test('an `Allow` that never applies, as an error', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringEquals": { "aws:RequestTag/team": "orders" }
//                        ^^^^^^^^^^^^^^^^^^^^^ cond-unsupported-by-action: no action of the statement has \`aws:RequestTag/team\` in its requests; the statement never applies; remove the condition, or name actions that have the key
      `),
    );
    expect(severity('"kms:Decrypt"', 'Allow')).toBe('error');
  });

  test('an `Allow` that applies to some actions only', () => {
    check(
      'a.iam-policy.json',
      withCondition(
        `
        "ForAnyValue:StringEquals": { "aws:TagKeys": "team" }
//                                    ^^^^^^^^^^^^^ cond-unsupported-by-action: requests for \`kms:Decrypt\`, \`kms:Encrypt\`, \`kms:Sign\` and 1 more never have \`aws:TagKeys\`; the statement does not allow them; put those actions into a statement of their own
      `,
        { action: '["kms:Decrypt", "kms:Encrypt", "kms:Sign", "kms:Verify", "kms:TagResource", "s3:PutObject"]' },
      ),
    );
    expect(severity('["kms:Decrypt", "kms:TagResource"]', 'Allow')).toBe('warning');
  });

  test('a `Deny` with a hole', () => {
    check(
      'a.scp.json',
      withCondition(
        `
        "StringEquals": { "aws:RequestTag/team": "orders" }
//                        ^^^^^^^^^^^^^^^^^^^^^ cond-unsupported-by-action: the \`Deny\` does not apply to them
      `,
        { effect: 'Deny', action: '["kms:Decrypt", "kms:CreateKey"]' },
      ),
    );
    expect(severity('"kms:Decrypt"', 'Deny')).toBe('warning');
  });

  test('tags of a resource for actions that have none, in identity policies', () => {
    const around = { file: 'a.iam-policy.json', action: '["kms:ListKeys", "kms:Decrypt"]' };
    expect(found('"StringEquals": { "aws:ResourceTag/team": "x" }', around)).toEqual(['cond-unsupported-by-action']);
    expect(found('"StringEquals": { "aws:ResourceTag/team": "x" }', { action: '"kms:ListKeys"' })).toEqual([]);
  });

  function severity(action: string, effect: string): string | undefined {
    const text = withCondition(requestTag, { action, effect });
    const all = findings(new SourceDocument({ uri: 'a.key-policy.json', text }));
    return all.find(({ rule }) => rule.id === 'cond-unsupported-by-action')?.severity;
  }
});

describe('leaves alone', () => {
  test.each([
    '"kms:*"',
    '["kms:CreateKey", "kms:TagResource"]',
    '"kms:Tag*"',
    '["kms:Tag*", "s3:*"]',
    '"*"',
    '"${Action}"',
  ])('the actions %s', (action) => {
    expect(found(requestTag, { action })).toEqual([]);
  });

  test.each([
    '"StringNotEquals": { "aws:RequestTag/team": "x" }',
    '"StringEqualsIfExists": { "aws:RequestTag/team": "x" }',
    '"ForAllValues:StringEquals": { "aws:TagKeys": "x" }',
    '"Null": { "aws:RequestTag/team": "false" }',
    '"StringEquals": { "aws:PrincipalTag/team": "x" }',
    '"StringEquals": { "kms:SigningAlgorithm": "x" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});
