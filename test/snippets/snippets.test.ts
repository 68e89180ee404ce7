import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { kindOfContent, languageIds } from '../../server/documents/kinds.ts';
import { grantOperationNames } from '../../simulator/facts/grant-operations.ts';
import { findings } from '../rules/harness.ts';
import { choicesOf, stopsOf } from './expand.ts';
import { documentOf, snippets, textOf } from './snippets.ts';

const titled = snippets.map((snippet) => [`${snippet.language} ${snippet.prefix}`, snippet] as const);

test('every language of policies and grants has snippets', () => {
  const expected = manifest.contributes.jsonLanguageParticipants.map(({ languageId }) => languageId);
  expect([...new Set(snippets.map(({ language }) => language))]).toEqual(expected);
});

test('in a language, names and prefixes are unique', () => {
  for (const part of ['name', 'prefix'] as const) {
    const all = snippets.map((snippet) => `${snippet.language} ${snippet[part]}`);
    expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
  }
});

describe.each(titled)('%s', (_, snippet) => {
  const { body, description, language, prefix } = snippet;
  const kind = languageIds[language];

  test('becomes a document without findings', () => {
    const text = textOf(snippet);
    expect(() => JSON.parse(text), text).not.toThrow();
    expect(messagesOf(documentOf(snippet))).toEqual([]);
  });

  test('becomes one with each of its choices, too', () => {
    for (const [number, choices] of choicesOf(body)) {
      expect(new Set(choices).size).toBe(choices.length);
      for (const choice of choices) expect(messagesOf(documentOf(snippet, new Map([[number, choice]])))).toEqual([]);
    }
  });

  test('has the content of its kind', () => {
    const { root } = documentOf(snippet).parsed;
    if (kind === 'grant') expectGrant(JSON.parse(textOf(snippet)));
    else expect(kindOfContent(root).candidates).toContain(kind);
  });

  test('says in one sentence what it does', () => {
    expect(prefix).toMatch(/^(kms|statement|constraints)(-[a-z0-9]+)+$/);
    expect(description).toMatch(/^[A-Z][^.!?]{20,150}\.$/);
  });

  test('is indented with tabs, which the editor turns into what the user has', () => {
    for (const line of body.split('\n')) expect(line).toMatch(/^\t*\S[^\t]*$/);
  });

  test('each tab stop says once what stands there, and the first one does', () => {
    const stops = stopsOf(body).filter(({ number }) => number !== 0);
    for (const number of new Set(stops.map((stop) => stop.number))) {
      const [first, ...others] = stops.filter((stop) => stop.number === number);
      expect([number, first?.defined, others.filter(({ defined }) => defined)]).toEqual([number, true, []]);
    }
    const numbers = [...new Set(stops.map((stop) => stop.number))].sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});

test('policy variables survive', () => {
  const tag = '"aws:ResourceTag/team": "${aws:PrincipalTag/team}"';
  const byTag = snippets.filter(({ prefix }) => prefix.endsWith('-by-tag'));
  expect(byTag).toHaveLength(2);
  for (const snippet of byTag) {
    expect(textOf(snippet)).toContain(tag);
    expect(textOf(snippet, new Map([[2, 'project']]))).toContain(tag.replaceAll('team', 'project'));
  }
});

test('an account is typed once', () => {
  for (const snippet of snippets) {
    for (const [account] of textOf(snippet).matchAll(/(?<!\d)\d{12}(?!\d)/g))
      expect(['111122223333', '444455556666']).toContain(account);
    expect(snippet.body.match(/:111122223333}/g)?.length ?? 0).toBeLessThan(2);
    expect(snippet.body.replaceAll(/\$\{\d+:\d{12}\}/g, '')).not.toMatch(/(?<!\d)\d{12}(?!\d)/);
  }
});

function messagesOf(document: ReturnType<typeof documentOf>): string[] {
  return findings(document).map(({ rule, finding }) => `${rule.id}: ${finding.message}`);
}

/** What CreateGrant asks of its input, and who has to be able to end the grant. */
function expectGrant(grant: Record<string, unknown>): void {
  const operations = grant['Operations'];
  if (!Array.isArray(operations)) throw new Error('a grant without operations');
  expect(operations.filter((name) => !grantOperationNames.includes(name))).toEqual([]);
  const has = (...names: readonly string[]): number => names.filter((name) => name in grant).length;
  expect(has('GranteePrincipal', 'GranteeServicePrincipal')).toBe(1);
  expect(has('RetiringPrincipal', 'RetiringServicePrincipal') === 1 || operations.includes('RetireGrant')).toBe(true);
  if ('GranteeServicePrincipal' in grant) expect(grant['Constraints']).toHaveProperty('SourceArn');
}
