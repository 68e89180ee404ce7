import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { EnvelopeResult, EnvelopeView } from '../../../server/protocol.ts';
import { closeAll, lenses, openFile, orders, ordersApi, run, until } from './support.ts';

describe('“Envelope round trip”', () => {
  afterEach(closeAll);

  it('stands above the policy and the statements that allow encrypting or decrypting', async () => {
    const document = await openFile('envelope-lenses.key-policy.json', orders);
    const all = await until('lenses', () => lenses(document));
    const round = all.filter(({ command }) => command?.command === 'kms-lens.envelopeRoundTrip');
    assert.deepEqual(
      round.map(({ range, command }) => [range.start.line + 1, command?.title]),
      [
        [1, 'Envelope round trip'],
        [4, 'Envelope round trip'],
        [11, 'Envelope round trip'],
      ],
    );
  });

  it('returns every step and what stops it, and never the payload', async () => {
    const document = await openFile('envelope.key-policy.json', orders);
    const payload = 'the payload that nobody may see';
    const result = await run<EnvelopeResult>('envelopeRoundTrip', {
      uri: document.uri.toString(),
      statement: '/Statement/1',
      principal: ordersApi,
      payload,
      open: false,
    });
    assert.ok(result.steps.length >= 5, JSON.stringify(result.steps));
    assert.deepEqual(
      result.steps.filter(({ outcome }) => outcome !== 'ok'),
      [],
    );
    assert.ok(result.demonstrations.length >= 3);
    assert.ok(result.demonstrations.every(({ stoppedAt, error, why }) => stoppedAt && error && why));
    assert.equal(result.range.start.line, 10);
    assert.equal(JSON.stringify(result).includes(payload), false);
    assert.equal(vscode.window.visibleTextEditors.length, 1);
  });

  it('opens as a page that stays one for each place', async () => {
    const document = await openFile('envelope-page.key-policy.json', orders);
    const argument = { uri: document.uri.toString(), statement: '/Statement/1', principal: ordersApi };
    const { trip, asked } = await run<EnvelopeView>('envelopeRoundTrip', argument);
    assert.equal(trip.outcome, 'ok');
    assert.deepEqual(asked.encryptionContext, { service: 'orders' });
    await run<EnvelopeView>('envelopeRoundTrip', argument);
    const pages = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.filter(({ input }) => input instanceof vscode.TabInputWebview),
    );
    assert.deepEqual(
      pages.map(({ label }) => label),
      ['Envelope round trip: envelope-page'],
    );
  });

  it('runs for a step of a scenario, with what the step changes', async () => {
    const step = { envelope: 'letters', payload: 'text:card 4242', decrypt: { tamper: 'tag' } };
    const text = JSON.stringify({ keys: { letters: {} }, steps: [step] }, null, 2);
    const document = await openFile('letters.kms-scenario.json', text);
    const all = await until('lenses', () => lenses(document));
    const titles = all.map(({ command }) => command?.title);
    assert.equal(titles.filter((title) => title === 'Envelope round trip').length, 2);
    const result = await run<EnvelopeResult>('envelopeRoundTrip', {
      uri: document.uri.toString(),
      step: 0,
      open: false,
    });
    assert.equal(result.steps.find(({ outcome }) => outcome === 'stopped')?.id, 'decrypt-locally');
  });

  it('stops where the policy allows nothing', async () => {
    const text = orders.replace('"kms:GenerateDataKey", ', '').replace('"kms:*"', '"kms:DescribeKey"');
    const document = await openFile('envelope-stopped.key-policy.json', text);
    const { steps } = await run<EnvelopeResult>('envelopeRoundTrip', {
      uri: document.uri.toString(),
      principal: ordersApi,
      open: false,
    });
    const stopped = steps.find(({ outcome }) => outcome === 'stopped');
    assert.match(stopped?.because ?? '', /allow/);
  });
});
