import { describe, expect, test } from 'vitest';
import { isWorthRemembering, LastRuns } from '../../client/memory.ts';
import type { DecisionJson } from '../../server/protocol.ts';
import { memento } from './memento.ts';

const run = { request: { principal: 'root', action: 'kms:Decrypt' }, statement: '/Statement/0' };

test('the last run of each document', async () => {
  const runs = new LastRuns(memento());
  expect(runs.get('file:///a')).toBeUndefined();
  await runs.remember('file:///a', run);
  await runs.remember('file:///b', { ...run, identityPolicies: ['file:///p'] });
  await runs.remember('file:///a', { ...run, request: { ...run.request, action: 'kms:Sign' } });
  expect(runs.get('file:///a')?.request.action).toBe('kms:Sign');
  expect(runs.get('file:///b')).toEqual({ ...run, identityPolicies: ['file:///p'] });
});

test('fifty documents are remembered, the latest', async () => {
  const runs = new LastRuns(memento());
  for (let index = 0; index <= 50; index++) await runs.remember(`file:///${index}`, run);
  expect(runs.get('file:///0')).toBeUndefined();
  expect(runs.get('file:///1')).toEqual(run);
  expect(runs.get('file:///50')).toEqual(run);
});

test.each([[undefined], ['x'], [[['file:///a', { request: { principal: 'root' } }]]], [[['file:///a']]]])(
  'what cannot be read is forgotten: %j',
  async (stored) => {
    const runs = new LastRuns(memento({ 'kms-lens.lastRuns': stored }));
    expect(runs.get('file:///a')).toBeUndefined();
    await runs.remember('file:///a', run);
    expect(runs.get('file:///a')).toEqual(run);
  },
);

describe('policies are worth remembering', () => {
  const decisionOf = (verdict: DecisionJson['verdict'], outcome: string): DecisionJson => ({
    version: 1,
    verdict,
    kind: 'implicit',
    by: 'identity-policy',
    because: '',
    blockers: [],
    needs: [],
    assumed: [],
    changes: [],
    alternatives: [],
    obstacles: [],
    layers: [{ layer: 'identity-policy', outcome, statements: [] }],
  });
  const app = 'arn:aws:iam::111122223333:role/App';
  test.each<[string, string, readonly string[] | undefined, DecisionJson, boolean]>([
    ['where they let somebody in', app, ['file:///p'], decisionOf('allowed', 'allows'), true],
    ['where there are none', app, [], decisionOf('denied', 'silent'), true],
    ['not where nobody chose any', app, undefined, decisionOf('allowed', 'allows'), false],
    ['not where they had no say', app, ['file:///p'], decisionOf('allowed', 'not-applicable'), false],
    ['not where the verdict hangs on more', app, ['file:///p'], decisionOf('depends', 'depends'), false],
    ['not for the root user', 'root', ['file:///p'], decisionOf('denied', 'silent'), false],
    ['not for a service', 'service:s3.amazonaws.com', ['file:///p'], decisionOf('denied', 'silent'), false],
  ])('%s', (_, principal, identityPolicies, decision, expected) => {
    const last = { request: { principal, action: 'kms:Decrypt' }, ...(identityPolicies ? { identityPolicies } : {}) };
    expect(isWorthRemembering(last, decision)).toBe(expected);
  });
});
