import { describe, expect, test } from 'vitest';
import { scenarioShape } from '../../../simulator/scenario/format/scenario.ts';
import type { Shape } from '../../../simulator/scenario/shape.ts';
import { exampleText, fullText, fullValue, isWhole, outlineOf, problemsOf, shapesIn, withValue } from './texts.ts';

test.each([
  ['the example', exampleText],
  ['every member of the format', fullText],
  ['nothing', '{}'],
])('%s has no problem', (_, text) => {
  expect(problemsOf(text)).toEqual([]);
  expect(outlineOf(text).file).toBeDefined();
  expect(isWhole(text)).toBe(true);
});

/** Every member that an object of the format can have, by the object and the member. */
function membersOf(shape: Shape, found: Set<string>, holder = ''): void {
  if (shape.type === 'list' || shape.type === 'map') membersOf(shape.of, found, holder);
  if (shape.type === 'either') for (const each of shape.of) membersOf(each, found, holder);
  if (shape.type === 'variants')
    for (const [kind, each] of Object.entries(shape.variants)) membersOf(each, found, `${holder}(${kind})`);
  if (shape.type === 'object')
    for (const [name, member] of Object.entries(shape.members)) {
      found.add(`${holder}.${name}`);
      membersOf(member.shape, found, `${holder}.${name}`);
    }
}

/** The same for the members that a value has. */
function membersIn(value: unknown, shape: Shape, found: Set<string>, holder = ''): void {
  if (Array.isArray(value) && shape.type === 'list') for (const each of value) membersIn(each, shape.of, found, holder);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  if (shape.type === 'map') for (const each of Object.values(value)) membersIn(each, shape.of, found, holder);
  if (shape.type === 'either') for (const each of shape.of) membersIn(value, each, found, holder);
  if (shape.type === 'variants') {
    const kind = Object.keys(shape.variants).find((each) => Object.hasOwn(value, each)) ?? '';
    const variant = shape.variants[kind];
    if (variant) membersIn(value, variant, found, `${holder}(${kind})`);
  }
  if (shape.type === 'object')
    for (const [name, each] of Object.entries(value)) {
      const member = shape.members[name];
      if (!member) continue;
      found.add(`${holder}.${name}`);
      membersIn(each, member.shape, found, `${holder}.${name}`);
    }
}

test('the sample uses every member', () => {
  const all = new Set<string>();
  membersOf(scenarioShape, all);
  const used = new Set<string>();
  membersIn(fullValue(), scenarioShape, used);
  expect([...all].filter((each) => !used.has(each))).toEqual([]);
});

describe('every value of the sample', () => {
  const shapes = new Map<string, Shape>();
  shapesIn(fullValue(), scenarioShape, '', shapes);
  const rows = [...shapes].filter(([pointer]) => pointer !== '');

  test.each(rows)('%s may not be a nested list', (pointer) => {
    const problems = problemsOf(withValue(pointer, [[1]]));
    // A parameter can be anything.
    expect(problems.some((each) => each.startsWith(`malformed ${pointer}`))).toBe(true);
    for (const each of problems) expect(each).toMatch(/^(malformed|undefined-name) \/\S*: .+: \S.*[^.]$/);
  });

  test.each(rows)('%s may not be a number out of place, nor a hole', (pointer, shape) => {
    const expected = shape.type === 'number' ? -1 : 7;
    expect(problemsOf(withValue(pointer, expected)).some((each) => each.startsWith(`malformed ${pointer}`))).toBe(true);
  });

  const objects = rows.filter(([, { type }]) => type === 'object' || type === 'variants');
  test.each(objects)('%s has no member of another name', (pointer) => {
    const value = pointer
      .split('/')
      .slice(1)
      .reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], fullValue());
    const problems = problemsOf(withValue(pointer, { ...(value as object), zzz: 1 }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(`malformed ${pointer}/zzz: `);
    expect(problems[0]).toContain('has no `zzz`: ');
  });
});

const envelope = (members: object): object => ({
  keys: { a: {} },
  steps: [{ envelope: 'a', payload: 'text:a', ...members }],
});

describe('malformed', () => {
  test.each<[string, object | string, string]>([
    ['a root', '[]', ': a scenario is an object: write `{ … }`'],
    ['a misspelled member', { acount: '111122223333' }, '/acount: a scenario has no `acount`: did you mean `account`?'],
    ['an account', { account: '1' }, '/account: `1` is no account ID: write its 12 digits'],
    ['a Region', { region: 'Frankfurt' }, '/region: `Frankfurt` is no Region: '],
    ['a partition', { partition: 'azure' }, '/partition: `azure` is no value of `partition`: write one of `aws`'],
    ['a time', { now: '2026-13-45T00:00:00Z' }, '/now: `2026-13-45T00:00:00Z` is no time: '],
    ['a principal without ARN', { principals: { App: {} } }, '/principals/App: a principal has a `arn`: add it'],
    ['an ARN of nobody', { principals: { App: { arn: 'arn:aws:s3:::b' } } }, '/principals/App/arn: '],
    [
      'a name that stands for somebody',
      { principals: { root: { arn: 'arn:aws:iam::111122223333:root' } } },
      '/principals/root: ',
    ],
    [
      'a session of a user',
      { principals: { A: { arn: 'arn:aws:iam::111122223333:user/A', sessionName: 'aa' } } },
      '/principals/A/sessionName: only roles',
    ],
    [
      'session policies of a user',
      { principals: { A: { arn: 'arn:aws:iam::111122223333:user/A', sessionPolicies: [] } } },
      '/principals/A/sessionPolicies: users have no session',
    ],
    [
      'a policy that is a number',
      { keys: { a: { policy: 1 } } },
      '/keys/a/policy: `policy` is a policy: write its path',
    ],
    ['an empty path', { keys: { a: { policy: '' } } }, '/keys/a/policy: '],
    [
      'a usage that the spec has not',
      { keys: { a: { spec: 'RSA_2048', usage: 'GENERATE_VERIFY_MAC' } } },
      '/keys/a/usage: ',
    ],
    [
      'replicas of a single-Region key',
      { keys: { a: { multiRegion: false, replicas: ['eu-west-1'] } } },
      '/keys/a/replicas: ',
    ],
    [
      'an id of another kind',
      { keys: { a: { multiRegion: true, id: '1234abcd-12ab-34cd-56ef-1234567890ab' } } },
      '/keys/a/id: ',
    ],
    ['an alias twice', { keys: { a: { aliases: ['alias/x'] }, b: { aliases: ['alias/x'] } } }, '/keys/b/aliases/0: '],
    ['an alias as a name', { keys: { 'alias/x': {} } }, '/keys/alias~1x: '],
    [
      'half a day',
      { keys: { a: { rotation: { enabled: true, periodInDays: 90.5 } } } },
      '/keys/a/rotation/periodInDays: `periodInDays` is a whole number',
    ],
    [
      'a period out of range',
      { keys: { a: { rotation: { enabled: true, periodInDays: 30 } } } },
      '/keys/a/rotation/periodInDays: `periodInDays` is from 90 to 2560',
    ],
    [
      'a number beyond numbers',
      '{ "quotas": { "CryptographicOperationsSymmetric": 1e999 } }',
      '/quotas/CryptographicOperationsSymmetric: ',
    ],
    [
      'a quota that is none',
      { quotas: { CryptographicOperationsSymetric: 1 } },
      '/quotas/CryptographicOperationsSymetric: ',
    ],
    [
      'a grant to nobody',
      { keys: { a: {} }, grants: { g: { key: 'a', Operations: ['Decrypt'] } } },
      '/grants/g: a grant has either',
    ],
    [
      'a grant of nothing',
      { keys: { a: {} }, grants: { g: { key: 'a', GranteePrincipal: 'root', Operations: [] } } },
      '/grants/g/Operations: ',
    ],
    [
      'a grant of what no grant allows',
      { keys: { a: {} }, grants: { g: { key: 'a', GranteePrincipal: 'root', Operations: ['Decypt'] } } },
      '/grants/g/Operations/0: `Decypt` is no value of `Operations`: did you mean `Decrypt`?',
    ],
    [
      'two who may retire',
      {
        keys: { a: {} },
        grants: {
          g: {
            key: 'a',
            GranteePrincipal: 'root',
            Operations: ['Decrypt'],
            RetiringPrincipal: 'root',
            RetiringServicePrincipal: 's3.amazonaws.com',
          },
        },
      },
      '/grants/g/RetiringServicePrincipal: ',
    ],
    ['a step of nothing', { steps: [{}] }, '/steps/0: a step says what it does: add one of `can`'],
    ['a misspelled step', { steps: [{ cann: 'Decrypt' }] }, '/steps/0/cann: a step has no `cann`: did you mean `can`?'],
    ['a step of two things', { steps: [{ can: 'ListKeys', wait: 'P1D' }] }, '/steps/0/wait: a step does one thing'],
    [
      'an operation that KMS has not',
      { steps: [{ can: 'Decypt' }] },
      '/steps/0/can: `Decypt` is no operation of AWS KMS: did you mean `Decrypt`?',
    ],
    ['a check without its key', { steps: [{ can: 'Decrypt' }] }, '/steps/0/can: `Decrypt` works on a key: add `on`'],
    ['a second key', { keys: { a: {} }, steps: [{ can: 'Decrypt', on: 'a', to: 'a' }] }, '/steps/0/to: '],
    ['a condition key', { steps: [{ can: 'ListKeys', context: { SourceIp: '1' } }] }, '/steps/0/context/SourceIp: '],
    ['an expectation', { steps: [{ can: 'ListKeys', expect: 'maybe' }] }, '/steps/0/expect: '],
    [
      'a kind of what is allowed',
      { steps: [{ can: 'ListKeys', expect: { verdict: 'allowed', kind: 'explicit' } }] },
      '/steps/0/expect/kind: only a denial',
    ],
    [
      'a layer that allows nothing',
      { steps: [{ can: 'ListKeys', expect: { verdict: 'allowed', by: 'scp' } }] },
      '/steps/0/expect/by: `scp` allows nothing',
    ],
    [
      'a grant that denies',
      { steps: [{ can: 'ListKeys', expect: { verdict: 'denied', by: 'grant' } }] },
      '/steps/0/expect/by: a grant denies nothing',
    ],
    [
      'a call that answers and fails',
      { steps: [{ call: 'ListKeys', expect: { ok: {}, error: 'E' } }] },
      '/steps/0/expect: a call answers or fails',
    ],
    [
      'an expectation of nothing',
      { steps: [{ call: 'ListKeys', expect: {} }] },
      '/steps/0/expect: an expectation says',
    ],
    ['a name for a response', { steps: [{ call: 'ListKeys', save: '1st' }] }, '/steps/0/save: '],
    ['a duration', { steps: [{ wait: '8 days' }] }, '/steps/0/wait: '],
    ['a payload', { keys: { a: {} }, steps: [{ envelope: 'a', payload: 'card' }] }, '/steps/0/payload: '],
    ['a payload that is no base64', envelope({ payload: 'base64:a!' }), '/steps/0/payload: this is no payload'],
    ['half a byte', envelope({ payload: 'hex:abc' }), '/steps/0/payload: this is no payload'],
    ['a size without a unit', envelope({ payload: 'random:10' }), '/steps/0/payload: this is no payload'],
    ['more than anybody waits for', envelope({ payload: 'random:2GiB' }), '/steps/0/payload: this is no payload'],
    ['nothing to encrypt', { keys: { a: {} }, steps: [{ envelope: 'a' }] }, '/steps/0: an envelope round trip has a'],
    [
      'a change of what there is none',
      envelope({ decrypt: { tamper: 'body' } }),
      '/steps/0/decrypt/tamper: `body` is no value of `tamper`: ',
    ],
    [
      'a change of a ciphertext without a byte',
      envelope({ payload: 'text:', decrypt: { tamper: 'ciphertext' } }),
      '/steps/0/decrypt/tamper: an empty payload has no ciphertext',
    ],
    [
      'an error that no round trip comes to',
      envelope({ expect: { error: 'frame-tags' } }),
      '/steps/0/expect/error: `frame-tags` is no value of `error`: did you mean `frame-tag`?',
    ],
    ['half a message', envelope({ messages: 1.5 }), '/steps/0/messages: '],
    ['no message', envelope({ messages: 0 }), '/steps/0/messages: '],
    ['more messages than anybody waits for', envelope({ messages: 10_001 }), '/steps/0/messages: '],
    ['a time after the only message', envelope({ every: 'PT1S' }), '/steps/0/every: one message has no other after it'],
    ['caching without an age', envelope({ caching: {} }), '/steps/0/caching: data key caching has a `maxAge`'],
    [
      'caching for no time',
      envelope({ caching: { maxAge: 'PT0S' } }),
      '/steps/0/caching/maxAge: `PT0S` is no time that',
    ],
    [
      'no bytes',
      envelope({ caching: { maxAge: 'PT1S', maxBytes: '0B' } }),
      '/steps/0/caching/maxBytes: `0B` is no size',
    ],
    [
      'too many bytes',
      envelope({ caching: { maxAge: 'PT1S', maxBytes: '9007199254740992B' } }),
      '/steps/0/caching/maxBytes: ',
    ],
    ['a trip that is to come to nothing', envelope({ expect: {} }), '/steps/0/expect: an expectation says'],
    ['calls that no trip makes', envelope({ expect: { calls: { Encrypt: 1 } } }), '/steps/0/expect/calls/Encrypt: '],
    ['a load of what is no operation', { steps: [{ load: { Decypt: 1 } }] }, '/steps/0/load/Decypt: '],
  ])('%s', (_, scenario, problem) => {
    const problems = problemsOf(scenario);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`malformed ${problem}`);
  });

  test('a payload that cannot be read is not repeated', () => {
    expect(problemsOf(envelope({ payload: 'card 4242' })).join()).not.toContain('4242');
  });

  test('what is given twice is a problem of its own kind, whose last one is read', () => {
    expect(problemsOf('{ "account": 1, "account": "111122223333" }')).toEqual([
      'repeated-member /account: `account` is given twice, and the last one counts: remove one',
    ]);
  });

  test('parameters are nested no deeper than requests', () => {
    const nested = (depth: number): string =>
      `{ "steps": [{ "can": "ListKeys", "input": ${'{"a":'.repeat(depth)}1${'}'.repeat(depth)} }] }`;
    expect(problemsOf(nested(16))).toEqual([]);
    expect(problemsOf(nested(17))[0]).toContain('nested more deeply than any request');
  });
});

describe('undefined names', () => {
  test.each<[string, object, string]>([
    [
      'a principal',
      { steps: [{ can: 'ListKeys', as: 'Ap' }], principals: { App: { arn: 'arn:aws:iam::111122223333:role/App' } } },
      '/steps/0/as: `Ap` is no principal of this file: did you mean `App`?',
    ],
    [
      'a principal like no other',
      { steps: [{ can: 'ListKeys', as: 'Somebody' }] },
      '/steps/0/as: `Somebody` is no principal of this file: add it to `principals`',
    ],
    [
      'a key',
      { steps: [{ can: 'Decrypt', on: 'orders' }] },
      '/steps/0/on: `orders` is no key of this file: add it to `keys`',
    ],
    [
      'an alias',
      { keys: { a: { aliases: ['alias/a'] } }, steps: [{ can: 'Decrypt', on: 'alias/b' }] },
      '/steps/0/on: `alias/b` is no key',
    ],
    [
      'the key of a grant',
      { grants: { g: { key: 'a', GranteePrincipal: 'root', Operations: ['Decrypt'] } } },
      '/grants/g/key: `a` is no key',
    ],
    [
      'a grant',
      { steps: [{ can: 'ListKeys', grantTokens: ['report'] }] },
      '/steps/0/grantTokens/0: `report` is no grant',
    ],
    [
      'a VPC endpoint',
      { steps: [{ can: 'ListKeys', vpce: 'vpce-0a' }] },
      '/steps/0/vpce: `vpce-0a` is no VPC endpoint',
    ],
    [
      'a response',
      { steps: [{ call: 'Decrypt', input: { CiphertextBlob: '$sealed.CiphertextBlob' } }] },
      '/steps/0/input/CiphertextBlob: `sealed` is no response of this file: an earlier step has to `save` it',
    ],
    [
      'a response of a later step',
      {
        steps: [
          { call: 'Decrypt', input: { KeyId: '$made.Arn' } },
          { call: 'CreateKey', save: 'made' },
        ],
      },
      '/steps/0/input/KeyId: `made` is not saved by any step before this one',
    ],
    [
      'a response of the step itself',
      { steps: [{ call: 'CreateKey', save: 'made', input: { Description: '$made' } }] },
      '/steps/0/input/Description: `made` is not saved',
    ],
    [
      'a token under another name than its own',
      {
        keys: { orders: {} },
        steps: [
          {
            call: 'CreateGrant',
            input: { KeyId: 'orders', GranteePrincipal: 'arn:aws:iam::111122223333:role/App', Operations: ['Decrypt'] },
            save: 'made',
          },
          { can: 'Decrypt', on: 'orders', grantTokens: ['$made.GrantToken', '$made.Token'] },
        ],
      },
      '/steps/1/grantTokens/1: `$made.Token` is no `GrantToken` of a response: did you mean `$made.GrantToken`?',
    ],
    [
      'a name of every object',
      { steps: [{ can: 'ListKeys', as: 'constructor' }] },
      '/steps/0/as: `constructor` is no principal',
    ],
    ['another such name', { steps: [{ can: 'Decrypt', on: '__proto__' }] }, '/steps/0/on: `__proto__` is no key'],
  ])('%s', (_, scenario, problem) => {
    const problems = problemsOf(scenario);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`undefined-name ${problem}`);
  });

  test.each([
    ['KeyId', 'alias/none'],
    ['GranteePrincipal', 'Nobody'],
    ['GrantTokens', ['none']],
  ])('a call may name what is not there as its %s', (name, value) => {
    const input = { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab', Operations: ['Decrypt'], [name]: value };
    expect(problemsOf({ steps: [{ call: 'CreateGrant', input }] })).toEqual([]);
  });

  test.each([
    ['KeyId', 'alias/none'],
    ['constructor', 'x'],
    ['__proto__', 'x'],
  ])('an access check may name what is not there as its %s', (name, value) => {
    expect(problemsOf(`{ "steps": [{ "can": "ListKeys", "input": { "${name}": "${value}" } }] }`)).toEqual([]);
  });

  test('things may have the names of what every object has', () => {
    const text = `{
      "principals": { "__proto__": { "arn": "arn:aws:iam::111122223333:role/A" }, "constructor": { "arn": "arn:aws:iam::111122223333:role/B" } },
      "keys": { "__proto__": {}, "toString": { "aliases": ["alias/a"] } },
      "steps": [{ "can": "Decrypt", "as": "__proto__", "on": "__proto__" }, { "can": "Decrypt", "as": "constructor", "on": "toString" }]
    }`;
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('credentials', () => {
  const real = ['AKIA2QXPLMBD3VKH7TRZ', 'wJalrXUtnFEMIK7MDENGbPxRfiCYzQ3rT8uVw0aB'] as const;
  const principal = (members: object) => ({
    principals: { A: { arn: 'arn:aws:iam::111122223333:role/A', ...members } },
  });

  test.each([
    principal({ accessKeyId: real[0] }),
    principal({ secretAccessKey: real[1] }),
    principal({ accessKeyId: 'AKIA' }),
    principal({ secretAccessKey: '' }),
  ])('%j may be real ones', (scenario) => {
    const [problem, ...others] = problemsOf(scenario);
    expect(others).toEqual([]);
    expect(problem).toMatch(/^real-credentials \/principals\/A\/(accessKeyId|secretAccessKey): /);
    for (const each of real) expect(problem).not.toContain(each.slice(4, 12));
  });

  test.each([
    { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    { accessKeyId: 'ASIAIOSFODNN7EXAMPLE' },
    { accessKeyId: 'AKIDEXAMPLE' },
    { accessKeyId: 'AKIAKMSLENSAPP', secretAccessKey: 'kms-lens-app' },
  ])('%j are examples', (members) => {
    expect(problemsOf(principal(members))).toEqual([]);
  });

  test.each<object>([
    { principals: { [real[0]]: {} } },
    { steps: [{ can: 'ListKeys', as: real[0] }] },
    { steps: [{ can: real[1], as: real[1] }] },
    { steps: [{ can: 'ListKeys', [real[0]]: 1 }] },
    { account: real[1], region: real[0], [real[1]]: 1 },
    principal({ accessKeyId: [real[0]], secretAccessKey: { [real[1]]: 1 } }),
    principal({ sessionName: real[1], tags: { a: 1, [real[0]]: 2 } }),
  ])('no message repeats one that stands in another place: %j', (scenario) => {
    const { problems, steps } = outlineOf(JSON.stringify(scenario));
    expect(problems.length).toBeGreaterThan(0);
    const said = [...problems.map(({ message }) => message), ...steps.map(({ title }) => title)].join('\n');
    for (const each of real) expect(said).not.toContain(each.slice(4, 20));
  });
});
