import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

const STATEMENT = '{ "Effect": "Allow", "Action": "kms:*", "Resource": "*" }';

describe('reports', () => {
  test('a policy without one', () => {
    check(
      'a.iam-policy.json',
      `
      {
    //^ version-missing: policy has no \`Version\`; AWS reads it as 2008-10-17, in which policy variables are plain text; add \`"Version": "2012-10-17"\`
        "Statement": [${STATEMENT}]
      }`,
    );
  });

  test('nothing beside a variable that has no effect: another rule speaks of that', () => {
    check(
      'a.iam-policy.json',
      `
      {
    //^ variable-unsupported-in-version: \`\${aws:username}\` is plain text
        "Statement": [${STATEMENT}, {
          "Effect": "Allow", "Action": "kms:*",
          "Resource": ["arn:aws:kms:*:111122223333:key/\${aws:username}", "\${aws:userid}"]
        }]
      }`,
    );
  });

  test.each(['a.scp.json', 'policy.json'])('a policy of %s with a lone statement', (file) => {
    check(
      file,
      `
      { "Statement": ${STATEMENT} }
    //^ version-missing
`,
    );
  });

  test.each(['a.key-policy.json', 'a.rcp.json', 'a.vpce-policy.json'])('a policy of %s', (file) => {
    check(
      file,
      `
      { "Statement": { "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" } }
    //^ version-missing
`,
    );
  });

  test('a policy inside the output of get-key-policy', () => {
    const text = String.raw`
      {
        "PolicyName": "default",
        "Policy": "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}}"
        //         ^ version-missing
      }`;
    check('answer.json', text);
    const mended = fixed('answer.json', text, 'add `"Version": "2012-10-17"`');
    expect(JSON.parse(JSON.parse(mended).Policy).Version).toBe('2012-10-17');
  });
});

describe('leaves alone', () => {
  test.each([
    '"Version": "2012-10-17"',
    '"Version": "2008-10-17"',
    '"Version": "${version}"',
    '"Version": 2012',
    '"version": "2012-10-17"',
    '"Fn::Transform": {}',
    '"${Version}": 1',
    '"Version"',
  ])('%s', (member) => {
    expect(ruleIds('a.iam-policy.json', `{ ${member}, "Statement": [${STATEMENT}] }`)).not.toContain('version-missing');
  });

  test('grants, scenarios and texts that are none of ours', () => {
    expect(ruleIds('a.kms-grant.json', '{ "Operations": [] }')).toEqual([]);
    expect(ruleIds('a.kms-scenario.json', '{}')).toEqual([]);
    expect(
      ruleIds('policy.json', '{ "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] }'),
    ).toEqual([]);
  });
});

describe('fixes', () => {
  test('put it first', () => {
    const text = `/* key */ {
//        ^ version-missing
  "Id": "key-default-1",
  "Statement": []
}
`;
    expect(fixed('a.key-policy.json', text, 'add `"Version": "2012-10-17"`', { languageId: 'jsonc' })).toBe(`/* key */ {
  "Version": "2012-10-17",
  "Id": "key-default-1",
  "Statement": []
}
`);
  });

  test('fill an empty policy', () => {
    const mended = fixed(
      'a.key-policy.json',
      `
      {}
    //^ statement-missing
    //^ version-missing
`,
      'add `"Version": "2012-10-17"`',
    );
    expect(JSON.parse(mended)).toEqual({ Version: '2012-10-17' });
  });

  test.each([
    ['kms:*', 'version-missing', 'add `"Version": "2012-10-17"` (safe)'],
    ['kms:${aws:username}', 'variable-unsupported-in-version', 'add `"Version": "2012-10-17"`'],
    ['${Token[TOKEN.1]}', 'version-missing', 'add `"Version": "2012-10-17"`'],
  ])('are applied in bulk where no variable begins to work: %s', (value, about, title) => {
    const text = `{ "Statement": { "Effect": "Allow", "Action": "kms:*", "Resource": "${value}" } }`;
    expect(fixTitles('a.iam-policy.json', text, { about })).toEqual([title]);
  });
});
