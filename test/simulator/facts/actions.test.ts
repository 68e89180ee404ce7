import { describe, expect, test } from 'vitest';
import { actionSummaries } from '../../../simulator/facts/action-summaries.ts';
import { actionNames, findAction, kmsActions } from '../../../simulator/facts/actions.ts';

describe('the kms actions', () => {
  test('there are 58, in alphabetical order, each once', () => {
    expect(kmsActions).toHaveLength(58);
    expect(actionNames).toEqual([...new Set(actionNames)].sort());
  });

  test('each has its own sentence', () => {
    expect(Object.keys(actionSummaries).sort()).toEqual(actionNames);
    for (const { name, summary } of kmsActions) expect(summary, name).toMatch(/^(Allows|Lets) .+\.$/);
    expect(new Set(kmsActions.map((action) => action.summary)).size).toBe(58);
  });

  test('an action is found in any case and only without its prefix', () => {
    expect(findAction('reencryptfrom')?.name).toBe('ReEncryptFrom');
    expect(findAction('DECRYPT')?.access).toEqual(['Write']);
    expect(findAction('ReEncrypt')).toBeUndefined();
    expect(findAction('kms:Decrypt')).toBeUndefined();
  });

  test('the generated data and the overlay meet', () => {
    expect(findAction('CreateGrant')).toMatchObject({
      access: ['Permissions management', 'Write'],
      resources: ['key'],
      operations: ['CreateGrant'],
    });
    expect(findAction('CreateAlias')?.resources).toEqual(['alias', 'key']);
    expect(findAction('ListKeys')?.resources).toEqual(['none']);
    expect(findAction('Encapsulate')).toMatchObject({
      resources: ['key'],
      operations: ['Encapsulate'],
      since: '2026-10-26',
    });
    expect(findAction('CreateKey')?.operations).toEqual(['CreateKey', 'ReplicateKey']);
    expect(findAction('ReEncryptTo')?.operations).toEqual(['ReEncrypt']);
  });
});
