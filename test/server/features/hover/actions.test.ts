import { describe, expect, test } from 'vitest';
import { hover, pointedAt, rows, statement } from './harness.ts';

const KEY = 'orders.key-policy.json';
const action = (text: string): string => statement(`"Action": ["${text}"]`);

test('an action says what it does and what it needs', () => {
  expect(hover(KEY, action('kms:De$0crypt'))).toBe(`**\`kms:Decrypt\`** · action

Allows decrypting ciphertext, stored data keys included, under a key.

| | |
|:---|:---|
| Access level | Write |
| Resource | the key |
| Other accounts | yes, where the key policy and an IAM policy of the caller both allow it |
| By a grant | yes |
| Encryption context | yes, with symmetric encryption keys |
| Key usage | \`ENCRYPT_DECRYPT\` |
| Key states | works in Enabled and Updating |
| Request quota | 100,000 a second in \`us-east-1\` |
| Condition keys | \`aws:ResourceTag/…\`, \`kms:CallerAccount\`, \`kms:EncryptionAlgorithm\`, \`kms:EncryptionContext:…\`, \`kms:EncryptionContextKeys\`, \`kms:KeyOrigin\`, \`kms:KeySpec\`, \`kms:KeyUsage\`, \`kms:MultiRegion\`, \`kms:MultiRegionKeyType\`, \`kms:RecipientAttestation:…\`, \`kms:RequestAlias\`, \`kms:ResourceAliases\`, \`kms:ViaService\`, and the global ones |

[Decrypt in the KMS API Reference](https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html)`);
});

describe('the rows of an action tell actions apart', () => {
  test.each([
    ['kms:ScheduleKeyDeletion', 'Other accounts', 'no, whatever the policies say'],
    ['kms:ListRetirableGrants', 'Other accounts', 'only for principals of the own account'],
    ['kms:PutKeyPolicy', 'By a grant', 'no'],
    ['kms:Sign', 'Encryption context', 'no'],
    ['kms:Sign', 'Key usage', '`SIGN_VERIFY`'],
    ['kms:PutKeyPolicy', 'Access level', 'Permissions management, Write'],
    ['kms:ListKeys', 'Resource', 'none: `Resource` must be `"*"`, and no key policy can allow it'],
    ['kms:CreateAlias', 'Resource', 'the alias and the key'],
    ['kms:DescribeKey', 'Key states', 'works in every one'],
    ['kms:CreateGrant', 'Request quota', '50 a second in `us-east-1`'],
    ['kms:GenerateDataKeyPair', 'Request quota', '1 to 100, by key spec, a second in `us-east-1`'],
    ['kms:ListKeys', 'Condition keys', 'the global ones only'],
    ['KMS:decrypt', 'By a grant', 'yes'],
  ])('%s: %s is %s', (name, row, value) => {
    expect(rows(KEY, action(`${name}$0`))[row]).toBe(value);
  });

  test('the quota is that of the Region', () => {
    expect(rows(KEY, action('kms:Decrypt$0'), { region: 'eu-central-1' })['Request quota']).toContain('20,000');
  });
});

test('a permission that another operation asks for names it', () => {
  expect(hover(KEY, action('kms:ReEncrypt$0From'))).toContain('The operation `ReEncrypt` asks for it.');
});

describe('wildcards', () => {
  test('list what they cover by access level', () => {
    expect(hover(KEY, action('kms:*Grant$0s'))).toBe(
      '**`kms:*Grants`** · actions\n\nIt covers 2 actions of AWS KMS:\n\n- List: `ListGrants`, `ListRetirableGrants`',
    );
  });

  test.each([
    ['kms:DisableKe?', 'It covers 1 action of AWS KMS:'],
    ['kms:*', 'It covers all 58 actions of AWS KMS, and those that AWS will add.'],
    ['k*:Decrypt', 'It covers 1 action of AWS KMS:'],
    ['kms:Foo*', 'It covers no action of AWS KMS.'],
    ['*', 'Every action of every service. For a key that is every `kms:` action.'],
  ])('%s', (pattern, sentence) => {
    expect(hover(KEY, action(`$0${pattern}`))).toContain(sentence);
  });
});

test.each(['s3:GetObject', 'kms:Decypt', 'kms:${Action}', ''])('nothing is said of `%s`', (text) => {
  expect(hover(KEY, action(`$0${text}`))).toBeUndefined();
});

test('the hover is about the whole string, in NotAction and without a list too', () => {
  expect(pointedAt(KEY, statement('"NotAction": "kms:Dec$0rypt"'))).toBe('"kms:Decrypt"');
});

test('the policy inside the output of get-key-policy is read as well', () => {
  const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:Sign"}]}';
  const output = JSON.stringify({ Policy: policy, PolicyName: 'default' });
  const marked = output.replace('kms:Sign', 'kms:S$0ign');
  expect(hover('output.json', marked)).toContain('Allows signing with a key.');
  expect(pointedAt('output.json', marked)).toBe('\\"kms:Sign\\"');
  expect(hover('output.json', output.replace('{\\"Effect', '$0{\\"Effect'))).toContain('Allows everyone to sign.');
});
