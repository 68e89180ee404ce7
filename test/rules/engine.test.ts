import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../server/documents/source.ts';
import { check } from '../../server/rules/engine.ts';
import { type Rule, tagsOf } from '../../server/rules/rule.ts';

const text = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Principal": "*", "Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": "*" }
  ]
}`;
const document = new SourceDocument({ uri: 'orders.key-policy.json', text });

function about(id: string, more: Partial<Rule> = {}): Rule {
  return {
    id,
    group: 'style',
    kinds: ['key-policy'],
    title: id,
    check: {
      action({ path, text: action }, _, { report }) {
        report({ at: { path }, message: action });
      },
    },
    ...more,
  };
}

const idsOf = (rules: readonly Rule[], severities = {}): string[] =>
  check(document, { rules, severities }).map(({ rule, finding }) => `${rule.id} ${finding.message}`);

describe('a rule that yields to another', () => {
  const specific = about('specific', {
    check: {
      action({ path, text: action }, _, { report }) {
        if (action === 'kms:Decrypt') report({ at: { path }, message: action });
      },
    },
  });
  const general = about('general', { yieldsTo: ['specific', 'absent'] });

  test('is silent where that one speaks, whatever their order, and speaks elsewhere', () => {
    const expected = ['general kms:Encrypt', 'specific kms:Decrypt'];
    expect(idsOf([general, specific])).toEqual(expected);
    expect(idsOf([specific, general])).toEqual(expected);
  });

  test('speaks where the other is off', () => {
    expect(idsOf([general, specific], { specific: 'off' })).toEqual(['general kms:Encrypt', 'general kms:Decrypt']);
  });
});

test('a rule about all grants is asked once for a document, one about each once for each', () => {
  const asked: string[] = [];
  const counting = about('counting', {
    kinds: ['grant'],
    check: {
      grants: ({ grants }) => void asked.push(`${grants.length} grants`),
      grant: ({ path }) => void asked.push(`grant ${path.join('/')}`),
    },
  });
  const grants = new SourceDocument({ uri: 'a.kms-grants.json', text: '{ "Grants": [{}, {}] }' });
  check(grants, { rules: [counting] });
  check(document, { rules: [counting] });
  expect(asked).toEqual(['2 grants', 'grant Grants/0', 'grant Grants/1']);
});

test('a rule that is off by itself runs once it is switched on', () => {
  const rules = [about('quiet', { optIn: true })];
  expect(idsOf(rules)).toEqual([]);
  expect(idsOf(rules, { quiet: 'information' })).toHaveLength(2);
});

test('a rule that fails costs its own findings only', () => {
  const failed: string[] = [];
  const broken = about('broken', {
    check: {
      statement() {
        throw new Error('no');
      },
    },
  });
  const found = check(document, { rules: [broken, about('sound')], onError: ({ id }) => failed.push(id) });
  expect(failed).toEqual(['broken']);
  expect(found.map(({ rule }) => rule.id)).toEqual(['sound', 'sound']);
});

test('what is known of the key reaches the rules', () => {
  const seen: unknown[] = [];
  const curious = about('curious', { check: { policy: (_, { facts }) => void seen.push(facts) } });
  check(document, { rules: [curious], facts: { account: '111122223333' } });
  check(document, { rules: [curious] });
  expect(seen).toEqual([{ account: '111122223333' }, {}]);
});

test('findings about who gets in are tagged as security', () => {
  expect(tagsOf(about('a', { group: 'exposure' }))).toEqual(['security']);
  expect(tagsOf(about('a', { group: 'suspicious' }))).toEqual([]);
});

test('each grant of a document reaches the rules, with its place', () => {
  const seen: unknown[] = [];
  const curious = about('curious', {
    kinds: ['grant'],
    check: { grant: ({ path, name, listed }) => void seen.push([path, name?.text, listed]) },
  });
  const text = '[{ "Name": "a" }, { "Grants": [{ "Name": "b" }] }, { "GrantId": "1", "Name": "c" }]';
  check(new SourceDocument({ uri: 'a.kms-grants.json', text }), { rules: [curious] });
  check(new SourceDocument({ uri: 'a.key-policy.json', text }), { rules: [curious] });
  expect(seen).toEqual([
    [[0], 'a', false],
    [[1, 'Grants', 0], 'b', true],
    [[2], 'c', true],
  ]);
});
