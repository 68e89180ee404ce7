import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check, ruleIds } from '../harness.ts';

test('reports variables', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "\${aws:PrincipalTag/ip}"] },
//                                                        ^^^^^^^^^^^^^^^^^^^^^^^^ cond-variable-with-operator: \`\${aws:PrincipalTag/ip}\` is not replaced under \`IpAddress\`; policy variables work with operators for texts and ARNs alone; write the value itself
        "NumericLessThanIfExists": { "aws:MultiFactorAuthAge": "\${aws:PrincipalTag/age, '3'}" },
//                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-variable-with-operator
        "DateLessThan": { "aws:CurrentTime": "\${aws:TokenIssueTime}" },
//                                           ^^^^^^^^^^^^^^^^^^^^^^^ cond-variable-with-operator
        "Null": { "aws:SourceIp": "\${aws:PrincipalTag/x}" }
//                                ^^^^^^^^^^^^^^^^^^^^^^^ cond-variable-with-operator
      `),
  );
});

test.each([
  '"StringEquals": { "aws:PrincipalTag/a": "${aws:PrincipalTag/b}" }',
  '"ArnLike": { "aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:role/a" }',
  '"Bool": { "aws:SecureTransport": "${aws:PrincipalTag/b}" }',
  '"IpAddress": { "aws:SourceIp": "${OfficeRange}" }',
  '"IpAddress": { "aws:SourceIp": "${aws:SourceIp}${var.mask}" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('leaves policies of old versions alone, which have no variables', () => {
  const text = withCondition('"IpAddress": { "aws:SourceIp": "${aws:SourceIp}" }').replace('2012-10-17', '2008-10-17');
  expect(ruleIds('a.key-policy.json', text)).toEqual([]);
});
