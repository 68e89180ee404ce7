import { expect, test } from 'vitest';
import { callerOf, counted, requestsAsText } from '../../../client/localKms/text.ts';
import type { LocalKmsRow, LocalKmsView } from '../../../server/protocol.ts';

const row: LocalKmsRow = {
  number: 1,
  time: '2026-11-28 19:00:00',
  requestId: 'one',
  operation: 'Decrypt',
  principal: 'App',
  isFallback: false,
  isOfKms: false,
  region: 'eu-central-1',
  keys: ['alias/orders'],
  outcome: 'ok',
  isDecided: false,
  records: [],
};

const view: LocalKmsView = {
  title: 'Local KMS',
  state: 'running',
  of: { name: 'orders.kms-scenario.json', uri: 'file:///orders.kms-scenario.json' },
  isOld: false,
  url: 'http://127.0.0.1:4599',
  pointers: [],
  ahead: 0,
  rows: [],
  calls: 0,
  denied: 0,
};

test('requests as text, with why they failed', () => {
  const rows: readonly LocalKmsRow[] = [
    row,
    { ...row, outcome: 'denied', error: 'AccessDeniedException', because: 'no policy allows `kms:Decrypt`' },
    {
      ...row,
      operation: '',
      principal: '',
      region: '',
      keys: [],
      outcome: 'error',
      error: 'UnknownOperationException',
    },
    { ...row, operation: 'DeleteKey', principal: '', isOfKms: true },
  ];
  expect(requestsAsText({ ...view, rows, calls: 3, denied: 1 })).toBe(
    [
      'Local KMS: orders.kms-scenario.json, http://127.0.0.1:4599',
      '3 requests, 1 denied',
      '',
      '2026-11-28 19:00:00  eu-central-1  App  Decrypt  alias/orders  ok',
      '2026-11-28 19:00:00  eu-central-1  App  Decrypt  alias/orders  AccessDeniedException',
      '    no policy allows kms:Decrypt',
      '2026-11-28 19:00:00  -  nobody known  -  UnknownOperationException',
      '2026-11-28 19:00:00  eu-central-1  AWS KMS itself  DeleteKey  alias/orders  ok',
      '',
    ].join('\n'),
  );
});

test('what is not kept any more is told of', () => {
  expect(requestsAsText({ ...view, rows: [row], calls: 1_001 })).toContain(
    '1001 requests, 0 denied; the latest are below',
  );
  const { of: _, url: __, ...never } = view;
  expect(requestsAsText(never)).toMatch(/^Local KMS: never started\n0 requests, 0 denied\n/);
});

test('what requests bring cannot break lines', () => {
  const text = requestsAsText({ ...view, rows: [{ ...row, keys: ['a\nb\u001b[2J\u202e'] }], calls: 1 });
  expect(text).toContain('a\ufffdb\ufffd[2J\ufffd');
});

test('callers in words', () => {
  expect(callerOf({ ...row, principal: 'arn:aws:iam::111122223333:root', isFallback: true })).toBe(
    'arn:aws:iam::111122223333:root (fallback)',
  );
  expect([counted(1, 'call'), counted(2, 'call')]).toEqual(['1 call', '2 calls']);
});
