import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configMembers, keyFacts, readConfig, severities } from '../../../server/config/read.ts';
import { documentKinds } from '../../../server/documents/kinds.ts';
import { rules } from '../../../server/rules/generated/index.ts';
import { keySpecNames, keyUsages } from '../../../simulator/facts/key-specs.ts';
import { projectRoot } from '../../cli/run.ts';

const read = (text: string) => readConfig('file:///w/.kms-lens.json', text, ['file:///w']);

describe('a configuration', () => {
  const file = read(`{
    // comments are welcome
    "$schema": "./kms-lens.schema.json",
    "account": "111122223333",
    "region": "eu-central-1",
    "documents": { "policies/*.json": "key-policy" },
    "keys": { "signing/*.json": { "account": "444455556666", "keySpec": "RSA_2048", "keyUsage": "SIGN_VERIFY" }, "g.json": { "keyPolicy": "k.json" } },
    "principals": {
      "arn:aws:iam::111122223333:role/App": {
        "policies": ["app.json"], "permissionsBoundary": "b.json", "sessionPolicies": [], "tags": { "team": "orders" },
      },
    },
    "organization": "org.kms-scenario.json",
    "rules": { "version-missing": "off" },
    "suppress": [{ "rule": "action-unknown", "path": "old/**", "sid": "Legacy", "reason": "4711" }], // and trailing commas
  }`);

  test('is read whole', () => {
    expect(file.problems).toEqual([]);
    const { values } = file;
    expect(values).toMatchObject({
      account: '111122223333',
      region: 'eu-central-1',
      organization: { text: 'org.kms-scenario.json' },
      rules: { 'version-missing': 'off' },
      suppress: [{ rule: 'action-unknown', sid: 'Legacy', reason: '4711' }],
    });
    expect(values.documents.map(({ glob, kind }) => [glob.pattern, kind])).toEqual([['policies/*.json', 'key-policy']]);
    expect(values.keys.map(({ glob, facts }) => [glob.pattern, facts])).toEqual([
      ['signing/*.json', { account: '444455556666', keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' }],
      ['g.json', { keyPolicy: expect.objectContaining({ text: 'k.json' }) }],
    ]);
    expect(values.principals.get('arn:aws:iam::111122223333:role/App')).toMatchObject({
      policies: [{ text: 'app.json' }],
      permissionsBoundary: { text: 'b.json' },
      sessionPolicies: [],
      tags: { team: 'orders' },
    });
  });

  test('may be empty', () => {
    expect(read('').problems).toEqual([]);
    expect(read('// nothing yet\n').problems).toEqual([]);
    expect(read('{}').values.account).toBeUndefined();
  });
});

/** The text, where the problem is, and what is said about it. */
const mistakes: readonly (readonly [text: string, at: string, message: string])[] = [
  ['[]', '[]', '`.kms-lens.json` is an object'],
  ['{ "acount": "111122223333" }', '"acount"', 'has no `acount`: did you mean `account`?'],
  ['{ "colour": 1 }', '"colour"', 'one of `$schema`, `account`'],
  ['{ "account": 111122223333 }', '111122223333', 'write its 12 digits in double quotes'],
  ['{ "account": "1111" }', '"1111"', '`1111` is no account ID'],
  ['{ "account": "111122223333", "account": "444455556666" }', '"account"', '`account` is given twice'],
  ['{ "region": "Frankfurt" }', '"Frankfurt"', '`Frankfurt` is no Region'],
  ['{ "documents": [] }', '[]', '`documents` is an object'],
  ['{ "documents": { "a.json": "keypolicy" } }', '"keypolicy"', 'did you mean `key-policy`?'],
  ['{ "documents": { "/a.json": "scp" } }', '"/a.json"', 'starts from the folder of this file'],
  ['{ "keys": { "a.json": "RSA_2048" } }', '"RSA_2048"', 'a key is an object'],
  ['{ "keys": { "/a.json": {} } }', '"/a.json"', 'starts from the folder of this file'],
  ['{ "keys": { "a.json": { "keyspc": "RSA_2048" } } }', '"keyspc"', 'a key has no `keyspc`: did you mean `keySpec`?'],
  ['{ "keys": { "a.json": { "account": "1" } } }', '"1"', '`1` is no account ID'],
  ['{ "keys": { "a.json": { "keySpec": "RSA2048" } } }', '"RSA2048"', 'is not a key spec: did you mean `RSA_2048`?'],
  ['{ "keys": { "a.json": { "keyPolicy": "/k.json" } } }', '"/k.json"', 'is an absolute path'],
  ['{ "keys": { "a.json": { "keySpec": "AES" } } }', '"AES"', 'is not a key spec: write one that CreateKey takes'],
  ['{ "keys": { "a.json": { "keyUsage": "sign" } } }', '"sign"', 'write one of `ENCRYPT_DECRYPT`'],
  [
    '{ "keys": { "a.json": { "keySpec": "RSA_2048", "keyUsage": "KEY_AGREEMENT" } } }',
    '"KEY_AGREEMENT"',
    'no key of `RSA_2048` has it: write `ENCRYPT_DECRYPT` or `SIGN_VERIFY`',
  ],
  ['{ "principals": { "App": {} } }', '"App"', "`App` is nobody's ARN"],
  ['{ "principals": { "111122223333": {} } }', '"111122223333"', "is nobody's ARN"],
  ['{ "principals": { "arn:aws:iam::111122223333:root": {} } }', '"arn:aws:iam::111122223333:root"', 'a root user'],
  ['{ "principals": { "arn:aws:iam::111122223333:role/A": [] } }', '[]', 'a principal is an object'],
  [
    '{ "principals": { "arn:aws:iam::111122223333:role/A": { "polices": [] } } }',
    '"polices"',
    'a principal has no `polices`: did you mean `policies`?',
  ],
  [
    '{ "principals": { "arn:aws:iam::111122223333:role/A": { "policies": "a.json" } } }',
    '"a.json"',
    '`policies` is a list',
  ],
  [
    '{ "principals": { "arn:aws:iam::111122223333:role/A": { "policies": ["/etc/a.json"] } } }',
    '"/etc/a.json"',
    'is an absolute path',
  ],
  [
    '{ "principals": { "arn:aws:iam::111122223333:role/A": { "tags": { "a": 1 } } } }',
    '1',
    'the value of `a` is a text',
  ],
  ['{ "organization": {} }', '{}', '`organization` is a text'],
  ['{ "rules": { "action-unknwon": "off" } }', '"action-unknwon"', 'did you mean `action-unknown`?'],
  ['{ "rules": { "nothing-like-it": "off" } }', '"nothing-like-it"', 'docs/rules lists them all'],
  ['{ "rules": { "action-unknown": "info" } }', '"info"', '`info` is not a severity'],
  ['{ "rules": { "action-unknown": true } }', 'true', 'is a text'],
  ['{ "suppress": {} }', '{}', '`suppress` is a list'],
  ['{ "suppress": [{}] }', '{}', 'a suppression names a `rule`'],
  ['{ "suppress": [{ "rule": "action-unknwon" }] }', '"action-unknwon"', 'did you mean `action-unknown`?'],
  ['{ "suppress": [{ "rule": "action-unknown", "sid": 3 }] }', '3', '`sid` is a text'],
  ['{ "account": "111122223333" ', '', 'is missing'],
];

describe('a mistake is said with its place, and costs only itself', () => {
  test.each(mistakes)('%s', (text, at, message) => {
    const { problems, document } = read(text);
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(problem?.message).toContain(message);
    expect(document.text.slice(problem?.span.start, problem?.span.end)).toBe(at);
  });

  test('what stands beside it counts', () => {
    const { values, problems } = read(
      '{ "acount": 1, "region": "eu-west-1", "rules": { "x": "off", "action-unknown": "off" } }',
    );
    expect(problems).toHaveLength(2);
    expect(values).toMatchObject({ region: 'eu-west-1', rules: { 'action-unknown': 'off' } });
  });

  test('a list with a hole is unknown, and a suppression with one hides nothing', () => {
    const { values } = read(`{
      "principals": { "arn:aws:iam::111122223333:role/A": { "policies": ["a.json", 3] } },
      "suppress": [{ "rule": "action-unknown", "path": 3 }]
    }`);
    expect(values.principals.get('arn:aws:iam::111122223333:role/A')).toEqual({});
    expect(values.suppress).toEqual([]);
  });
});

test('the schema knows the same members, kinds, severities and rules', () => {
  const schema = JSON.parse(readFileSync(`${projectRoot}schemas/kms-lens.schema.json`, 'utf8'));
  const { properties } = schema;
  expect(Object.keys(properties)).toEqual(configMembers);
  expect(properties.documents.additionalProperties.enum).toEqual(documentKinds);
  const { properties: ofKey } = properties.keys.additionalProperties;
  expect(Object.keys(ofKey)).toEqual(keyFacts);
  expect(ofKey.keySpec.enum).toEqual(keySpecNames);
  expect(ofKey.keyUsage.enum).toEqual(keyUsages.map(({ name }) => name));
  expect(Object.keys(properties.rules.properties)).toEqual(rules.map(({ id }) => id));
  expect(properties.rules.properties['action-unknown'].enum).toEqual(severities);
  const [, example = ''] =
    /```jsonc\n(.*?)```/s.exec(readFileSync(`${projectRoot}docs/configuration.md`, 'utf8')) ?? [];
  expect(read(example).problems).toEqual([]);
  expect(read(example).values.suppress).toHaveLength(1);
});
