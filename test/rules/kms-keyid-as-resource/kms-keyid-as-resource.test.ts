import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const marked = policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": ["1234abcd-12ab-34cd-56ef-1234567890ab", "alias/app"] }
    //                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-keyid-as-resource: is no ARN; policies name keys by their ARNs
    //                                                                                                 ^^^^^^^^^^^ kms-keyid-as-resource
    `);

test('reports ids and aliases', () => {
  check('a.iam-policy.json', marked);
  expect(fixed('a.iam-policy.json', marked, 'write the ARN of the key')).toContain(
    '"arn:aws:kms:region:<account-id>:key/1234abcd-12ab-34cd-56ef-1234567890ab"',
  );
});

test.each(['mrk-1234abcd12ab34cd56ef1234567890ab', 'key/1234abcd-12ab-34cd-56ef-1234567890ab', 'alias/aws/s3'])(
  'reports %s',
  (id) => {
    const text = policyOf(`{ "Effect": "Deny", "Action": "kms:Decrypt", "Resource": "${id}" }`);
    expect(ruleIds('a.iam-policy.json', text)).toEqual(['kms-keyid-as-resource']);
  },
);

test('in a key policy everything is the key', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:Decrypt", "Resource": "alias/app" }
    //                                                                                                ^^^^^^^^^^^ kms-keyid-as-resource: write \`"*"\`
    `);
  const mended = fixed('a.key-policy.json', text, 'change to `*`');
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
});

test.each(['*', 'arn:aws:kms:*:111122223333:key/*', '${KeyId}', 'alias/${Name}', 'alias', '1234abcd'])(
  'leaves %s alone',
  (id) => {
    const text = policyOf(`{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "${id}" }`);
    expect(ruleIds('a.iam-policy.json', text)).toEqual([]);
  },
);
