import { describe, expect, test } from 'vitest';
import { labels, offered, statement, taken } from './harness.ts';

const KEY = 'a.key-policy.json';

describe('elements of the policy', () => {
  test('all in their order, and then those that are missing', () => {
    expect(labels(KEY, '{ $0 }')).toEqual(['Version', 'Id', 'Statement']);
    expect(labels(KEY, '{ "Id": "x", "$0" }')).toEqual(['Version', 'Statement']);
    expect(labels('a.iam-policy.json', '{ "$0" }')).toEqual(['Version', 'Statement']);
  });

  test('come with a value', () => {
    expect(taken(KEY, '{ $0 }', 'Version')).toBe('{ "Version": "2012-10-17" }');
    expect(taken(KEY, '{ "$0" }', 'Id')).toBe('{ "Id": "" }');
  });

  test('the value of a name that is there is left alone', () => {
    expect(taken(KEY, '{ "$0": "2008-10-17" }', 'Version')).toBe('{ "Version": "2008-10-17" }');
  });
});

describe('elements of a statement', () => {
  const first: readonly [string, readonly string[]][] = [
    [
      KEY,
      ['Effect', 'Principal', 'Action', 'Resource', 'Sid', 'Condition', 'NotPrincipal', 'NotAction', 'NotResource'],
    ],
    ['a.iam-policy.json', ['Effect', 'Action', 'Resource', 'Sid', 'Condition', 'NotAction', 'NotResource']],
    ['a.scp.json', ['Effect', 'Action', 'Resource', 'Sid', 'Condition', 'NotAction', 'NotResource']],
    ['a.rcp.json', ['Effect', 'Principal', 'Action', 'Resource', 'Sid', 'Condition', 'NotResource']],
    [
      'a.vpce-policy.json',
      ['Effect', 'Principal', 'Action', 'Resource', 'Sid', 'Condition', 'NotPrincipal', 'NotAction', 'NotResource'],
    ],
  ];
  test.each(first)('%s', (file, expected) => {
    expect(labels(file, statement('$0'))).toEqual(expected);
    expect(labels(file, statement('"$0"'))).toEqual(expected);
    expect(labels(file, '{"Statement": {"$0"}}')).toEqual(expected);
  });

  test('what is there is not offered, nor what cannot stand beside it', () => {
    expect(labels(KEY, statement('"Effect": "Allow", "NotAction": "kms:*", "$0", "Principal": "*"'))).toEqual([
      'Resource',
      'Sid',
      'Condition',
      'NotResource',
    ]);
  });

  test('the name at the cursor does not count as there', () => {
    expect(labels(KEY, statement('"Eff$0ect": "Allow"'))).toContain('Effect');
  });

  test('come with the value that fits the kind', () => {
    expect(taken(KEY, statement('$0'), 'Resource')).toBe(statement('"Resource": "*"'));
    expect(taken('a.iam-policy.json', statement('$0'), 'Resource')).toBe(statement('"Resource": ""'));
    expect(taken('a.rcp.json', statement('$0'), 'Principal')).toBe(statement('"Principal": "*"'));
    expect(taken(KEY, statement('"$0"'), 'Effect')).toBe(statement('"Effect": ""'));
    expect(offered(KEY, statement('"$0"'))?.[0]?.text).toBe('"Effect": "$1"');
  });
});

describe('values of elements', () => {
  test('Effect', () => {
    expect(labels(KEY, statement('"Effect": "$0"'))).toEqual(['Allow', 'Deny']);
    expect(labels('a.rcp.json', statement('"Effect": $0'))).toEqual(['Deny']);
    expect(taken(KEY, statement('"Effect": "Al$0"'), 'Allow')).toBe(statement('"Effect": "Allow"'));
  });

  test('Version', () => {
    expect(labels(KEY, '{"Version": "$0"}')).toEqual(['2012-10-17', '2008-10-17']);
  });

  test('nothing where an element holds free text', () => {
    expect(labels(KEY, statement('"Sid": "$0"'))).toEqual([]);
  });
});

describe('an empty file', () => {
  test.each(['a.key-policy.json', 'a.iam-policy.json', 'a.scp.json', 'a.rcp.json', 'a.vpce-policy.json'])(
    '%s',
    (file) => {
      for (const text of ['$0', ' \n$0\n', '"$0', '"$0"', 'pol$0'])
        expect(labels(file, text)?.slice(0, 2), text).toEqual(['Policy', expect.stringMatching(/^kms-[a-z-]+$/)]);
      expect(JSON.parse(taken(file, '"$0', 'Policy'))).toEqual({ Version: '2012-10-17', Statement: [] });
    },
  );

  test('whole policies only where nothing else stands', () => {
    expect(JSON.parse(taken(KEY, '"kms-def$0"', 'kms-default-key-policy')).Statement).toHaveLength(1);
    for (const text of ['{"$0"}', '{"Statement": [{"$0"}]}', '{"Statement": [{"Action": "$0"}]}'])
      expect(
        labels(KEY, text)?.filter((label) => /^(kms|statement)-/.test(label)),
        text,
      ).toEqual([]);
  });

  test('nothing for a text that is none of ours', () => {
    expect(labels('settings.json', '{"$0"}')).toBeUndefined();
    expect(labels('settings.json', '$0')).toBeUndefined();
  });

  test('nothing behind the end', () => {
    expect(labels(KEY, '{} $0')).toBeUndefined();
  });
});
