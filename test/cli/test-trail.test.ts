import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { kmsLens } from './run.ts';

const scenario = JSON.stringify({
  keys: { orders: { aliases: ['alias/orders'] } },
  steps: [
    { name: 'seal', call: 'Encrypt', input: { KeyId: 'orders', Plaintext: 'text:order 1' }, save: 'sealed' },
    { name: 'wait', wait: 'PT1H' },
    { name: 'open', call: 'Decrypt', input: { CiphertextBlob: '$sealed.CiphertextBlob' }, expect: 'ok' },
    { name: 'miss', call: 'DescribeKey', input: { KeyId: 'alias/none' }, expect: { error: 'NotFoundException' } },
  ],
});
const folder = () => folderWith({ 'orders.kms-scenario.json': scenario });

interface Records {
  readonly Records: readonly Readonly<Record<string, unknown>>[];
}

const told = ({ Records }: Records) =>
  Records.map(({ eventName, eventTime, errorCode }) => [eventName, eventTime, errorCode]);

const all = [
  ['Encrypt', '2026-01-15T09:00:00Z', undefined],
  ['Decrypt', '2026-01-15T10:00:00Z', undefined],
  ['DescribeKey', '2026-01-15T10:00:00Z', 'NotFoundException'],
];

test('`--trail FILE` writes the events of the calls in the shape of log files', async () => {
  const cwd = folder();
  const { code, stdout } = await kmsLens(['test', '--trail', 'out/trail.json'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('3 CloudTrail events, written to out/trail.json');
  const text = readFileSync(`${cwd}/out/trail.json`, 'utf8');
  expect(told(JSON.parse(text))).toEqual(all);
  expect(text).not.toContain('order 1');
});

test('`--trail -` has standard output for itself', async () => {
  const { code, stdout, stderr } = await kmsLens(['test', '--trail', '-'], { cwd: folder() });
  expect(code).toBe(0);
  expect(told(JSON.parse(stdout))).toEqual(all);
  expect(stderr).toContain('2 passed');
});

test('calls that only prepare are in it, those after what was wanted are not', async () => {
  const { stdout } = await kmsLens(['test', '--trail', '-', '--filter', 'open'], { cwd: folder() });
  expect(told(JSON.parse(stdout))).toEqual(all.slice(0, 2));
});
