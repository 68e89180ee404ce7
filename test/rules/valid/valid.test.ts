import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SourceDocument, type SourceDocumentInit } from '../../../server/documents/source.ts';
import { check } from '../../../server/rules/engine.ts';
import { rules } from '../../../server/rules/generated/index.ts';
import type { DocumentFacts, Severity } from '../../../server/rules/rule.ts';

/**
 * The policies beside this file work as they are: AWS's defaults, the recipes of its services' guides, and designs that
 * its guides describe, in our own words. Whatever a rule says of them is wrong, in the rule or in the file.
 */
const folder = new URL('./', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.json'))
  .sort();

/** Findings that are right, `file rule`, with the reason in a sentence. */
const RIGHT: ReadonlyMap<string, string> = new Map();

/** Policies that AWS writes itself, of which nothing is said at any level. */
const BY_AWS = /^(?:defaults|managed)\//;

/** The account that owns the keys, so that rules that ask for it speak, too. */
const facts: DocumentFacts = { account: '111122223333' };

test('there are policies of many kinds', () => {
  expect(files.length).toBeGreaterThanOrEqual(60);
  const kinds = new Set(files.map((file) => file.split('.').at(-2)));
  expect([...kinds].sort()).toEqual(
    ['iam-policy', 'key-policy', 'kms-grant', 'kms-grants', 'rcp', 'scp', 'vpce-policy'].sort(),
  );
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const levels: readonly Severity[] = BY_AWS.test(file) ? ['error', 'warning', 'information'] : ['error', 'warning'];
  const found = (init: SourceDocumentInit, known: DocumentFacts = {}): string[] =>
    check(new SourceDocument(init), {
      rules,
      facts: known,
      onError: (_, error) => {
        throw error;
      },
    })
      .filter(({ severity }) => levels.includes(severity))
      .map(({ rule, pointer }) => `${file} ${rule.id} ${pointer}`)
      .filter((each) => !RIGHT.has(each.split(' ', 2).join(' ')));

  test('is left alone', () => {
    expect(found({ uri: file, text })).toEqual([]);
  });

  test('is left alone where the account is known', () => {
    expect(found({ uri: file, text }, facts)).toEqual([]);
  });

  test('is left alone where only its content tells what it is', () => {
    expect(found({ uri: 'policy.json', text })).toEqual([]);
  });

  test.runIf(file.endsWith('.key-policy.json'))('is left alone in the output of get-key-policy', () => {
    const output = JSON.stringify({ Policy: text, PolicyName: 'default' }, null, 4);
    expect(found({ uri: file, text: output })).toEqual([]);
  });
});

test('each finding that is right still happens, and has a reason', () => {
  for (const [place, reason] of RIGHT) {
    const [file = '', rule] = place.split(' ');
    const document = new SourceDocument({ uri: file, text: readFileSync(new URL(file, folder), 'utf8') });
    expect(check(document, { rules }).map((each) => each.rule.id)).toContain(rule);
    expect(reason.length, place).toBeGreaterThan(20);
  }
});
