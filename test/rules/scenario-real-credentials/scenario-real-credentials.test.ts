import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { fullMessage } from '../../../server/rules/diagnostic.ts';
import { fixesOf } from '../../../server/rules/rule.ts';
import { check, findings, ruleIds } from '../harness.ts';

const FILE = 'orders.kms-scenario.json';
/** Made up, of the form that AWS gives them. */
const ID = 'AKIA2QXPLMBD3VKH7TRZ';
const SECRET = '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';

test('reports the id and the secret', () => {
  check(
    FILE,
    `
      {
        "principals": {
          "App": {
            "arn": "arn:aws:iam::111122223333:role/App",
            "accessKeyId": "${ID}",
            //             ^^^^^^^^^^^^^^^^^^^^^^ scenario-real-credentials: this access key ID may be a real one
            "secretAccessKey": "${SECRET}"
            //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ scenario-real-credentials: this secret may be a real one
          }
        }
      }`,
  );
});

const principal = (members: string): string =>
  `{ "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App", ${members} } }, "steps": [] }`;

test.each([
  principal(`"accessKeyId": "${ID}", "secretAccessKey": "${SECRET}"`),
  principal(`"accessKeyId": ${ID}, "secretAccessKey": ${SECRET}`),
  principal(`"accessKeyId": '${ID}', "secretAccessKey": '${SECRET}'`),
  principal(`"secretAccessKey": wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ3rT8uVw`),
  principal(`"accessKeyId" "${ID}", "secretAccessKey" "${SECRET}"`),
  principal(`"accessKeyID": "${ID}", "secretAccesKey": "${SECRET}"`),
  principal(`"${ID}": "${SECRET}", "sessionName": "${SECRET}"`),
  principal(`"accessKeyId": "${ID}", "accessKeyId": "${ID}"`),
  `{ "steps": [{ "can": "${SECRET}", "as": "${ID}" }], "${ID}": 1, "${ID}": 2 }`,
  `{ "principals": { "${ID}": { "arn": "${SECRET}" } } }`,
])('no finding of any rule repeats it: %s', (text) => {
  const found = findings(new SourceDocument({ uri: FILE, text }));
  expect(found.length).toBeGreaterThan(0);
  const said = found.flatMap(({ finding }) => [
    fullMessage(finding),
    ...(finding.related ?? []).map(({ message }) => message),
    ...fixesOf(finding).map(({ title }) => title),
  ]);
  for (const each of [ID.slice(4, 12), SECRET.slice(0, 8), SECRET.slice(14, 22)])
    expect(said.join('\n')).not.toContain(each);
});

describe('leaves alone', () => {
  test.each([
    ['AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['ASIAIOSFODNN7EXAMPLE', 'kms-lens-orders'],
    ['AKIAKMSLENSORDERS', 'kms-lens-'],
  ])('%s with %s', (id, secret) => {
    expect(ruleIds(FILE, principal(`"accessKeyId": "${id}", "secretAccessKey": "${secret}"`))).toEqual([]);
  });
});
