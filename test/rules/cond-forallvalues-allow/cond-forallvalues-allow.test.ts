import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports keys that nothing demands', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" }
//                                   ^^^^^^^^^^^^^^^^^^^^^^^ cond-forallvalues-allow: \`ForAllValues:StringLike\` holds for requests without \`aws:PrincipalOrgPaths\`; they are let in as well; demand the key by \`"Null": { "aws:PrincipalOrgPaths": "false" }\`
      `),
  );
});

test('reports aliases in identity policies', () => {
  expect(
    found('"ForAllValues:StringEquals": { "kms:ResourceAliases": "alias/a" }', { file: 'a.iam-policy.json' }),
  ).toEqual(['cond-forallvalues-allow']);
});

describe('leaves alone', () => {
  test.each([
    '"ForAllValues:StringEquals": { "aws:TagKeys": "team" }',
    '"ForAllValues:StringEquals": { "kms:GrantOperations": "Decrypt" }',
    '"ForAllValues:StringNotEquals": { "aws:CalledVia": "athena.amazonaws.com" }',
    '"ForAllValues:StringEquals": { "aws:CalledVia": "a" }, "Null": { "aws:calledvia": "false" }',
    '"ForAllValues:StringEquals": { "aws:CalledVia": "a" }, "${Operator}": { "aws:CalledVia": "b" }',
    '"ForAllValues:StringLike": { "kms:ResourceAliases": "a" }, "ForAnyValue:StringLike": { "kms:ResourceAliases": "a" }',
    '"ForAllValues:StringEquals": { "kms:CallerAccount": "111122223333" }',
    '"ForAllValues:StringEquals": { "s3:RequestObjectTagKeys": "a" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });

  test('a `Deny`', () => {
    expect(found('"ForAllValues:StringEquals": { "aws:CalledVia": "a" }', { effect: 'Deny' })).toEqual([]);
  });
});

describe('fixes', () => {
  test('demand the key', () => {
    const members = '"ForAllValues:StringEquals": { "aws:CalledVia": "athena.amazonaws.com" }';
    expect(mended(members, 'demand `aws:CalledVia`')).toEqual({
      'ForAllValues:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' },
      Null: { 'aws:CalledVia': 'false' },
    });
    expect(titles(members)).toEqual(['demand `aws:CalledVia`']);
  });

  test('join a `Null` that is there, unless it says the opposite', () => {
    const set = '"ForAllValues:StringEquals": { "aws:CalledVia": "a" }';
    expect(mended(`"Null": { "aws:SourceVpc": "true" }, ${set}`, 'demand `aws:CalledVia`')).toMatchObject({
      Null: { 'aws:SourceVpc': 'true', 'aws:CalledVia': 'false' },
    });
    expect(titles(`"Null": { "aws:CalledVia": "true" }, ${set}`)).toEqual([]);
  });
});
