import { describe, expect, it } from 'vitest';
import { app, everything } from '../scenario/worlds.ts';
import { outcomesOf, playScenario } from './play.ts';

const worker = app.replace('App', 'Worker');

const world = {
  principals: { App: { arn: app, policies: [everything] }, Worker: { arn: worker } },
  keys: { orders: {}, other: {} },
  grants: {
    archive: { key: 'orders', GranteePrincipal: 'Worker', Operations: ['Encrypt', 'Decrypt'] },
    'of the other': { key: 'other', GranteePrincipal: 'Worker', RetiringPrincipal: 'Worker', Operations: ['Decrypt'] },
  },
};

const play = async (steps: readonly object[], more: object = {}) =>
  outcomesOf(await playScenario({ ...world, ...more, steps: steps.map((step) => ({ as: 'App', ...step })) }));

const lend = (more: object = {}, save = 'lent') => ({
  call: 'CreateGrant',
  input: { KeyId: 'orders', GranteePrincipal: 'Worker', Operations: ['Encrypt'], ...more },
  save,
});
const can = (expect: unknown, grantTokens?: readonly string[], on = 'orders') => ({
  can: 'Encrypt',
  as: 'Worker',
  on,
  ...(grantTokens ? { grantTokens } : {}),
  expect,
});
const revoke = (GrantId: string, KeyId = 'orders') => ({
  call: 'RevokeGrant',
  input: { KeyId, GrantId },
  expect: 'ok',
});
const soon = { wait: 'PT30S', as: undefined };
const slow = { grantConsistencyDelay: 'PT30S' };

/** What is left once those steps are taken out that expect nothing. */
const told = (outcomes: readonly string[]) => outcomes.filter((each) => !each.startsWith('info'));
const passes = (count: number) => Array(count).fill('pass');

describe('access checks', () => {
  it('see grants that calls made and ended', async () => {
    const none = { grants: {} };
    const steps = [
      can('denied'),
      lend(),
      can({ verdict: 'allowed', by: 'grant' }),
      revoke('$lent.GrantId'),
      can('denied'),
    ];
    expect(told(await play(steps, none))).toEqual(passes(4));
  });

  it('count on a new grant by its token, and on one that ended while that spreads', async () => {
    const none = { ...slow, grants: {} };
    const steps = [
      lend(),
      can('denied'),
      can('allowed', ['$lent.GrantToken']),
      can('denied', ['$lent.GrantToken'], 'other'),
      soon,
      can('allowed'),
      revoke('$lent.GrantId'),
      can('allowed'),
      soon,
      can('denied'),
    ];
    expect(told(await play(steps, none))).toEqual(passes(7));
  });

  it('cannot bring the token of a grant that ended', async () => {
    const text = (token: string) => `error \`${token}\` is the token of no grant that is there when this step is taken`;
    const steps = [
      lend(),
      can('allowed', ['archive', '$lent.GrantToken']),
      revoke('$lent.GrantId'),
      can('allowed', ['$lent.GrantToken']),
      revoke('archive'),
      can('allowed', ['archive']),
    ];
    expect(told(await play(steps))).toEqual(['pass', 'pass', text('$lent.GrantToken'), 'pass', text('archive')]);
  });

  it('know the grants of the file by name before anything is called', async () => {
    expect(await play([can('allowed', ['archive']), can('denied', ['of the other'], 'other')])).toEqual(passes(2));
  });

  it('may expect that a grant lets nobody retire it', async () => {
    const step = { can: 'RetireGrant', as: 'arn:aws:iam::444455556666:role/Theirs', on: 'orders' };
    const expected = { verdict: 'denied', by: 'grant' };
    expect(await play([{ ...step, input: { GrantId: 'archive' }, expect: expected }])).toEqual(passes(1));
  });
});

describe('grants of the file', () => {
  it('are ended by their names, and the others stay', async () => {
    const steps = [
      { call: 'RetireGrant', as: 'Worker', input: { GrantToken: 'of the other' }, expect: 'ok' },
      can('allowed'),
      revoke('archive'),
      can('denied'),
    ];
    expect(await play(steps)).toEqual(passes(4));
  });

  it('are listed with their names, and counted from the start also where changes spread', async () => {
    const list = (KeyId: string, Grants: readonly object[]) => ({
      call: 'ListGrants',
      input: { KeyId },
      expect: { ok: { Grants } },
    });
    const steps = [
      can('allowed'),
      list('orders', [{ Name: 'archive', GranteePrincipal: worker, KeyId: 'orders' }]),
      list('other', [{ Name: '', RetiringPrincipal: worker }]),
      {
        call: 'ListRetirableGrants',
        input: { RetiringPrincipal: 'Worker' },
        expect: { ok: { Grants: [{ KeyId: 'other' }] } },
      },
      { call: 'ListGrants', input: { KeyId: 'orders', GranteePrincipal: 'App' }, expect: { ok: { Grants: [] } } },
    ];
    expect(await play(steps, slow)).toEqual(passes(5));
  });

  it('are gone once they are retired', async () => {
    const named = { call: 'RetireGrant', input: { KeyId: 'orders', GrantId: 'archive' }, expect: 'ok' };
    expect(await play([named, { ...named, expect: { error: 'NotFoundException' } }])).toEqual(passes(2));
  });
});

describe('principals in calls', () => {
  it('go by their names in the file, by root and an account, and by ARNs', async () => {
    const shown = (GranteePrincipal: string, arn: string) => [
      lend({ GranteePrincipal }),
      {
        call: 'ListGrants',
        input: { KeyId: 'orders', GranteePrincipal: arn },
        expect: { ok: { Grants: [{ GrantId: '$lent.GrantId', GranteePrincipal: arn }] } },
      },
    ];
    const steps = [
      ...shown('App', app),
      ...shown('root', app.replace('role/App', 'root')),
      ...shown('root:444455556666', 'arn:aws:iam::444455556666:root'),
      ...shown('arn:aws:iam::444455556666:role/Theirs', 'arn:aws:iam::444455556666:role/Theirs'),
    ];
    expect(told(await play(steps))).toEqual(passes(4));
  });

  it('have to be somebody', async () => {
    const error = { error: 'InvalidArnException' };
    const steps = ['Nobody', `${app}2`].map((GranteePrincipal) => ({ ...lend({ GranteePrincipal }), expect: error }));
    expect(await play(steps)).toEqual(passes(2));
  });
});
