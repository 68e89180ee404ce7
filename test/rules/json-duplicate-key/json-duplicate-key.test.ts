import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { check, findings, policyOf, ruleIds } from '../harness.ts';

describe('reports', () => {
  test('the member that gets lost, with the one that counts', () => {
    const text = policyOf(`
    {
      "Effect": "Allow",
      "Principal": { "AWS": "111122223333" },
      "Action": "kms:Encrypt",
    //^^^^^^^^ json-duplicate-key: \`Action\` stands here more than once; the last one counts and this one is lost; merge them into one, or remove this one
      "Action": "kms:Decrypt",
      "Resource": "*"
    }
  `);
    check('a.key-policy.json', text);
    const document = new SourceDocument({ uri: 'a.key-policy.json', text: text.replace(/^ *\/\/.*\n/m, '') });
    const [finding] = findings(document);
    const [related] = finding?.finding.related ?? [];
    expect(related && document.rangeOf(related.place).start.line).toBe((finding?.range.start.line ?? 0) + 1);
  });

  test('all but the last of several', () => {
    const text = policyOf(`
    {
      "Effect": "Allow", "Effect": "Deny", "Effect": "Allow",
    //^^^^^^^^ json-duplicate-key
      //                 ^^^^^^^^ json-duplicate-key
      "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*"
    }
  `);
    check('a.key-policy.json', text);
  });

  test('the conditions that a second block throws away', () => {
    const text = policyOf(`
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "kms:*",
      "Resource": "*",
      "Condition": {
        "StringEquals": { "kms:CallerAccount": "111122223333" },
      //^^^^^^^^^^^^^^ json-duplicate-key
        "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }
      }
    }
  `);
    check('a.key-policy.json', text);
  });

  test('members of the policy, of principals, and names that are written with escapes', () => {
    check(
      'a.key-policy.json',
      `
      {
        "Id": "für",
      //^^^^ json-duplicate-key
        "\\u0049d": "Bücher",
        "Version": "2012-10-17",
        "Statement": {
          "Effect": "Allow",
          "Principal": { "AWS": "111122223333", "AWS": "444455556666" },
          //             ^^^^^ json-duplicate-key
          "Action": "kms:*",
          "Resource": "*"
        }
      }`,
    );
  });

  test.each(['a.iam-policy.json', 'a.scp.json'])('in %s', (file) => {
    const text = policyOf(`
    { "Effect": "Allow", "Resource": "*", "Action": "kms:*", "Resource": "*" }
    //                   ^^^^^^^^^^ json-duplicate-key
  `);
    check(file, text);
  });

  test('in grants and scenarios', () => {
    const text = `
      { "Operations": ["Decrypt"], "KeyId": "a", "KeyId": "b" }
      //                           ^^^^^^^ json-duplicate-key
`;
    check('a.kms-grant.json', text);
    check('a.kms-scenario.json', text);
  });

  test('inside the output of get-key-policy and around it', () => {
    const text = String.raw`
      {
        "PolicyName": "default",
      //^^^^^^^^^^^^ json-duplicate-key
        "Policy": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}}",
        //                                                    ^^^^^^^^^^ json-duplicate-key
        "PolicyName": "default"
      }`;
    check('answer.json', text);
  });

  test('a few of many', () => {
    const members = Array.from({ length: 1000 }, (_, index) => `"a${index % 40}": 1`).join();
    const ids = ruleIds('a.kms-grant.json', `{ ${members} }`);
    expect(ids.length).toBe(100);
  });

  test('next to broken JSON', () => {
    const text = policyOf(`
    { "Effect": "Deny", "Effect": "Allow", "Principal": "*" "Action": nix, "Resource": "*" }
    //^^^^^^^^ json-duplicate-key
    //                                                     | json-syntax
  `);
    check('a.iam-policy.json', text);
  });
});

describe('leaves alone', () => {
  test('names that differ by capitals, of which other rules speak', () => {
    const text = policyOf('{ "Effect": "Allow", "effect": "Deny", "Action": "kms:*", "Resource": "*" }');
    expect(ruleIds('a.iam-policy.json', text)).toEqual([]);
  });

  test('the same name in different objects', () => {
    const text = policyOf(`{ "Effect": "Allow", "Action": "kms:*", "Resource": "*",
      "Condition": { "StringEquals": { "kms:CallerAccount": "1" }, "StringLike": { "kms:CallerAccount": "1" } } }`);
    expect(ruleIds('a.iam-policy.json', text)).toEqual([]);
  });

  test('what stands inside a member that is lost anyway', () => {
    const text = policyOf(`
    {
      "Condition": { "Bool": 1, "Bool": 2 },
    //^^^^^^^^^^^ json-duplicate-key
      "Effect": "Allow", "Action": "kms:*", "Resource": "*",
      "Condition": { "Bool": { "kms:GrantIsForAWSResource": true } }
    }
  `);
    check('a.iam-policy.json', text);
  });

  test('documents that are none of ours', () => {
    expect(ruleIds('package.json', '{ "name": "a", "name": "b" }')).toEqual([]);
  });
});
