import { expect, test } from 'vitest';
import { askForTable } from '../../../client/ask/table.ts';
import { accessOptions, scripted } from './script.ts';

const role = 'arn:aws:iam::111122223333:role/App';

test('about everybody nothing is asked where the owner of the key is clear', async () => {
  const { ask, seen } = scripted();
  expect(await askForTable(ask, accessOptions(), 'Who', false, {})).toEqual({});
  expect(seen).toEqual([]);
});

test('about a principal, any that is named is offered, services too', async () => {
  const { ask, seen } = scripted({ choose: 'service:s3.amazonaws.com' });
  const asked = await askForTable(ask, accessOptions(), 'What', true, {});
  expect(asked).toEqual({ principal: 'service:s3.amazonaws.com' });
  expect(seen[0]?.title).toBe('What (1/1)');
});

test('the owner of the key is asked for where it is open, and one can go back', async () => {
  const { ask } = scripted({ choose: role }, 'back', { choose: role }, { choose: '444455556666' });
  const options = accessOptions({ keyAccounts: ['111122223333', '444455556666'] });
  expect(await askForTable(ask, options, 'What', true, {})).toEqual({ principal: role, keyAccount: '444455556666' });
});

test('what the argument has answered is not asked', async () => {
  const { ask, seen } = scripted();
  const given = { principal: role, keyAccount: '111122223333' };
  expect(await askForTable(ask, accessOptions({ keyAccounts: [] }), 'What', true, given)).toEqual(given);
  expect(seen).toEqual([]);
});

test('giving up gives up', async () => {
  const { ask } = scripted('escape');
  expect(await askForTable(ask, accessOptions(), 'What', true, {})).toBeUndefined();
});
