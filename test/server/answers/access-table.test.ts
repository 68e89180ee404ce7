import { describe, expect, test } from 'vitest';
import { describeAccess } from '../../../server/answers/access-table.ts';
import { shortNames } from '../../../server/answers/operation-names.ts';
import { SourceDocument } from '../../../server/documents/source.ts';
import { keyOperations, whoCanUse } from '../../../simulator/access/who.ts';
import { CompiledPolicy } from '../../../simulator/policy/compile.ts';

const uri = 'file:///orders.key-policy.json';

function reportOf(...statements: readonly object[]) {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
  const source = new SourceDocument({ uri, text });
  if (!source.policy) throw new Error('it is no policy');
  const keyPolicy = new CompiledPolicy(source.policy.policy, uri);
  const key = { partition: 'aws', account: '111122223333', region: 'us-east-1' };
  const head = { title: 'Who can use this key', facts: [['policy', 'orders.key-policy.json']] } as const;
  return describeAccess(head, whoCanUse({ key, world: { keyPolicy } }), {
    get: (document) => (document === uri ? source : undefined),
    nameOf: () => 'orders.key-policy.json',
  });
}

const administrator = {
  Sid: 'Administer',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/KeyAdmin' },
  Action: 'kms:*',
  Resource: '*',
};

describe('the report', () => {
  test('says who, what, by which way and if what holds', () => {
    const use = {
      ...administrator,
      Sid: 'Use',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/App' },
      Action: ['kms:Decrypt', 'kms:ReEncrypt*'],
      Condition: { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
    };
    const deny = { ...use, Sid: 'Not Eve', Effect: 'Deny', Principal: '*', Action: 'kms:Encrypt' };
    expect(reportOf(administrator, use, deny).text).toBe(
      `Who can use this key
════════════════════

  policy  orders.key-policy.json

  ✓  with every request
  ?  if what stands below holds
  ✗  allowed somewhere, and taken away by a Deny

role KeyAdmin of 111122223333
─────────────────────────────
  ? Encrypt
      by name in the key policy: “Administer”
      unless “Not Eve” (key policy) denies it
        where kms:EncryptionContext:tenant StringEquals acme
  ✓ every other operation
      by name in the key policy: “Administer”

role App of 111122223333
────────────────────────
  ? Decrypt, ReEncrypt*
      by name in the key policy: “Use”
        if kms:EncryptionContext:tenant StringEquals acme
`,
    );
  });

  test('leads to the statements', () => {
    const { links } = reportOf(administrator);
    expect(links.map(({ target }) => target)).toEqual([`${uri}#L4,5`]);
  });

  test('says so where nobody gets in', () => {
    expect(reportOf({ ...administrator, Effect: 'Deny' }).text).toContain('\nNobody gets in\n');
  });

  test('fits into half a window, however long names are', () => {
    const long = { ...administrator, Sid: `Administer ${'the key '.repeat(8)}` };
    const several = {
      ...long,
      Principal: { AWS: '111122223333' },
      Action: 'kms:Decrypt',
      Condition: {
        StringLike: { 'kms:ViaService': ['s3.*.amazonaws.com', 'ec2.*.amazonaws.com', 'rds.*.amazonaws.com', 'sqs.*'] },
      },
    };
    const many = {
      ...long,
      Sid: 'Some',
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:En*', 'kms:CreateGrant'],
    };
    const { text } = reportOf(long, several, many);
    expect(
      text
        .split('\n')
        .filter((line) => line.length > 72)
        .every((line) => line.includes('the key the key')),
    ).toBe(true);
  });
});

describe('names of operations', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['Decrypt'], ['Decrypt']],
    [['ReEncryptFrom', 'ReEncryptTo'], ['ReEncrypt*']],
    [['ReEncryptFrom'], ['ReEncryptFrom']],
    [keyOperations.filter((name) => name.startsWith('Get')), ['Get*']],
    [keyOperations.filter((name) => name.startsWith('GenerateDataKey')), ['GenerateDataKey*']],
  ])('%j is written %j', (names, short) => {
    expect(shortNames(names, keyOperations)).toEqual(short);
  });

  test('never cover one that is not meant', () => {
    for (const left of keyOperations) {
      const names = keyOperations.filter((name) => name !== left);
      for (const each of shortNames(names, keyOperations)) {
        const covers = each.endsWith('*') ? left.startsWith(each.slice(0, -1)) : left === each;
        expect([each, covers]).toEqual([each, false]);
      }
    }
  });
});
