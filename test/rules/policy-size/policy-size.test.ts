import { expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { findings } from '../harness.ts';

const policy = (length: number, space = ''): string => {
  const text = (filler: string): string =>
    `{"Version":"2012-10-17",${space}"Statement":[{"Effect":"Deny","Action":"kms:*","Resource":"${filler}"}]}`;
  return text('x'.repeat(length - text('').length + space.length));
};

test.each([
  ['a.iam-policy.json', 6144, undefined],
  ['a.iam-policy.json', 6145, 'warning'],
  ['a.iam-policy.json', 10_240, 'warning'],
  ['a.iam-policy.json', 10_241, 'error'],
  ['a.scp.json', 10_240, undefined],
  ['a.scp.json', 10_241, 'error'],
  ['a.rcp.json', 5120, undefined],
  ['a.rcp.json', 5121, 'error'],
])('%s of %i characters: %s', (uri, length, severity) => {
  const [found] = findings(new SourceDocument({ uri, text: policy(length) })).filter(
    ({ rule }) => rule.id === 'policy-size',
  );
  expect(found?.severity).toBe(severity);
  if (found)
    expect(found.finding.message).toBe(
      `policy has ${length.toLocaleString('en-US')} characters, ${found.finding.message.split(', ').at(-1)}`,
    );
});

test('white space between the parts does not count in IAM, and counts in Organizations', () => {
  const space = '\n'.repeat(5000);
  const ids = (uri: string): string[] =>
    findings(new SourceDocument({ uri, text: policy(6144, space) })).map(({ rule }) => rule.id);
  expect(ids('a.iam-policy.json')).not.toContain('policy-size');
  expect(ids('a.rcp.json')).toContain('policy-size');
});
