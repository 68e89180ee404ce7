import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type ParseError, parse } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { type Rewrite, rewritesAt } from '../../../server/actions/rewrites.ts';
import { SourceDocument } from '../../../server/documents/source.ts';
import { parseCaller } from '../../../simulator/access/caller.ts';
import { verdictOf } from '../../../simulator/access/decide.ts';
import { type AccessRequest, type KeyDescription, parseKeyArn } from '../../../simulator/access/request.ts';
import { actionNames } from '../../../simulator/facts/actions.ts';
import { CompiledPolicy } from '../../../simulator/policy/compile.ts';
import type { PolicyDocument } from '../../../simulator/policy/document.ts';
import { root } from '../../frame/sources.ts';
import { request, world } from '../../simulator/access/properties/arbitrary.ts';
import { compileWorld } from '../../simulator/access/properties/engine.ts';
import { documentOf, snippets } from '../../snippets/snippets.ts';
import { findingsOf, rewrites, rewritten, statementOffsets } from './offers.ts';

/** What may change how a text says something, but never what it says. */
const SAME: ReadonlySet<string> = new Set(['split-statement', 'sort-statement', 'sort-document']);

describe.each(documents())('%s', (_, source) => {
  const isLoose = source.allowsComments;

  test('whatever is offered at a statement applies, stays JSON, brings no finding, and decides the same where it should', () => {
    const before = findingsOf(source);
    for (const offset of [0, ...statementOffsets(source)]) {
      for (const rewrite of rewrites(source, offset)) {
        const text = rewritten(source, rewrite);
        const title = `${rewrite.title} at ${offset}`;
        expect(problemsOf(text, isLoose), title).toEqual([]);
        expect(more(before, findingsOf(again(source, text))), title).toEqual([]);
        if (rewrite.file) {
          expect(findingsOf(grantOf(rewrite)), title).toEqual([]);
        }
        if (SAME.has(rewrite.action.id)) sameVerdicts(source, again(source, text), title);
      }
    }
  });
});

test('splitting and sorting change no verdict of any world', () => {
  let made = 0;
  fc.assert(
    fc.property(world, fc.array(request, { minLength: 5, maxLength: 5 }), (plain, requests) => {
      if (!plain.keyPolicy) return;
      const text = JSON.stringify(plain.keyPolicy, null, 2);
      const source = new SourceDocument({ uri: 'file:///a.key-policy.json', text });
      const original = compileWorld(plain);
      for (const offset of statementOffsets(source)) {
        for (const rewrite of ungated(source, offset)) {
          made++;
          const { policy } = again(source, rewritten(source, rewrite));
          if (!policy) throw new Error(`${rewrite.title} left no policy`);
          const other = { ...original, keyPolicy: new CompiledPolicy(policy.policy) };
          for (const each of requests) expect(verdictOf(each, other)).toBe(verdictOf(each, original));
        }
      }
    }),
    { numRuns: 2_000 },
  );
  expect(made).toBeGreaterThan(200);
}, 120_000);

/** Also what brings findings, since random policies have many. */
function ungated(source: SourceDocument, offset: number): Rewrite[] {
  const offers = rewritesAt(source, {
    offset,
    wanted: () => true,
    isAsked: false,
    others: [],
    facts: {},
    account: '',
    region: 'us-east-1',
    canCreate: false,
    inspect: () => [],
  });
  return offers.filter(({ action }) => SAME.has(action.id));
}

function documents(): [string, SourceDocument][] {
  const examples = readdirSync(`${root}/examples`)
    .filter((name) => /\.(?:key|iam)-policy\.json$/.test(name))
    .map((name): [string, SourceDocument] => {
      const text = readFileSync(`${root}/examples/${name}`, 'utf8');
      return [name, new SourceDocument({ uri: `file:///${name}`, text })];
    });
  const made = snippets
    .filter(({ language }) => language === 'kms-key-policy' || language === 'kms-iam-policy')
    .map((each): [string, SourceDocument] => [`${each.language}: ${each.name}`, documentOf(each)]);
  return [...examples, ...wrapped(examples), ...made, ...published()];
}

/** As `get-key-policy` prints them. */
function wrapped(examples: readonly [string, SourceDocument][]): [string, SourceDocument][] {
  return examples
    .filter(([name]) => name.endsWith('.key-policy.json'))
    .map(([name, { text }]) => {
      const output = JSON.stringify({ Policy: text, PolicyName: 'default' }, null, 4);
      return [`${name} in a string`, new SourceDocument({ uri: 'file:///out.key-policy.json', text: output })];
    });
}

/** Policies that others published, where they lie beside this checkout. */
function published(): [string, SourceDocument][] {
  const corpus = new URL('../../../../shared/corpus/', import.meta.url);
  if (!existsSync(corpus)) return [];
  return readFileSync(new URL('INDEX.md', corpus), 'utf8')
    .split('\n')
    .flatMap((line): [string, SourceDocument][] => {
      const [, file = '', kind = ''] = line.split('|').map((cell) => cell.trim());
      if (kind !== 'key-policy' && kind !== 'iam-policy') return [];
      const text = readFileSync(new URL(file, corpus), 'utf8');
      return [[file, new SourceDocument({ uri: `file:///${file}`, text, configured: kind })]];
    });
}

function again(source: SourceDocument, text: string): SourceDocument {
  const { uri, languageId, kind } = source;
  return new SourceDocument({ uri, languageId, text, ...(kind.kind ? { configured: kind.kind } : {}) });
}

function grantOf({ file }: Rewrite): SourceDocument {
  return new SourceDocument({ uri: 'file:///new.kms-grant.json', text: file?.text ?? '' });
}

function problemsOf(text: string, isLoose: boolean): ParseError[] {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: !isLoose, allowTrailingComma: isLoose });
  return errors;
}

/** Findings of the second list beyond those of the first. */
function more(before: readonly string[], after: readonly string[]): string[] {
  const left = [...before];
  return after.filter((id) => {
    const index = left.indexOf(id);
    if (0 <= index) left.splice(index, 1);
    return index < 0;
  });
}

function sameVerdicts(one: SourceDocument, other: SourceDocument, title: string): void {
  const [a, b] = [one, other].map(({ policy }) => policy?.policy);
  if (!a || !b) throw new Error(`${title}: a policy is missing`);
  const isKeyPolicy = one.kind.kind === 'key-policy';
  const [before, after] = [a, b].map((policy) => {
    const compiled = new CompiledPolicy(policy);
    return isKeyPolicy
      ? { keyPolicy: compiled, identityPolicies: [] }
      : { keyPolicy: undefined, identityPolicies: [compiled] };
  });
  if (!before || !after) throw new Error('two worlds are needed');
  for (const each of requestsAbout(a)) expect(verdictOf(each, after), title).toBe(verdictOf(each, before));
}

/** Every action by everybody whom the policy names and by strangers, with what its conditions ask for and without. */
function requestsAbout(policy: PolicyDocument): AccessRequest[] {
  const { statements } = policy;
  const named = statements.flatMap(({ principal }) => principal?.items.map(({ text }) => text) ?? []);
  const texts = [...new Set([...named, 'arn:aws:iam::111122223333:role/Anybody', 'root:444455556666'])].slice(0, 12);
  const callers = texts.flatMap((text) => {
    const answer = parseCaller(text.endsWith('.amazonaws.com') ? `service:${text}` : text);
    return 'caller' in answer ? [answer.caller] : [];
  });
  const asked = statements.map(({ conditions }) =>
    Object.fromEntries(
      conditions.filter(({ key }) => key.kind === 'key').map(({ key, values }) => [key.text, values[0]?.text ?? null]),
    ),
  );
  const contexts = [{}, ...asked.filter((each) => 0 < Object.keys(each).length)].slice(0, 6);
  const keys = statements.flatMap(
    ({ resource }) => resource?.items.flatMap(({ text }) => parseKeyArn(text) ?? []) ?? [],
  );
  const own: KeyDescription = { partition: 'aws', account: '111122223333', region: 'us-east-1', id: 'k' };
  return [own, ...keys.slice(0, 2)].flatMap((key) =>
    callers.flatMap((caller) =>
      contexts.flatMap((context) =>
        actionNames.map((action): AccessRequest => ({ caller, action, key, region: key.region, context })),
      ),
    ),
  );
}
