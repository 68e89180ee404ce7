import { describe, expect, test } from 'vitest';
import { hover, pointedAt, rows } from './harness.ts';

const FILE = 'orders.kms-grant.json';
const grant = (members: string): string =>
  `{ "KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab", "GranteePrincipal": "arn:aws:iam::111122223333:role/Worker", ${members} }`;

describe('a grant as one sentence, on its opening brace', () => {
  const sentence = (text: string): string | undefined => hover(FILE, text)?.split('\n\n')[1];

  test('with what it allows and when', () => {
    const members =
      '"Operations": ["Decrypt", "DescribeKey"], "Constraints": { "EncryptionContextSubset": { "a": "b" } }';
    expect(sentence(`$0${grant(members)}`)).toBe(
      'Lets the role Worker of 111122223333 decrypt and see the metadata of the key, if the encryption context has `a` = `b`.',
    );
    expect(pointedAt(FILE, `$0${grant(members)}`)).toBe('{');
  });

  test('of a service, with the exact context', () => {
    const text = `$0{ "GranteeServicePrincipal": "dynamodb.amazonaws.com", "Operations": ["Sign"], "Constraints": { "EncryptionContextEquals": { "a": "b" }, "SourceArn": "arn:aws:x:::y" } }`;
    expect(sentence(text)).toBe(
      'Lets the service Amazon DynamoDB sign, if the encryption context is exactly `a` = `b` and the call is for `arn:aws:x:::y`.',
    );
  });

  test('that is not complete yet', () => {
    expect(sentence('$0{ "KeyId": "x" }')).toBe('Allows nothing as it stands: it has no grantee and operation.');
  });

  test.each([
    ['a list', (one: string): string => `[${one}]`],
    ['the output of ListGrants', (one: string): string => `{ "Grants": [${one}], "Truncated": false }`],
    ['a list of outputs', (one: string): string => `[{ "Grants": [${one}] }]`],
  ])('in %s', (_, around) => {
    expect(sentence(around(`$0${grant('"Operations": ["Sign"]')}`))).toBe('Lets the role Worker of 111122223333 sign.');
  });
});

describe('members', () => {
  test.each([
    ['KeyId', 'For a key of another account it must be the ARN.'],
    ['GranteePrincipal', 'Who gets the grant'],
    ['RetiringPrincipal', 'Who else may retire the grant'],
    ['Operations', 'names of operations without `kms:`'],
    ['Constraints', 'What requests must satisfy'],
    ['Name', 'Makes a repeated request harmless'],
    ['GrantTokens', 'in requests to make a grant'],
    ['IssuingAccount', 'in the output of ListGrants'],
  ])('%s', (name, sentence) => {
    expect(hover(FILE, `{ "Operations": [], "$0${name}": "x" }`)).toContain(sentence);
  });

  test('of the list around grants', () => {
    expect(hover(FILE, '{ "Grants": [], "Trun$0cated": true }')).toContain('Whether the list was cut off');
    expect(hover(FILE, '{ "$0Grants": [] }')).toContain('as ListGrants returns them');
  });

  test('a constraint lists the operations that it restricts', () => {
    const restricted = rows(FILE, grant('"Constraints": { "EncryptionContext$0Subset": {} }'));
    expect(restricted['Restricts']).toContain('`Decrypt`, `Encrypt`, `GenerateDataKey`');
    expect(restricted['Leaves alone']).toBe(
      '`DescribeKey`, `RetireGrant` (not restricted, since the operation carries no encryption context)',
    );
  });

  test('that no grant has', () => {
    expect(hover(FILE, grant('"$0Grantee": "x"'))).toBeUndefined();
  });
});

describe('values', () => {
  test('a principal in words, and what its member means', () => {
    expect(hover(FILE, '{ "RetiringPrincipal": "$0arn:aws:iam::111122223333:root" }')).toBe(
      `**The account 111122223333** · principal

The whole account, its root user included.

\`RetiringPrincipal\`: Who else may retire the grant: an account, user, role or session. The account that made it always can, the grantee only with the operation \`RetireGrant\`.`,
    );
  });

  test('a service that gets the grant', () => {
    expect(hover(FILE, '{ "GranteeServicePrincipal": "$0dynamodb.amazonaws.com" }')).toContain(
      '**The service Amazon DynamoDB**',
    );
  });

  test('an operation, and what constraints do to it', () => {
    expect(hover(FILE, grant('"Operations": ["De$0crypt"]'))).toBe(`**\`Decrypt\`** · operation of a grant

Allows decrypting ciphertext, stored data keys included, under a key.

| | |
|:---|:---|
| Keys | with usage \`ENCRYPT_DECRYPT\` |
| Context constraint | the encryption context of the request must satisfy it |
| Other accounts | yes |

[Decrypt in the KMS API Reference](https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html)`);
  });

  test.each(['kms:Decrypt', 'PutKeyPolicy'])('%s is no operation of a grant, and the member is explained', (name) => {
    expect(hover(FILE, grant(`"Operations": ["$0${name}"]`))).toContain('**`Operations`** · member of a grant');
  });

  test('the ARN of a key', () => {
    expect(
      hover(FILE, '{ "KeyId": "$0arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }'),
    ).toContain('The key 1234abcd-12ab-34cd-56ef-1234567890ab of 111122223333.');
  });

  test.each(['"aws:s3$0:arn": "x"', '"aws:s3:arn": "$0x"'])('a pair of the encryption context: %s', (pair) => {
    const text = grant(
      `"Operations": ["Decrypt", "DescribeKey"], "Constraints": { "EncryptionContextEquals": { ${pair} } }`,
    );
    expect(hover(FILE, text)).toBe(`**\`aws:s3:arn\` = \`x\`** · pair of the encryption context

The encryption context of the request must have this pair, and no pairs but those listed here.

Amazon S3 sets \`aws:s3:arn\`. The ARN of the object, or of the bucket where it uses an S3 Bucket Key.

| | |
|:---|:---|
| Restricts | \`Decrypt\` (the encryption context of the request must satisfy it) |
| Leaves alone | \`DescribeKey\` (not restricted, since the operation carries no encryption context) |`);
  });
});
