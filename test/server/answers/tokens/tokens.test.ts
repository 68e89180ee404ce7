import { describe, expect, test } from 'vitest';
import { tokensOf } from '../../../../server/answers/tokens/tokens.ts';
import { SourceDocument } from '../../../../server/documents/source.ts';

const statement = (body: string, version = '2012-10-17'): string =>
  `{ "Version": "${version}", "Statement": [{ ${body} }] }`;

/** The tokens as `text type.modifier`, in their order. */
function tokens(name: string, text: string): readonly string[] {
  const source = new SourceDocument({ uri: `file:///folder/${name}`, text });
  return tokensOf(source).map(
    ({ start, end, type, modifiers }) => `${text.slice(start, end)} ${[type, ...modifiers].join('.')}`,
  );
}

const inPolicy = (body: string, version?: string): readonly string[] =>
  tokens('a.key-policy.json', statement(body, version));

describe('policies', () => {
  test.each<[string, readonly string[]]>([
    ['"Effect": "Allow"', ['Allow keyword']],
    ['"Effect": "allow"', []],
    ['"Action": "kms:Decrypt"', ['kms namespace', 'Decrypt method.defaultLibrary']],
    ['"Action": "kms:Decypt"', ['kms namespace', 'Decypt method']],
    ['"Action": "kms:Re*From"', ['kms namespace', 'Re method', '* regexp', 'From method']],
    ['"Action": "*"', ['* regexp']],
    ['"Action": "kms:<ACTION>"', []],
    ['"Principal": "*"', ['* regexp']],
    ['"Principal": { "AWS": "111122223333" }', ['111122223333 number']],
    ['"Principal": { "AWS": "arn:aws:iam::111122223333:role/team/App" }', ['111122223333 number', 'App class']],
    [
      '"Principal": { "AWS": "arn:aws:sts::111122223333:assumed-role/App/job" }',
      ['111122223333 number', 'App class', 'job parameter'],
    ],
    ['"Principal": { "Service": "logs.amazonaws.com" }', ['logs.amazonaws.com class.defaultLibrary']],
    [
      '"Resource": "arn:aws:kms:us-east-1:111122223333:alias/team/*"',
      ['111122223333 number', 'team/ variable', '* regexp'],
    ],
    [
      '"Condition": { "ForAnyValue:StringLike": { "kms:EncryptionContext:team": "a*" } }',
      [
        'ForAnyValue keyword',
        'StringLike operator',
        'kms namespace',
        'EncryptionContext property.defaultLibrary',
        'team parameter',
        '* regexp',
      ],
    ],
    [
      '"Condition": { "StringEquals": { "aws:PrincipalTag/team": "a*${aws:username}b" } }',
      [
        'StringEquals operator',
        'aws namespace',
        'PrincipalTag property.defaultLibrary',
        'team parameter',
        '${aws:username} variable',
      ],
    ],
  ])('%s', (body, expected) => {
    expect(inPolicy(body)).toEqual(expected);
  });

  test('variables are none under the old version, placeholders never', () => {
    const condition = (value: string): string => `"Condition": { "ArnLike": { "aws:SourceArn": "${value}" } }`;
    const names = ['ArnLike operator', 'aws namespace', 'SourceArn property.defaultLibrary'];
    expect(inPolicy(condition('arn:aws:iam::111122223333:user/${aws:username}'), '2008-10-17')).toContain(
      '${aws:username} class',
    );
    expect(inPolicy(condition('arn:aws:iam::<ACCOUNT>:user/a'))).toEqual([...names, 'a class']);
    expect(inPolicy(condition('${Token[TOKEN.4]}'))).toEqual(names);
  });

  test('through the escapes of get-key-policy', () => {
    const text = JSON.stringify({
      Policy: statement('"Effect": "Allow", "Principal": "*", "Action": "kms:De\\u0063rypt", "Resource": "*"'),
      PolicyName: 'default',
    });
    expect(tokens('out.json', text)).toEqual([
      'Allow keyword',
      '* regexp',
      'kms namespace',
      'De\\\\u0063rypt method.defaultLibrary',
      '* regexp',
    ]);
  });

  test('broken text has the tokens of what can be read, other JSON has none', () => {
    expect(inPolicy('"Effect": "Allow", "Action": [, "kms:Decrypt", ')).toEqual([
      'Allow keyword',
      'kms namespace',
      'Decrypt method.defaultLibrary',
    ]);
    expect(tokens('package.json', '{ "name": "arn:aws:iam::111122223333:role/App" }')).toEqual([]);
  });
});

test('grants', () => {
  expect(
    tokens(
      'a.kms-grant.json',
      '{ "KeyId": "arn:aws:kms:us-east-1:111122223333:key/k", "GranteePrincipal": "arn:aws:iam::111122223333:role/App", "Operations": ["Decrypt", "Nothing"] }',
    ),
  ).toEqual(['111122223333 number', 'k variable', '111122223333 number', 'App class', 'Decrypt method.defaultLibrary']);
});

test('scenarios: names, what steps do, and policies inside', () => {
  expect(
    tokens(
      'a.kms-scenario.json',
      `{
  "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App" } },
  "keys": { "orders": { "aliases": ["alias/orders"], "policy": ${statement('"Effect": "Deny"')} } },
  "steps": [
    { "can": "Decrypt", "as": "App", "on": "alias/orders" },
    { "can": "Decrypt", "as": "service:logs.amazonaws.com", "on": "nothing" },
    { "call": "Encrypt", "as": "arn:aws:iam::111122223333:user/Ana", "input": { "KeyId": "orders" }, "save": "sealed" },
    { "call": "Decrypt", "input": { "CiphertextBlob": "$sealed.CiphertextBlob" } }
  ]
}`,
    ),
  ).toEqual([
    'App class.declaration',
    '111122223333 number',
    'App class',
    'orders variable.declaration',
    'Deny keyword',
    'Decrypt method.defaultLibrary',
    'App class',
    'alias/orders variable',
    'Decrypt method.defaultLibrary',
    'logs.amazonaws.com class.defaultLibrary',
    'Encrypt method.defaultLibrary',
    '111122223333 number',
    'Ana class',
    'orders variable',
    'sealed parameter.declaration',
    'Decrypt method.defaultLibrary',
    'sealed parameter',
  ]);
});

test('the configuration', () => {
  expect(tokens('.kms-lens.json', '{ "principals": { "arn:aws:iam::111122223333:user/x/Ana": {}, } } // all')).toEqual([
    '111122223333 number',
    'Ana class.declaration',
  ]);
});

test('a range has the tokens of its part alone, of a large document in no time', () => {
  const each = '{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*" }';
  const text = `{ "Statement": [${Array.from({ length: 5000 }, () => each).join(',\n')}] }`;
  const source = new SourceDocument({ uri: 'file:///folder/a.iam-policy.json', text });
  const start = text.indexOf(each, 100_000);
  const part = tokensOf(source, { start, end: start + each.length });
  expect(part.map((token) => text.slice(token.start, token.end))).toEqual(['Allow', 'kms', 'Decrypt', '*']);
  expect(tokensOf(source)).toHaveLength(20_000);
});
