import { describe, expect, test } from 'vitest';
import { labels } from './harness.ts';

const plain = (text: string, jsonService = true): readonly string[] | undefined =>
  labels('policy.json', text, { jsonService });

const FIRST = '{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": ["kms:Sign"]}';

describe("what VS Code's JSON service proposes in plain JSON is not offered again", () => {
  test('names in other objects of the list', () => {
    const text = `{"Statement": [${FIRST}, {"$0"}]}`;
    expect(plain(text, false)?.slice(0, 3)).toEqual(['Effect', 'Principal', 'Action']);
    expect(plain(text)?.slice(0, 2)).toEqual(['Resource', 'Sid']);
    expect(plain(text)?.some((name) => ['Effect', 'Principal', 'Action'].includes(name))).toBe(false);
  });

  test('names under members of the same name', () => {
    const text = `{"Statement": [${FIRST}, {"Principal": {"$0"}}]}`;
    expect(plain(text, false)).toContain('AWS');
    expect(plain(text)).toEqual(['Service']);
  });

  test('values of members of the same name', () => {
    const text = `{"Statement": [${FIRST}, {"Effect": "$0"}]}`;
    expect(plain(text, false)).toEqual(['Allow', 'Deny']);
    expect(plain(text)).toEqual(['Deny']);
  });

  test('elements of lists under the same name', () => {
    const text = `{"Statement": [${FIRST}, {"Action": ["$0"]}]}`;
    expect(plain(text, false)).toContain('kms:Sign');
    expect(plain(text)).not.toContain('kms:Sign');
    expect(plain(text)).toContain('kms:Decrypt');
    // A single value is not compared with the elements of a list.
    expect(plain(`{"Statement": [${FIRST}, {"Action": "$0"}]}`)).toContain('kms:Sign');
  });
});

test('where a schema silences that service, all is offered', () => {
  const text = `{"Statement": [${FIRST}, {"$0"}]}`;
  expect(labels('a.key-policy.json', text, { jsonService: true })?.slice(0, 3)).toEqual([
    'Effect',
    'Principal',
    'Action',
  ]);
  expect(labels('Untitled-1', text, { jsonService: true, languageId: 'kms-key-policy' })?.[0]).toBe('Resource');
});
