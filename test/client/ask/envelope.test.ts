import { expect, test } from 'vitest';
import { askForRoundTrip } from '../../../client/ask/envelope.ts';
import { accessOptions, scripted } from './script.ts';

test('nothing is asked where the document says whose the key is', async () => {
  const { ask, seen } = scripted();
  expect(await askForRoundTrip(ask, accessOptions())).toEqual({});
  expect(seen).toEqual([]);
});

test('the owner of the key is asked for where it is open', async () => {
  const { ask } = scripted({ choose: '111122223333' });
  expect(await askForRoundTrip(ask, accessOptions({ keyAccounts: [] }))).toEqual({ keyAccount: '111122223333' });
});

test('giving up gives up', async () => {
  const { ask } = scripted('escape');
  expect(await askForRoundTrip(ask, accessOptions({ keyAccounts: [] }))).toBeUndefined();
});
