import { expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { fixesOf } from '../../../server/rules/rule.ts';
import { findings } from '../harness.ts';

const policy = (bytes: number, letter = 'x', space = ''): string => {
  const text = (sid: string): string =>
    `{"Version":"2012-10-17",${space}"Statement":[{"Sid":"${sid}","Effect":"Allow","Principal":{"AWS":"1"},"Action":"kms:*","Resource":"*"}]}`;
  const size = (value: string): number => Buffer.byteLength(value);
  return text(letter.repeat(Math.ceil((bytes - size(text(''))) / size(letter))));
};
const found = (text: string) =>
  findings(new SourceDocument({ uri: 'a.key-policy.json', text })).filter(
    ({ rule }) => rule.id === 'kms-policy-size-bytes',
  );

test('32,768 bytes are taken, one more is not', () => {
  expect(found(policy(32_768))).toEqual([]);
  expect(found(policy(32_769)).map(({ finding }) => finding.message)).toEqual(['key policy has 32,769 bytes']);
});

test('letters beyond ASCII count as they are sent', () => {
  expect(found(policy(33_000, 'ü'))).toHaveLength(1);
  expect(policy(33_000, 'ü').length).toBeLessThan(20_000);
});

test('white space can be removed where that is enough', () => {
  const text = policy(32_800, 'x', '\n'.repeat(100));
  const [fix] = fixesOf(found(text)[0]?.finding);
  expect(fix?.title).toBe('remove the white space');
  expect(fixesOf(found(policy(40_000))[0]?.finding)).toEqual([]);
});
