import { expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { check, findings, policyOf, ruleIds } from '../harness.ts';

test('reports what is empty, and what comes of it', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    {
      "Effect": "Allow",
      "Principal": { "AWS": [], "Service": "sns.amazonaws.com" },
      //                    ^^ empty-array: \`AWS\` is empty; it names nobody
      "Action": [],
      //        ^^ empty-array: \`Action\` is empty; the statement speaks of nothing
      "Resource": [],
      //          ^^ empty-array: \`Resource\` is empty
      "Condition": { "StringEquals": {}, "StringLike": { "a:b": [] }, "StringNotLike": { "a:b": [] } }
      //                             ^^ empty-array: \`StringEquals\` is empty; it restricts nothing
      //                                                        ^^ empty-array: \`a:b\` is compared with nothing; so it never holds
      //                                                                                        ^^ empty-array: so it always holds
    },
    { "Effect": "Deny", "Principal": {}, "Action": "kms:*", "Resource": "*", "Condition": {} }
    //                               ^^ empty-array: \`Principal\` is empty
    //                                                                                    ^^ empty-array: \`Condition\` is empty; it restricts nothing
  `),
  );
});

test('warns where a statement is dead and only informs where nothing is lost', () => {
  const text = policyOf('{ "Effect": "Deny", "Principal": "*", "Action": [], "Resource": "*", "Condition": {} }');
  const found = findings(new SourceDocument({ uri: 'a.key-policy.json', text })).filter(
    ({ rule }) => rule.id === 'empty-array',
  );
  expect(found.map(({ severity }) => severity)).toEqual(['warning', 'information']);
});

test('leaves alone what has something in it, and the list of statements', () => {
  const text = policyOf('{ "Effect": "Deny", "Principal": "*", "Action": [""], "Resource": "*" }');
  expect(ruleIds('a.key-policy.json', text)).toEqual([]);
  expect(ruleIds('a.key-policy.json', '{ "Statement": [] }')).toEqual([]);
});
