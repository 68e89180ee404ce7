import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { fingerprint } from '../../../simulator/envelope/fingerprint.ts';

it('a fingerprint tells bytes apart and is no plain hash of them', () => {
  const bytes = Buffer.from('secret');
  expect(fingerprint(bytes)).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprint(Buffer.from('secret'))).toBe(fingerprint(bytes));
  expect(fingerprint(Buffer.from('Secret'))).not.toBe(fingerprint(bytes));
  expect(createHash('sha256').update(bytes).digest('hex')).not.toContain(fingerprint(bytes));
});
