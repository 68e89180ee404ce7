import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  clientCommand,
  type EnvelopeParams,
  type EnvelopeResult,
  type EnvelopeView,
  method,
} from '../../../server/protocol.ts';
import { folderWith } from '../../cli/folder.ts';
import { LspSession } from '../lsp-session.ts';

const NAME = 'letters.kms-scenario.json';
const app = 'arn:aws:iam::111122223333:role/App';

const scenario = {
  principals: {
    App: { arn: app, policies: [{ Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } }] },
    Reader: { arn: 'arn:aws:iam::111122223333:role/Reader', policies: [] },
  },
  keys: { letters: { aliases: ['alias/letters'] }, open: { policy: 'open.key-policy.json' } },
  steps: [
    { can: 'Decrypt', as: 'App', on: 'letters' },
    { call: 'DisableKey', input: { KeyId: 'letters' } },
    {
      envelope: 'letters',
      as: 'App',
      payload: 'hex:00ff10',
      encryptionContext: { tenant: 'blue' },
      decrypt: { as: 'Reader', tamper: 'encrypted-data-key' },
    },
    { envelope: 'open', as: 'App', payload: 'file:letter.txt', decrypt: { tamper: 'tag' } },
  ],
};

/** A policy that lets everybody in, of all accounts. */
const open = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' }],
};

async function opened() {
  const text = JSON.stringify(scenario, null, 1);
  const folder = folderWith({
    [NAME]: text,
    'open.key-policy.json': JSON.stringify(open),
    'letter.txt': 'dear reader',
  });
  const session = await LspSession.start({
    workspaceFolders: [pathToFileURL(folder).href],
    initializationOptions: { clientCommands: Object.values(clientCommand) },
  });
  const uri = pathToFileURL(`${folder}/${NAME}`).href;
  await session.open(uri, text, 'kms-scenario');
  const view = (params: Omit<EnvelopeParams, 'uri'>): Promise<EnvelopeView> =>
    session.connection.sendRequest(method.envelopeView, { uri, ...params });
  return { session, uri, view, folder };
}

const stops = ({ trip }: EnvelopeView): string =>
  trip.steps
    .filter(({ outcome }) => outcome === 'stopped')
    .map(({ id, error }) => `${id}: ${error?.name}`)
    .join();

describe('the round trip of a key of a scenario', () => {
  test('is asked for above it, and takes the key as the file declares it', async () => {
    const { session, uri, view } = await opened();
    const lenses = await session.connection.sendRequest<{ command: { title: string; arguments: unknown[] } }[]>(
      'textDocument/codeLens',
      { textDocument: { uri } },
    );
    const trips = lenses.filter(({ command }) => command.title === 'Envelope round trip');
    expect(trips.map(({ command }) => command.arguments)).toEqual([
      [{ uri, key: 'letters' }],
      [{ uri, key: 'open' }],
      [{ uri, step: 2 }],
      [{ uri, step: 3 }],
    ]);
    const { title, asked, principals, trip, changes } = await view({ key: 'letters' });
    expect(title).toBe('Envelope round trip: letters');
    expect(asked).toMatchObject({ principal: 'App', decryptPrincipal: 'App', key: 'letters', encryptionContext: {} });
    expect(principals.map(({ principal }) => principal)).toEqual(['App', 'Reader', 'root']);
    expect(trip).toMatchObject({ outcome: 'ok', principal: 'App', message: { frames: 1 } });
    expect(trip.steps[0]?.because).toContain('identity policies');
    expect(changes).toHaveLength(9);
  });

  test('is decided by what the scenario says of each', async () => {
    const { view } = await opened();
    expect(stops(await view({ key: 'letters', principal: 'Reader' }))).toBe('generate-data-key: AccessDeniedException');
    expect(stops(await view({ key: 'letters', decryptPrincipal: 'Reader' }))).toBe(
      'decrypt-data-key: AccessDeniedException',
    );
    expect(stops(await view({ key: 'letters', principal: 'Reader', asIfAllowed: true }))).toBe('');
  });

  test('lets an attacker in where the policy lets everybody in', async () => {
    const { view } = await opened();
    const shut = await view({ key: 'letters', change: 'attacker-without-key' });
    expect(stops(shut)).toBe('decrypt-data-key: AccessDeniedException');
    const { trip } = await view({ key: 'open', change: 'attacker-without-key' });
    expect(trip.outcome).toBe('ok');
    expect(trip.change?.why).toMatch(/^Nothing stops them: /);
  });

  test('starts anew each time, whatever was done to the key', async () => {
    const { view } = await opened();
    expect(stops(await view({ key: 'letters', change: 'key-disabled' }))).toBe('decrypt-data-key: DisabledException');
    expect(stops(await view({ key: 'letters' }))).toBe('');
  });
});

describe('the round trip of a step', () => {
  test('finds the key as the steps before left it', async () => {
    const { view } = await opened();
    expect(stops(await view({ step: 2 }))).toBe('generate-data-key: DisabledException');
    const { asked, range } = await view({ step: 2 });
    expect(asked).toMatchObject({
      principal: 'App',
      decryptPrincipal: 'Reader',
      encryptionContext: { tenant: 'blue' },
      payload: { written: 'hex:00ff10' },
      change: 'flipped-encrypted-data-key',
    });
    expect(range.start.line).toBeGreaterThan(10);
  });

  test('has its payload and what it changes, until something else is asked', async () => {
    const { view, folder } = await opened();
    const asWritten = await view({ step: 3 });
    expect(asWritten.asked.payload).toEqual({ file: pathToFileURL(`${folder}/letter.txt`).href });
    expect(asWritten.trip.payload.bytes).toBe(11);
    expect(stops(asWritten)).toBe('decrypt-locally: EnvelopeError');
    expect(stops(await view({ step: 3, change: 'none' }))).toBe('');
    const random = await view({ step: 3, change: 'none', payload: { random: 5000 } });
    expect(random.trip.message?.frames).toBe(2);
  });

  test('is there as text', async () => {
    const { session, uri } = await opened();
    const result = await session.connection.sendRequest<EnvelopeResult>(method.envelope, { uri, step: 3 });
    const text = await session.content(result.report);
    expect(text).toContain('What was changed on purpose');
    expect(text).not.toContain('dear reader');
    expect(result.demonstrations).toHaveLength(9);
  });
});

test.each<[Omit<EnvelopeParams, 'uri'>, RegExp]>([
  [{ key: 'nothing' }, /`nothing` is not there/],
  [{ key: 'letters', change: 'everything' }, /`everything` is nothing that can be changed: name one of `wrong-enc/],
  [{ key: 'letters', payload: { random: 2 ** 31 } }, /at most 1 GiB/],
  [{ key: 'letters', payload: { file: 'file:///nowhere/at-all.bin' } }, /`at-all.bin` cannot be read/],
  [{ key: 'letters', change: 'flipped-ciphertext', payload: '' }, /an empty payload has no ciphertext/],
])('%j is refused with what to do', async (params, problem) => {
  const { view } = await opened();
  await expect(view(params)).rejects.toThrow(problem);
});
