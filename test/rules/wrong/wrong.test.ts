import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { check } from '../../../server/rules/engine.ts';
import { rules } from '../../../server/rules/generated/index.ts';
import { type DocumentFacts, severityOfGroup } from '../../../server/rules/rule.ts';
import type { PolicyDocument } from '../../../simulator/policy/document.ts';

/**
 * The documents beside this file hold every fault that a rule knows: a new rule adds its own. Several faults stand in one
 * text, as they do with people, so that a rule that is only heard alone is found out.
 */
const folder = new URL('./', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.jsonc?$/.test(file))
  .sort();

/** What is known of the key of a document, where a rule needs it. */
const FACTS: Readonly<Record<string, DocumentFacts>> = {
  'grant/of-a-key.kms-grant.json': { keySpec: 'SYMMETRIC_DEFAULT', keyPolicy: policyThatDenies() },
  'iam-policy/halves.iam-policy.json': { account: '111122223333' },
  'key-policy/replica.key-policy.json': {
    replicas: [{ name: 'orders-eu', region: 'eu-west-1', ownRegion: 'us-east-1', policy: policyThatDenies() }],
  },
  'key-policy/managers/another-account.key-policy.json': { account: '444455556666' },
  'scenario/orders.kms-scenario.json': { unusableFiles: new Map([['missing.key-policy.json', 'cannot be read']]) },
};

/** Documents that would be too large to keep: one of the files, with an `Id` of so many characters. */
const GROWN: Readonly<Record<string, number>> = {
  'key-policy/services.key-policy.json': 33_000,
  'organization/principal.scp.json': 11_000,
};

/** Rules that are off by themselves are heard as well. */
const severities = Object.fromEntries(
  rules.filter(({ optIn }) => optIn).map(({ id, group }) => [id, severityOfGroup[group]]),
);

const texts: readonly { readonly file: string; readonly text: string }[] = [
  ...files.map((file) => ({ file, text: read(file) })),
  ...Object.entries(GROWN).map(([file, length]) => ({
    file,
    text: read(file).replace('{', `{ "Id": "${'x'.repeat(length)}",`),
  })),
];
const heard = texts.map(({ file, text }) => ({ file, ids: idsOf(file, text) }));

test('every rule reports its fault somewhere', () => {
  const found = new Set(heard.flatMap(({ ids }) => ids));
  expect(rules.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
});

test('no document is without a fault', () => {
  expect(heard.filter(({ ids }) => ids.length === 0).map(({ file }) => file)).toEqual([]);
});

test('what is known belongs to a document', () => {
  for (const file of [...Object.keys(FACTS), ...Object.keys(GROWN)]) expect(files).toContain(file);
});

function policyThatDenies(): PolicyDocument {
  const statement = { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
  const { policy } = new SourceDocument({ uri: 'k.key-policy.json', text: JSON.stringify({ Statement: [statement] }) });
  if (!policy) throw new Error('no policy');
  return policy.policy;
}

function read(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8');
}

function idsOf(file: string, text: string): string[] {
  const facts = FACTS[file] ?? {};
  const found = check(new SourceDocument({ uri: file, text, languageId: file.endsWith('c') ? 'jsonc' : 'json' }), {
    rules,
    severities,
    facts,
    onError: (_, error) => {
      throw error;
    },
  });
  return found.map(({ rule }) => rule.id);
}
