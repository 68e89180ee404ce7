import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { check, findings, fixed, policyOf, ruleIds } from '../harness.ts';

const allow = (principal: string, action: string, more = ''): string =>
  `{ "Effect": "Allow", "Principal": ${principal}, "Action": ${action}, "Resource": "*"${more} }`;
const ROLE = '{ "AWS": "arn:aws:iam::111122223333:role/Orders" }';
const USE = allow(ROLE, '"kms:Decrypt"');

const marked = (statements: string): string => `
      { "Version": "2012-10-17",
        "Statement": [${statements}] }
      //^^^^^^^^^^^ kms-lockout-no-putkeypolicy: nobody is allowed \`kms:PutKeyPolicy\`; no one could ever change the policy again, and KMS rejects it unless told to skip its safety check; allow \`kms:*\` to the account, or
`;

describe('reports', () => {
  test('a policy for use alone', () => {
    check('a.key-policy.json', marked(USE));
  });

  test.each([
    ['only services', allow('{ "Service": "logs.us-east-1.amazonaws.com" }', '"kms:*"')],
    ['the account without it', allow('{ "AWS": "111122223333" }', '["kms:Describe*", "kms:Put*Alias"]')],
    ['all but it', allow(ROLE, '"kms:PutKeyPolicy"').replace('"Action"', '"NotAction"')],
    ['a Deny alone', '{ "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }'],
  ])('%s', (_, statement) => {
    expect(ruleIds('a.key-policy.json', policyOf(statement))).toEqual(['kms-lockout-no-putkeypolicy']);
  });

  test('as an error only where the document is known to be all of a key policy', () => {
    const severity = (init: { uri: string; configured?: 'key-policy' }): (string | undefined)[] =>
      findings(new SourceDocument({ ...init, text: policyOf(USE) })).map((each) => each.severity);
    expect(severity({ uri: 'a.key-policy.json' })).toContain('error');
    expect(severity({ uri: 'policy.json', configured: 'key-policy' })).toContain('error');
    expect(severity({ uri: 'policy.json' })).toEqual(['information']);
  });

  test('principals of another account, where the account of the key is known', () => {
    const text = policyOf(`${allow('{ "AWS": "arn:aws:iam::444455556666:role/A" }', '"kms:PutKeyPolicy"')}`);
    const found = (account: string): string[] => ruleIds('a.key-policy.json', text, { facts: { account } });
    expect(found('111122223333')).toEqual(['kms-lockout-no-putkeypolicy']);
    expect(found('444455556666')).toEqual([]);
  });
});

describe('leaves alone', () => {
  test.each([
    ['the account', allow('{ "AWS": "arn:aws:iam::111122223333:root" }', '"kms:*"')],
    ['its number', allow('{ "AWS": "111122223333" }', '"kms:Put*"')],
    ['everyone of the account', allow('"*"', '"*"', ', "Condition": { "StringEquals": { "kms:CallerAccount": "1" } }')],
    ['a role', allow(ROLE, '["kms:Decrypt", "KMS:putkeypolicy"]')],
    ['NotAction', allow(ROLE, '"kms:Decrypt"').replace('"Action"', '"NotAction"')],
    ['NotPrincipal', allow(ROLE, '"kms:*"').replace('"Principal"', '"NotPrincipal"')],
    ['a placeholder', allow('{ "AWS": "${Admin}" }', '"kms:*"')],
    ['an action that is yet to be filled in', allow(ROLE, '["kms:Decrypt", "${Actions}"]')],
    ['a deleted principal', allow('{ "AWS": "AROAEXAMPLEID12345" }', '"kms:*"')],
    ['no statement', ''],
    ['a statement from a template', `${USE}, { "Fn::If": ["Prod", {}, {}] }`],
    ['a misspelt element', `${USE}, { "Effect": "Allow", "Principal": ${ROLE}, "Actions": "kms:*", "Resource": "*" }`],
    ['a misspelt effect', `${USE}, { "Effect": "allow", "Principal": ${ROLE}, "Action": "kms:*", "Resource": "*" }`],
    ['another resource', `${USE}, ${allow(ROLE, '"kms:*"').replace('"*" }', '"${Key}" }')}`],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
  });

  test('the policy of an AWS managed key', () => {
    const text = `{ "Version": "2012-10-17", "Id": "auto-s3-2", "Statement": [${USE}] }`;
    expect(ruleIds('a.key-policy.json', text)).toEqual([]);
  });

  test('what may be another kind of policy', () => {
    expect(ruleIds('policy.json', policyOf(allow('"*"', '"kms:Decrypt"')))).toEqual([]);
  });
});

describe('the fix', () => {
  test('adds the default statement for the account of the policy', () => {
    const mended = fixed('a.key-policy.json', marked(USE), 'let the account manage the key');
    expect(JSON.parse(mended).Statement.at(-1).Principal).toEqual({ AWS: 'arn:aws:iam::111122223333:root' });
    expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
  });
});
