import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = (action: string): string =>
  policyOf(`
    {
      "Effect": "Allow",
${action}
      "Resource": "*"
    }
  `);

describe('reports', () => {
  test('the operation as an action', () => {
    const text = statement(`
      "Action": "kms:ReEncrypt",
      //             ^^^^^^^^^ kms-reencrypt-action: \`kms:ReEncrypt\` is an API operation and no permission; the entry has no effect: ReEncrypt asks for \`kms:ReEncryptFrom\` on one key and \`kms:ReEncryptTo\` on the other; write \`kms:ReEncrypt*\` for both, or name the one that is needed
    `);
    check('a.iam-policy.json', text);
  });

  test('in any case, in lists and in `NotAction`', () => {
    const text = statement(`
      "NotAction": ["kms:Decrypt", "KMS:reencrypt", "kms:ReEncrypt"],
      //                                ^^^^^^^^^ kms-reencrypt-action
      //                                                 ^^^^^^^^^ kms-reencrypt-action
    `);
    check('a.scp.json', text);
  });

  test.each(['a.key-policy.json', 'a.rcp.json', 'a.vpce-policy.json'])('in a lone statement of %s', (file) => {
    check(
      file,
      `
      {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Deny", "Principal": "*", "Action": "kms:ReEncrypt", "Resource": "*" }
        //                                                                ^^^^^^^^^ kms-reencrypt-action
      }`,
    );
  });

  test('beside broken JSON', () => {
    const text = statement(`
      "Sid": "für alle", "Action": ["kms:ReEncrypt" "kms:Decrypt"],
      //                                 ^^^^^^^^^ kms-reencrypt-action
      //                                           | json-syntax
    `);
    check('a.iam-policy.json', text);
  });
});

describe('leaves alone', () => {
  test.each([
    'kms:ReEncrypt*',
    'kms:ReEncryptFrom',
    'kms:reencryptto',
    'kms:ReEncrypt?o',
    's3:ReEncrypt',
    'kms:${ReEncrypt}',
    'kms:<ReEncrypt>',
  ])('%s', (action) => {
    expect(ruleIds('a.iam-policy.json', statement(`"Action": "${action}",`))).not.toContain('kms-reencrypt-action');
  });

  test('grants, whose operations are another list', () => {
    expect(ruleIds('a.kms-grant.json', '{ "Operations": ["ReEncryptFrom", "kms:ReEncrypt"] }')).toEqual([]);
  });
});

describe('fixes', () => {
  const titles = (actions: readonly string[]): string[] =>
    fixTitles('a.iam-policy.json', statement(`"Action": ${JSON.stringify(actions)},`));

  test('both permissions without asking, one of them when asked', () => {
    const text = statement(`
      "Action": ["kms:Encrypt", "KMS:ReEncrypt"],
      //                             ^^^^^^^^^ kms-reencrypt-action
`);
    expect(fixTitles('a.iam-policy.json', text)).toEqual([
      'change to `kms:ReEncrypt*` (safe)',
      'change to `kms:ReEncryptFrom`',
      'change to `kms:ReEncryptTo`',
    ]);
    expect(fixed('a.iam-policy.json', text, 'change to `kms:ReEncrypt*`')).toBe(
      statement(`
      "Action": ["kms:Encrypt", "KMS:ReEncrypt*"],
`),
    );
  });

  test('the entry goes where others cover it', () => {
    const remove = ['remove it, since other entries cover both (safe)'];
    expect(titles(['kms:ReEncrypt', 'kms:ReEncrypt*'])).toEqual(remove);
    expect(titles(['kms:*', 'kms:ReEncrypt'])).toEqual(remove);
    expect(titles(['kms:ReEncryptFrom', 'kms:ReEncrypt', 'kms:reencryptto'])).toEqual(remove);
    expect(titles(['kms:ReEncryptFrom', 'kms:ReEncrypt'])).not.toEqual(remove);
    const text = statement(`
      "Action": ["kms:ReEncryptFrom", "kms:ReEncrypt", "kms:ReEncryptTo"],
      //                                   ^^^^^^^^^ kms-reencrypt-action
`);
    const mended = JSON.parse(fixed('a.iam-policy.json', text, 'remove it, since other entries cover both'));
    expect(mended.Statement[0].Action).toEqual(['kms:ReEncryptFrom', 'kms:ReEncryptTo']);
  });

  test('stay between the escapes in the output of get-key-policy', () => {
    const text = String.raw`
      {
        "Policy": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:ReEncrypt\",\"Resource\":\"*\"}}"
        //                                                                                                                                   ^^^^^^^^^ kms-reencrypt-action
      }`;
    expect(fixed('answer.json', text, 'change to `kms:ReEncryptFrom`')).toContain(String.raw`:\"kms:ReEncryptFrom\",`);
  });
});
