import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { applyFix } from '../../../server/rules/fixes.ts';
import { fixesOf } from '../../../server/rules/rule.ts';
import { found, titles, withCondition } from '../conditions.ts';
import { check, findings } from '../harness.ts';

const CONTEXT = '"StringEquals": { "kms:EncryptionContext:stage": "prod" }';

describe('reports', () => {
  test('an action that an `Allow` never lets through', () => {
    check(
      'a.key-policy.json',
      withCondition(
        `
        "StringEquals": { "kms:EncryptionContext:stage": "prod" }
        //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-context-on-noncontext-action: requests for \`kms:DescribeKey\`, \`kms:Sign\` never have \`kms:EncryptionContext:stage\`; so the statement does not allow them; put the others into a statement of their own
      `,
        { action: '["kms:Decrypt", "kms:DescribeKey", "kms:Sign"]' },
      ),
    );
  });

  test('a statement that never applies', () => {
    check(
      'a.iam-policy.json',
      withCondition(
        `
        "ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "stage" }
        //                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-context-on-noncontext-action: requests for \`kms:List*\` never have \`kms:EncryptionContextKeys\`; so the statement never applies; remove the condition
      `,
        { action: '"kms:List*"' },
      ),
    );
  });

  test.each([
    ['"StringEquals": { "kms:EncryptionContext:a": "b" }', 'so the `Deny` does not apply to them'],
    ['"StringNotEquals": { "kms:EncryptionContext:a": "b" }', 'so the condition holds for all of them'],
    ['"Null": { "kms:EncryptionContext:a": "true" }', 'so the condition holds for all of them'],
  ])('as a warning in a `Deny` with %s', (members, consequence) => {
    const text = withCondition(members, { effect: 'Deny', action: '["kms:Decrypt", "kms:Verify"]' });
    const [only, ...others] = findings(new SourceDocument({ uri: 'a.scp.json', text })).filter(
      ({ rule }) => rule.id === 'kms-context-on-noncontext-action',
    );
    expect(others).toEqual([]);
    expect(only?.severity).toBe('warning');
    expect(only?.finding.why).toBe(consequence);
  });

  test('several conditions on the context once', () => {
    const members = '"StringEquals": { "kms:EncryptionContext:a": "b", "kms:EncryptionContext:c": "d" }';
    expect(found(members, { action: '["kms:Decrypt", "kms:Sign"]' })).toEqual(['kms-context-on-noncontext-action']);
  });
});

describe('leaves alone', () => {
  test.each([
    '"kms:*"',
    '"*"',
    '["kms:Decrypt", "kms:CreateGrant", "kms:RetireGrant"]',
    '["kms:Decrypt", "s3:GetObject"]',
    '["kms:Decrypt", "${Action}"]',
    '["kms:Decrypt", "kms:Encapsulate"]',
    '["kms:Decrypt", "kms:D*"]',
  ])('%s', (action) => {
    expect(found(CONTEXT, { action })).toEqual([]);
  });

  test.each([
    '"StringNotEquals": { "kms:EncryptionContext:a": "b" }',
    '"StringEqualsIfExists": { "kms:EncryptionContext:a": "b" }',
    '"Null": { "kms:EncryptionContext:a": "true" }',
    '"StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }',
  ])('%s in an `Allow`', (members) => {
    expect(found(members, { action: '["kms:Decrypt", "kms:DescribeKey"]' })).toEqual([]);
  });

  test('actions that no key policy can allow, of which another rule speaks', () => {
    const around = { action: '["kms:Decrypt", "kms:ListKeys"]' };
    expect(found(CONTEXT, around)).toEqual([]);
    expect(found(CONTEXT, { ...around, file: 'a.iam-policy.json' })).toEqual(['kms-context-on-noncontext-action']);
  });
});

describe('the fix', () => {
  test('moves the actions, without this condition and the name', () => {
    const members = `"StringEquals": { "kms:EncryptionContext:a": "b", "kms:CallerAccount": "111122223333" },
      "Null": { "kms:EncryptionContextKeys": "false" }`;
    const text = withCondition(members, { action: '["kms:Decrypt", "kms:DescribeKey"]' });
    const document = new SourceDocument({
      uri: 'a.key-policy.json',
      text: text.replace('{\n      "E', '{ "Sid": "a", "E'),
    });
    const fix = findings(document).flatMap(({ finding }) => fixesOf(finding))[0];
    expect(fix?.safe).toBe(false);
    const { Statement: statements } = JSON.parse((fix && applyFix(document, fix)) ?? '{}');
    expect(statements).toHaveLength(2);
    expect(statements[0].Action).toEqual(['kms:Decrypt']);
    expect(statements[0].Condition.Null).toEqual({ 'kms:EncryptionContextKeys': 'false' });
    expect(statements[1]).toEqual({
      Effect: 'Allow',
      Principal: { AWS: '111122223333' },
      Action: ['kms:DescribeKey'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': '111122223333' } },
    });
  });

  test('is not on offer where nothing would be left, and in a `Deny`', () => {
    expect(titles(CONTEXT, { action: '"kms:DescribeKey"' })).toEqual([]);
    expect(titles(CONTEXT, { action: '["kms:Decrypt", "kms:DescribeKey"]', effect: 'Deny' })).toEqual([]);
  });
});
