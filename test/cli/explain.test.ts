import { describe, expect, test } from 'vitest';
import { lookUp, similarNames } from '../../server/answers/help/lookup.ts';
import { loadKnowledge } from '../../server/knowledge/index.ts';
import { rulePages } from '../../server/rules/pages.ts';
import { kmsLens } from './run.ts';

const knowledge = await loadKnowledge();

describe('explain as text', () => {
  test('an action', async () => {
    const { code, stdout } = await kmsLens(['explain', 'kms:CreateGrant', '--region', 'eu-west-1']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^kms:CreateGrant, action\n\nAllows adding grants to a key/);
    expect(stdout).toContain('\n  Request quota       50 a second in eu-west-1\n');
    expect(stdout).toContain('\n  https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html\n');
  });

  test('a rule, with its examples', async () => {
    const { code, stdout } = await kmsLens(['explain', 'action-unknown']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^action-unknown, rule\n/);
    expect(stdout).toContain('Why: AWS accepts actions that do not exist.');
    expect(stdout).toContain('          "Action": "kms:Decypt",\n');
    expect(stdout).toContain('docs/rules/action-unknown.md');
  });

  test('has no marks of Markdown, and lines that fit', async () => {
    for (const name of [
      'kms:Decrypt',
      'kms:*',
      'element-unknown',
      'ForAllValues:StringLike',
      'RSA_2048',
      'Constraints',
    ]) {
      const { stdout } = await kmsLens(['explain', name]);
      expect(stdout).not.toMatch(/\*\*|^\||```|\]\(|`/m);
      const long = stdout.split('\n').filter((line) => line.length > 96 && !line.includes('https:'));
      expect(long.filter((line) => !/reference|guide/i.test(line))).toEqual([]);
    }
  });

  test('an exam topic, and the topics about an action', async () => {
    const topic = await kmsLens(['explain', 'envelope-encryption']);
    expect(topic.stdout).toMatch(/^Envelope encryption, exam topic\n/);
    const action = await kmsLens(['explain', 'GenerateDataKey']);
    expect(action.stdout).toContain('\nExam tip: ');
  });
});

test('explain as JSON', async () => {
  const { code, stdout } = await kmsLens(['explain', 'generatedatakey', '--format', 'json']);
  expect(code).toBe(0);
  const answer = JSON.parse(stdout);
  expect(answer).toMatchObject({
    version: 1,
    name: 'generatedatakey',
    about: 'action',
    title: '`kms:GenerateDataKey`',
  });
  expect(answer.rows).toContainEqual({ label: 'Access level', value: 'Write' });
  expect(answer.topics.length).toBeGreaterThan(0);
  expect(Object.keys(answer.topics[0])).toEqual(expect.arrayContaining(['id', 'title', 'exam', 'sources']));
});

describe('what nothing is called', () => {
  test('is answered with the nearest names and exit code 2', async () => {
    const { code, stdout, stderr } = await kmsLens(['explain', 'kms:Decypt']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe('kms-lens: nothing is called `kms:Decypt`: did you mean `kms:Decrypt`?\n');
  });

  test('is answered with what there is where no name is near', async () => {
    const { code, stderr } = await kmsLens(['explain', 'qqqqqqqqqqqq']);
    expect(code).toBe(2);
    expect(stderr).toContain('give a rule, an exam topic, an action');
  });

  test.each([
    ['aws:PrincpalArn', 'aws:PrincipalArn'],
    ['action-unkown', 'action-unknown'],
    ['StringEqual', 'StringEquals'],
    ['Principl', 'Principal'],
    ['RSA_2084', 'RSA_2048'],
    ['Operatons', 'Operations'],
  ])('%s is near %s', (wrong, right) => {
    expect(lookUp(wrong, 'us-east-1', knowledge)).toBeUndefined();
    expect(similarNames(wrong, knowledge)).toContain(right);
  });
});

test.each([
  ['kms:Describe*', 'actions'],
  ['decrypt', 'action'],
  ['ReEncryptFrom', 'action'],
  ['aws:SourceArn', 'condition key'],
  ['kms:EncryptionContext:service', 'condition key'],
  ['notprincipal', 'element of a statement'],
  ['StringLikeIfExists', 'condition operator'],
  ['key-policy', 'document'],
  ['HMAC_256', 'key spec'],
  ['SIGN_VERIFY', 'key usage'],
  ['EXTERNAL', 'origin of key material'],
  ['ECDSA_SHA_256', 'algorithm'],
  ['GranteePrincipal', 'member of a grant'],
  ['EncryptionContextSubset', 'constraint of a grant'],
  ['Federated', 'kind of principal'],
])('%s is found as %s', (name, about) => {
  expect(lookUp(name, 'us-east-1', knowledge)?.about).toBe(about);
});

test('every rule is explained', () => {
  for (const { id, what } of rulePages) expect(lookUp(id, 'us-east-1', knowledge)?.text).toContain(what);
});
