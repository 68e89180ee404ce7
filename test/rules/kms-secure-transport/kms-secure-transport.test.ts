import { expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { applyFix } from '../../../server/rules/fixes.ts';
import { fixesOf } from '../../../server/rules/rule.ts';
import { found, titles, withCondition } from '../conditions.ts';
import { check, findings, policyOf } from '../harness.ts';

const deny = { effect: 'Deny', principal: '"*"' };
const INSECURE = '"Bool": { "aws:SecureTransport": "false" }';

test('reports a `Deny` of requests without TLS', () => {
  check(
    'a.key-policy.json',
    withCondition(
      `
        "Bool": { "aws:SecureTransport": false }
        //        ^^^^^^^^^^^^^^^^^^^^^ kms-secure-transport: AWS KMS gets no request without TLS; its endpoints take nothing else, so the \`Deny\` never applies; remove the statement, or keep it for a reader who asks for it
      `,
      deny,
    ),
  );
});

test('leaves alone what does something', () => {
  expect(found('"Bool": { "aws:SecureTransport": "true" }', deny)).toEqual([]);
  expect(found('"Bool": { "aws:MultiFactorAuthPresent": "false" }', deny)).toEqual([]);
  expect(found(INSECURE)).toEqual([]);
});

test.each(['a.rcp.json', 'a.vpce-policy.json', 'a.iam-policy.json'])('leaves alone %s', (file) => {
  expect(found(INSECURE, { ...deny, file })).toEqual([]);
});

test('the fix removes the statement where another stays', () => {
  expect(titles(INSECURE, deny)).toEqual([]);
  const use = '{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" }';
  const rest = '"Principal": "*", "Action": "kms:*", "Resource": "*"';
  const text = policyOf(`\n    ${use},\n    { "Effect": "Deny", ${rest}, "Condition": { ${INSECURE} } }\n  `);
  const document = new SourceDocument({ uri: 'a.key-policy.json', text });
  const finding = findings(document).find(({ rule }) => rule.id === 'kms-secure-transport')?.finding;
  const fix = fixesOf(finding)[0];
  expect(fix?.title).toBe('remove the statement');
  expect(JSON.parse((fix && applyFix(document, fix)) ?? '').Statement).toEqual([JSON.parse(use)]);
});
