import { expect, test } from 'vitest';
import { askForRoundTrip } from '../../../client/ask/envelope.ts';
import { accessOptions, scripted } from './script.ts';

const role = 'arn:aws:iam::111122223333:role/App';

test('nothing is asked where the statement names one usable principal', async () => {
  const { ask, seen } = scripted();
  expect(await askForRoundTrip(ask, accessOptions(), true)).toEqual({});
  expect(seen).toEqual([]);
});

test('the principal is asked for where the document names several', async () => {
  const { ask, seen } = scripted({ choose: role });
  expect(await askForRoundTrip(ask, accessOptions(), false)).toEqual({ principal: role });
  expect(seen[0]?.title).toBe('Envelope round trip (1/1)');
  expect(seen[0]?.labels).not.toContain('service:s3.amazonaws.com');
});

test('the owner of the key is asked for where it is open', async () => {
  const { ask } = scripted({ choose: '111122223333' });
  expect(await askForRoundTrip(ask, accessOptions({ keyAccounts: [] }), true)).toEqual({ keyAccount: '111122223333' });
});

test('giving up gives up', async () => {
  const { ask } = scripted('escape');
  expect(await askForRoundTrip(ask, accessOptions(), false)).toBeUndefined();
});
