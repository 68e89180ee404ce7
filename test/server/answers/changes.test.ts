import { describe, expect, test } from 'vitest';
import { ask, isAnswer, type Question } from '../../../server/answers/ask.ts';
import { decisionJson } from '../../../server/answers/decision-json.ts';
import { explain } from '../../../server/answers/explanation.ts';
import { SourceDocument } from '../../../server/documents/source.ts';

const OWNER = '111122223333';
const KEY = `arn:aws:kms:us-east-1:${OWNER}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const app = `arn:aws:iam::${OWNER}:role/App`;
const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWNER}:root` }, Action: 'kms:*', Resource: '*' };

const source = (name: string, ...statements: readonly object[]): SourceDocument =>
  new SourceDocument({
    uri: `file:///${name}`,
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  });

function answerTo(keyPolicy: SourceDocument, more: Partial<Question> = {}, principal = app) {
  const answer = ask({
    request: { principal, action: 'kms:Decrypt', key: KEY },
    keyPolicy,
    identityPolicies: [],
    defaults: { account: '', region: 'us-east-1' },
    ...more,
  });
  if (!isAnswer(answer)) throw new Error(answer.problem);
  const documents = [keyPolicy, ...(more.identityPolicies ?? [])];
  const nameOf = (uri: string): string => uri.replace('file:///', '');
  const applying = (proposal: number): string => `command:apply?${proposal}`;
  return {
    json: decisionJson(answer, nameOf),
    report: explain(answer, { get: (uri) => documents.find((each) => each.uri === uri), nameOf, applying }),
  };
}

describe('the decision as JSON', () => {
  test('has the message of AWS and the changes, the nearest first', () => {
    const identity = source('app.iam-policy.json', { Effect: 'Allow', Action: 's3:*', Resource: '*' });
    const { json } = answerTo(source('a.key-policy.json', root), { identityPolicies: [identity] });
    const add = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY };
    expect(json.message).toEqual({
      text: `User: arn:aws:sts::${OWNER}:assumed-role/App/session is not authorized to perform: kms:Decrypt on resource: ${KEY} because no identity-based policy allows the kms:Decrypt action`,
      assumed: [],
    });
    expect(json.changes).toEqual([
      { layer: 'identity-policy', file: 'app.iam-policy.json', pointer: '/Statement/-', add },
    ]);
    expect(json.alternatives).toMatchObject([[{ layer: 'key-policy', file: 'a.key-policy.json' }]]);
    expect(json.obstacles).toEqual([]);
  });

  test('has a new policy where the caller has none', () => {
    const { json } = answerTo(source('a.key-policy.json', root));
    expect(json.changes).toMatchObject([{ file: null, pointer: '', add: { Version: '2012-10-17' } }]);
  });

  test('has none of this where the request is allowed', () => {
    const { json, report } = answerTo(source('a.key-policy.json', { ...root, Principal: { AWS: app } }));
    expect(json).toMatchObject({ verdict: 'allowed', changes: [], alternatives: [], obstacles: [] });
    expect(json.message).toBeUndefined();
    expect(report.text).not.toContain('What AWS says');
    expect(report.text).not.toContain('What would have to change');
  });
});

describe('a Deny is named with what spares a request', () => {
  test.each<[object, string]>([
    [{}, 'it has no condition, so nothing that a request brings spares it'],
    [
      { StringNotEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
      'it spares requests for which `kms:ViaService` StringEquals `s3.us-east-1.amazonaws.com`',
    ],
    [
      { Null: { 'kms:EncryptionContextKeys': 'true' } },
      'it spares requests for which `kms:EncryptionContextKeys` is present',
    ],
    [
      { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWNER}:role/A*` } },
      `it spares requests for which \`aws:PrincipalArn\` does not match ArnLike \`arn:aws:iam::${OWNER}:role/A*\`, or that have none`,
    ],
    [
      { StringEqualsIfExists: { 'kms:ViaService': 'x' }, Bool: { 'aws:SecureTransport': 'true' } },
      'it spares requests for which `kms:ViaService` does not match StringEqualsIfExists `x`, or for which `aws:SecureTransport` does not match Bool `true`, or that have none',
    ],
  ])('%j', (Condition, words) => {
    const deny = { ...root, Sid: 'Guard', Effect: 'Deny', Principal: '*', Condition };
    const { json, report } = answerTo(source('a.key-policy.json', root, deny));
    expect(json.verdict).toBe('denied');
    expect(json.changes).toEqual([]);
    expect(json.obstacles).toEqual([`“Guard” (key policy) is a Deny, which no Allow outweighs; ${words}`]);
    expect(report.text.replaceAll(/\s+/g, ' ')).toContain(words.replaceAll('`', ''));
  });
});

describe('the explanation', () => {
  test('shows message and changes, with a link that makes them', () => {
    const near = {
      ...root,
      Sid: 'Orders only',
      Principal: { AWS: app },
      Condition: { StringEquals: { 'kms:EncryptionContext:service': 'orders' } },
    };
    const { report } = answerTo(source('a.key-policy.json', near));
    expect(report.text).toContain(`
What AWS says
─────────────
  AccessDeniedException: User:
  arn:aws:sts::111122223333:assumed-role/App/session is not authorized
  to perform: kms:Decrypt on resource:
  ${KEY}
  because no resource-based policy allows the kms:Decrypt action

What would have to change
─────────────────────────
  An Allow in the key policy:
    + {
    +   "Effect": "Allow",
    +   "Principal": {
    +     "AWS": "${app}"
    +   },
    +   "Action": "kms:Decrypt",
    +   "Resource": "*"
    + }
  • “Orders only” (key policy) would allow a request for which
    kms:EncryptionContext:service StringEquals orders
`);
    expect(report.links.map(({ target }) => target)).toContain('command:apply?0');
  });

  test('says what cannot be mended', () => {
    const across = answerTo(source('a.key-policy.json', root), {
      request: { principal: 'arn:aws:iam::444455556666:role/App', action: 'kms:PutKeyPolicy', key: KEY },
    });
    expect(across.json.obstacles).toEqual([
      'the operation does not work across accounts, whatever the policies say: call it in the account of the key',
    ]);
    const unnamed = answerTo(source('a.key-policy.json', root), {
      request: { principal: 'arn:aws:iam::444455556666:role/App', action: 'kms:Decrypt', keyAccount: OWNER },
    });
    expect(unnamed.json.obstacles).toEqual([
      'an Allow in the identity policies has to name the key, and its ARN is not known: ask with the ARN',
    ]);
  });
});
