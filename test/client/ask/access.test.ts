import { describe, expect, test } from 'vitest';
import { askForRequest } from '../../../client/ask/access.ts';
import { accessOptions, scripted } from './script.ts';

const role = 'arn:aws:iam::111122223333:role/App';

describe('the steps', () => {
  test('three answers make a request', async () => {
    const { ask, seen } = scripted({ choose: role }, { choose: 'kms:Decrypt' }, { choose: 'Decide now' });
    const asked = await askForRequest(ask, accessOptions(), undefined);
    expect(asked).toEqual({ kind: 'request', request: { principal: role, action: 'kms:Decrypt' } });
    expect(seen.map(({ title }) => title)).toEqual([
      'Simulate access (1/3)',
      'Simulate access (2/3)',
      'Simulate access (3/3)',
    ]);
    expect(seen.map(({ canGoBack }) => canGoBack)).toEqual([false, true, true]);
  });

  test('the statement comes first', async () => {
    const { ask, seen } = scripted('escape');
    expect(await askForRequest(ask, accessOptions(), undefined)).toBeUndefined();
    expect(seen[0]?.labels).toEqual([
      '— In this statement',
      role,
      'service:s3.amazonaws.com',
      '— Elsewhere in this document',
      'arn:aws:iam::111122223333:root',
    ]);
  });

  test('any principal and any action may be typed', async () => {
    const { ask } = scripted(
      { type: '444455556666', choose: 'Use “444455556666”' },
      { type: 'Sign', choose: 'Use “Sign”' },
      { choose: 'Decide now' },
    );
    const asked = await askForRequest(ask, accessOptions(), undefined);
    expect(asked).toEqual({ kind: 'request', request: { principal: 'root:444455556666', action: 'kms:Sign' } });
  });

  test('the last request can be run again at once', async () => {
    const { ask, seen } = scripted({ choose: 'Run again' });
    const last = { principal: role, action: 'kms:Encrypt' };
    expect(await askForRequest(ask, accessOptions(), last)).toEqual({ kind: 'again' });
    expect(seen[0]?.labels[0]).toBe('Run again: kms:Encrypt by role App of 111122223333');
  });
});

describe('the owner of the key', () => {
  test('is asked for where the document names several', async () => {
    const { ask, seen } = scripted(
      { choose: role },
      { choose: 'kms:Decrypt' },
      { choose: '444455556666' },
      { choose: 'Decide now' },
    );
    const asked = await askForRequest(ask, accessOptions({ keyAccounts: ['444455556666', '111122223333'] }), undefined);
    expect(asked).toEqual({
      kind: 'request',
      request: { principal: role, action: 'kms:Decrypt', keyAccount: '444455556666' },
    });
    expect(seen[2]?.title).toBe('Simulate access (3/4)');
  });

  test('may be the account of the principal where the document names none', async () => {
    const { ask, seen } = scripted({ choose: role }, { choose: 'kms:Decrypt' }, 'escape');
    expect(await askForRequest(ask, accessOptions({ keyAccounts: [] }), undefined)).toBeUndefined();
    expect(seen[2]?.labels).toEqual(['111122223333']);
  });
});

describe('going back', () => {
  test('leads to the step before and keeps what was answered', async () => {
    const { ask, seen } = scripted(
      { choose: role },
      { choose: 'kms:Decrypt' },
      { choose: 'Add an encryption context pair' },
      { type: 'tenant=acme', choose: 'Use “tenant=acme”' },
      'back',
      { choose: 'kms:Encrypt' },
      { choose: 'Decide now' },
    );
    const asked = await askForRequest(ask, accessOptions(), undefined);
    expect(asked).toEqual({
      kind: 'request',
      request: { principal: role, action: 'kms:Encrypt', encryptionContext: { tenant: 'acme' } },
    });
    expect(seen[5]?.title).toBe('Simulate access (2/3)');
  });

  test('from a value leads to the list, not out of it', async () => {
    const { ask, seen } = scripted(
      { choose: role },
      { choose: 'kms:Decrypt' },
      { choose: 'Set another condition key' },
      'back',
      { choose: 'Decide now' },
    );
    expect(await askForRequest(ask, accessOptions(), undefined)).toBeDefined();
    expect(seen.map(({ title }) => title.slice(-5))).toEqual(['(1/3)', '(2/3)', '(3/3)', '(3/3)', '(3/3)']);
  });

  test('giving up anywhere gives up altogether', async () => {
    const { ask } = scripted({ choose: role }, { choose: 'kms:Decrypt' }, { choose: 'Set another' }, 'escape');
    expect(await askForRequest(ask, accessOptions(), undefined)).toBeUndefined();
  });
});
