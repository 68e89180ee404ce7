import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LspSession, modernClient } from '../server/lsp-session.ts';
import { folderWith, keyPolicy, keyPolicyOfTwoAccounts } from './folder.ts';
import { kmsLens } from './run.ts';

const APP = 'arn:aws:iam::111122223333:role/App';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const bad = keyPolicy('kms:Decypt');
const good = keyPolicy('kms:Decrypt');
const statement = (effect: string, action: string, more: object = {}): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: effect, Action: action, Resource: '*', ...more }] });
const delegating = statement('Allow', 'kms:*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } });

async function checked(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const cwd = folderWith(files);
  const { code, stdout, stderr } = await kmsLens(['check', '--format', 'json', ...args], { cwd });
  const { files: found } = JSON.parse(stdout);
  return { cwd, code, stderr, found };
}

interface Found {
  readonly file: string;
  readonly kind: string | null;
  readonly diagnostics: readonly { readonly rule: string; readonly severity: string }[];
}

/** The language server in a workspace. */
const sessionIn = (cwd: string): Promise<LspSession> =>
  LspSession.start({
    capabilities: { ...modernClient, workspace: { ...modernClient.workspace, workspaceFolders: true } },
    workspaceFolders: [pathToFileURL(cwd).href],
  });

/** What the server says of a file, in the form of the command line's JSON. */
async function diagnosed(session: LspSession, cwd: string, file: string, text: string): Promise<unknown> {
  const uri = pathToFileURL(`${cwd}/${file}`).href;
  await session.open(uri, text);
  const severities = ['', 'error', 'warning', 'information'];
  return (await session.diagnostics(uri)).map(({ code, severity = 0, message, range }) =>
    expect.objectContaining({ rule: code, severity: severities[severity], message, range }),
  );
}

const brief = (found: readonly Found[]) =>
  found.map(({ file, kind, diagnostics }) => [
    file,
    kind,
    ...diagnostics.map(({ rule, severity }) => `${rule} ${severity}`),
  ]);

describe('kms-lens check', () => {
  test.each<[string, object, unknown]>([
    [
      'a severity',
      { rules: { 'action-unknown': 'information' } },
      [
        ['p/a.key-policy.json', 'key-policy', 'action-unknown information'],
        ['p/b.json', 'key-policy', 'action-unknown information'],
      ],
    ],
    [
      'a rule that is off',
      { rules: { 'action-unknown': 'off' } },
      [
        ['p/a.key-policy.json', 'key-policy'],
        ['p/b.json', 'key-policy'],
      ],
    ],
    [
      'a kind, where the name does not say',
      { documents: { 'p/*.json': 'vpce-policy' }, rules: { 'action-unknown': 'off', 'principal-missing': 'off' } },
      [
        ['p/a.key-policy.json', 'key-policy'],
        ['p/b.json', 'vpce-policy'],
      ],
    ],
    [
      'a suppression for a path',
      { suppress: [{ rule: 'action-unknown', path: 'p/b.*' }] },
      [
        ['p/a.key-policy.json', 'key-policy', 'action-unknown error'],
        ['p/b.json', 'key-policy'],
      ],
    ],
    [
      'a suppression for a statement',
      { suppress: [{ rule: 'action-unknown', sid: 'Use the key' }] },
      [
        ['p/a.key-policy.json', 'key-policy'],
        ['p/b.json', 'key-policy'],
      ],
    ],
    [
      'a suppression for another',
      { suppress: [{ rule: 'action-unknown', sid: 'Use' }] },
      [
        ['p/a.key-policy.json', 'key-policy', 'action-unknown error'],
        ['p/b.json', 'key-policy', 'action-unknown error'],
        ['.kms-lens.json', null, 'suppression-unused information'],
      ],
    ],
  ])('honours %s, as the server does', async (_, config, expected) => {
    const files = { '.kms-lens.json': JSON.stringify(config), 'p/a.key-policy.json': bad, 'p/b.json': bad };
    const { cwd, found, stderr } = await checked(files);
    expect(stderr).not.toContain('.kms-lens.json');
    expect(brief(found)).toEqual(expected);
    const session = await sessionIn(cwd);
    const documents = found.filter(({ kind }: Found) => kind !== null);
    for (const { file, diagnostics } of documents)
      expect(await diagnosed(session, cwd, file, bad)).toEqual(diagnostics);
  });

  test.each<[string, object, readonly string[]]>([
    ['nothing', {}, []],
    [
      'the account',
      { account: '111122223333' },
      ['kms-root-delegation-partial information', 'kms-crossaccount-dead-action warning'],
    ],
    [
      'the account of one file before that of all',
      { account: '444455556666', keys: { 'p/*.json': { account: '111122223333' } } },
      ['kms-root-delegation-partial information', 'kms-crossaccount-dead-action warning'],
    ],
    ['the key spec', { keys: { 'p/*.json': { keySpec: 'HMAC_256' } } }, ['kms-context-on-asymmetric error']],
    [
      'the key usage',
      { keys: { '**/a.key-policy.json': { keyUsage: 'SIGN_VERIFY' } } },
      ['kms-context-on-asymmetric error'],
    ],
    ['the spec of another key', { keys: { 'q/*.json': { keySpec: 'HMAC_256' } } }, []],
  ])('knows of the key what the file tells: %s, as the server does', async (_, config, expected) => {
    const file = 'p/a.key-policy.json';
    const { cwd, found } = await checked({ '.kms-lens.json': JSON.stringify(config), [file]: keyPolicyOfTwoAccounts });
    expect(brief(found)).toEqual([[file, 'key-policy', ...expected]]);
    const session = await sessionIn(cwd);
    expect(await diagnosed(session, cwd, file, keyPolicyOfTwoAccounts)).toEqual(found[0].diagnostics);
  });

  test.each<[string, string, number]>([
    ['off', '', 0],
    ['information', 'information', 0],
    ['warning', 'warning', 1],
    ['error', 'error', 1],
  ])(
    'a rule that is set to %s counts as that, as in the editor, whatever it is by itself',
    async (severity, shown, exit) => {
      const off = {
        'action-unknown': 'off',
        'kms-crossaccount-dead-action': 'off',
        'kms-root-delegation-partial': 'off',
      };
      // One that decides by the case, one that is an error, one that is off by itself.
      for (const rule of ['kms-lockout-no-putkeypolicy', 'kms-context-on-asymmetric', 'kms-deletion-unguarded']) {
        const keys = {
          '*': { account: rule.includes('lockout') ? '444455556666' : '111122223333', keySpec: 'RSA_2048' },
        };
        const others = {
          'kms-external-admin': 'off',
          'kms-lockout-no-putkeypolicy': 'off',
          'kms-context-on-asymmetric': 'off',
        };
        const config = { keys, rules: { ...off, ...others, [rule]: severity } };
        const text = keyPolicyOfTwoAccounts.replace(
          '"kms:GetKeyPolicy"',
          '"kms:GetKeyPolicy", "kms:ScheduleKeyDeletion"',
        );
        const file = 'a.key-policy.json';
        const { cwd, code, found } = await checked({ '.kms-lens.json': JSON.stringify(config), [file]: text });
        expect(brief(found)).toEqual([[file, 'key-policy', ...(shown ? [`${rule} ${shown}`] : [])]]);
        expect(code).toBe(exit);
        const session = await sessionIn(cwd);
        expect(await diagnosed(session, cwd, file, text)).toEqual(found[0].diagnostics);
        const bySetting = await LspSession.start({ settings: { account: keys['*'].account, rules: config.rules } });
        const uri = 'file:///elsewhere/a.key-policy.json';
        await bySetting.open(uri, text);
        const severities = (await bySetting.diagnostics(uri)).map(({ code: id, severity: level }) => `${id} ${level}`);
        const level = ['', 'error', 'warning', 'information'].indexOf(shown);
        // No setting tells the key spec.
        expect(severities).toEqual(shown && rule !== 'kms-context-on-asymmetric' ? [`${rule} ${level}`] : []);
      }
    },
  );

  describe('knows the key policy of grants', () => {
    const grant = JSON.stringify({
      KeyId: KEY,
      GranteePrincipal: APP,
      RetiringPrincipal: 'arn:aws:iam::111122223333:role/KeyAdmin',
      Operations: ['Decrypt', 'GenerateDataKey'],
    });
    const denying = delegating.replace(
      /]}$/,
      `,${JSON.stringify({ Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' })}]}`,
    );
    const named = (path: string) => JSON.stringify({ keys: { 'g/*.kms-grant.json': { keyPolicy: path } } });
    const name = 'g/a.kms-grant.json';
    const path = 'k/k.json';

    test('that the file names, as the server does', async () => {
      const files = { '.kms-lens.json': named(path), [name]: grant, [path]: denying };
      const { cwd, found, code } = await checked(files, 'g');
      expect(brief(found)).toEqual([[name, 'grant', 'grant-shadowed-by-deny warning']]);
      expect(code).toBe(1);
      const session = await sessionIn(cwd);
      expect(await diagnosed(session, cwd, name, grant)).toEqual(found[0].diagnostics);
      const policy = pathToFileURL(`${cwd}/${path}`).href;
      await session.open(policy, delegating);
      expect(await session.diagnostics(pathToFileURL(`${cwd}/${name}`).href)).toEqual([]);
    });

    test('and may hold comments where its name says so', async () => {
      const { found } = await checked(
        { '.kms-lens.json': named('k.jsonc'), [name]: grant, 'k.jsonc': `// ours\n${denying}` },
        'g',
      );
      expect(brief(found)).toEqual([[name, 'grant', 'grant-shadowed-by-deny warning']]);
    });

    test.each<[string, Readonly<Record<string, string>>, string]>([
      [path, {}, '`.kms-lens.json:1` names `k/k.json`, which cannot be read'],
      ['../k.json', {}, 'lies outside of the workspace folder'],
      [path, { [path]: '{}' }, 'has no statements'],
    ])('and says once where it cannot be used: %s', async (written, more, message) => {
      const files = { '.kms-lens.json': named(written), [name]: grant, 'g/b.kms-grant.json': grant, ...more };
      const { cwd, code, stderr, found } = await checked(files, 'g');
      expect(code).toBe(2);
      expect(stderr.split(message)).toHaveLength(2);
      expect(brief(found)).toEqual([
        [name, 'grant'],
        ['g/b.kms-grant.json', 'grant'],
      ]);
      expect(await diagnosed(await sessionIn(cwd), cwd, name, grant)).toEqual([]);
    });
  });

  test('mends with what is known of the key, as the server does', async () => {
    const file = 'a.key-policy.json';
    const files = { '.kms-lens.json': '{ "account": "111122223333" }', [file]: keyPolicyOfTwoAccounts };
    const { cwd, found } = await checked(files, '--fix');
    expect(brief(found)).toEqual([[file, 'key-policy', 'kms-root-delegation-partial information']]);
    const mended = readFileSync(`${cwd}/${file}`, 'utf8');
    expect(mended).not.toContain('kms:EnableKey');
    const session = await sessionIn(cwd);
    const uri = pathToFileURL(`${cwd}/${file}`).href;
    await session.open(uri, keyPolicyOfTwoAccounts);
    const everywhere = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const [all] = await session.codeActions(uri, everywhere, ['source.fixAll']);
    expect(all?.edit?.changes?.[uri]?.map(({ newText }) => newText)).toEqual([mended]);
    const quick = await session.codeActions(uri, everywhere, ['quickfix']);
    expect(quick.map(({ title }) => title)).toContain('Remove `kms:EnableKey`');
    const piped = await kmsLens(['check', '--fix', '-'], { cwd, input: keyPolicyOfTwoAccounts });
    expect(piped.stdout).toBe(mended);
  });

  test('takes the nearest file, and none from above the current folder', async () => {
    const files = {
      '.kms-lens.json': '{ "rules": { "action-unknown": "off" } }',
      'here/a.key-policy.json': bad,
      'here/near/.kms-lens.json': '{ "rules": { "action-unknown": "warning" } }',
      'here/near/b.key-policy.json': bad,
    };
    const cwd = `${folderWith(files)}/here`;
    const { stdout } = await kmsLens(['check', '--format', 'json'], { cwd });
    expect(brief(JSON.parse(stdout).files)).toEqual([
      ['a.key-policy.json', 'key-policy', 'action-unknown error'],
      ['near/b.key-policy.json', 'key-policy', 'action-unknown warning'],
    ]);
  });

  test('says how many findings are suppressed, and mends none of them', async () => {
    const cwd = folderWith({
      '.kms-lens.json': '{ "suppress": [{ "rule": "action-unknown" }] }',
      'a.key-policy.json': bad,
    });
    const { code, stdout, stderr } = await kmsLens(['check', '--fix'], { cwd });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '1 file checked, no findings\n',
      stderr: '1 finding is suppressed by .kms-lens.json\n',
    });
  });

  test('says which of them are suppressed by comments, and honours these where comments are allowed', async () => {
    const commented = bad.replace('"kms:Decypt"', '// kms-lens-disable-next-line action-unknown -- 4711\n"kms:Decypt"');
    const cwd = folderWith({
      '.kms-lens.json': '{ "suppress": [{ "rule": "action-unknown", "path": "a.*" }] }',
      'a.key-policy.json': bad,
      'b.jsonc': commented,
    });
    const { code, stdout, stderr } = await kmsLens(['check'], { cwd });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '2 files checked, no findings\n',
      stderr: '2 findings are suppressed: 1 by a comment, 1 by .kms-lens.json\n',
    });
    const session = await sessionIn(cwd);
    expect(await diagnosed(session, cwd, 'b.jsonc', commented)).toEqual([]);
    expect(await diagnosed(session, cwd, 'c.jsonc', commented.replace('-next', '-nxt'))).toHaveLength(2);
    const fixed = await kmsLens(['check', '--fix', '--as', 'key-policy', 'b.jsonc'], { cwd });
    expect(fixed.stderr).toBe('1 finding is suppressed by a comment\n');
    expect(readFileSync(`${cwd}/b.jsonc`, 'utf8')).toBe(commented);
  });

  describe('reports suppressions of the file that suppress nothing', () => {
    const config = (...suppress: readonly object[]): string => JSON.stringify({ suppress }, null, 2);
    const here = { rule: 'action-unknown', path: 'a.*' };
    const nowhere = { rule: 'action-unknown', path: 'b.*', reason: 'gone' };
    const files = (text: string) => ({ '.kms-lens.json': text, 'a.key-policy.json': bad, 'c.key-policy.json': good });

    test('where everything below its folder was checked', async () => {
      const { code, found } = await checked(files(config(here, nowhere)));
      expect(code).toBe(0);
      expect(brief(found)).toEqual([
        ['a.key-policy.json', 'key-policy'],
        ['c.key-policy.json', 'key-policy'],
        ['.kms-lens.json', null, 'suppression-unused information'],
      ]);
      expect(found.at(-1).diagnostics[0].range).toEqual({
        start: { line: 7, character: 14 },
        end: { line: 7, character: 30 },
      });
      const cwd = folderWith(files(config(here, nowhere)));
      const strict = await kmsLens(['check', '--fail-on', 'information'], { cwd });
      expect(strict.code).toBe(1);
      expect(strict.stdout).toContain(
        '.kms-lens.json:8:15  information  no finding of `action-unknown` is suppressed here',
      );
    });

    test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
      ['not where some of it was', config(nowhere), {}, ['a.key-policy.json', 'c.key-policy.json']],
      ['not where it is above what was checked', config(nowhere), { 'p/b.key-policy.json': bad }, ['p']],
      ['not where a document is broken', config(nowhere), { 'd.key-policy.json': '{ "Statement": [' }, []],
      ['not where the rule is off', `{ "rules": { "action-unknown": "off" }, ${config(nowhere).slice(1)}`, {}, []],
      [
        'not where the rule is off further down',
        config(nowhere),
        { 'p/.kms-lens.json': '{ "rules": { "action-unknown": "off" } }', 'p/b.key-policy.json': bad },
        [],
      ],
      [
        'not where that is not wanted',
        `{ "rules": { "suppression-unused": "off" }, ${config(nowhere).slice(1)}`,
        {},
        [],
      ],
      [
        'not where it does its work further down',
        config({ ...here, path: '**/a.*' }),
        { 'p/a.key-policy.json': bad },
        [],
      ],
    ])('%s', async (_, text, more, paths) => {
      const { found } = await checked({ ...files(text), ...more }, ...paths);
      expect(found.map(({ file }: Found) => file)).not.toContain('.kms-lens.json');
    });
  });

  test('reads the configuration of the current folder for standard input', async () => {
    const cwd = folderWith({ '.kms-lens.json': '{ "rules": { "action-unknown": "off" } }' });
    const { code } = await kmsLens(['check', '-'], { cwd, input: bad });
    expect(code).toBe(0);
  });

  test('names every mistake of the file once, checks all the same, and exits with 2', async () => {
    const { code, stderr, found } = await checked({
      '.kms-lens.json': '{\n  "acount": "1",\n  "rules": { "action-unknown": "loud", "version-missing": "off" }\n}',
      'a.key-policy.json': bad.replace('"Version": "2012-10-17",', ''),
      'b.key-policy.json': bad,
    });
    expect(code).toBe(2);
    expect(stderr.match(/\.kms-lens\.json:2:3: `\.kms-lens\.json` has no `acount`/g)).toHaveLength(1);
    expect(stderr).toContain('.kms-lens.json:3:32: `loud` is not a severity');
    expect(brief(found)).toEqual([
      ['a.key-policy.json', 'key-policy', 'action-unknown error'],
      ['b.key-policy.json', 'key-policy', 'action-unknown error'],
    ]);
    const alone = await kmsLens(['check', '.kms-lens.json'], {
      cwd: folderWith({ '.kms-lens.json': '{ "acount": 1 }' }),
    });
    expect(alone.code).toBe(2);
  });
});

describe('kms-lens simulate', () => {
  const ask = [
    'simulate',
    '--format',
    'json',
    '--key-policy',
    'p/k.key-policy.json',
    '--principal',
    APP,
    '--action',
    'kms:Decrypt',
  ];
  const listed = (entry: object): string => JSON.stringify({ account: '111122223333', principals: { [APP]: entry } });
  const policies = {
    'p/k.key-policy.json': delegating,
    'app.json': statement('Allow', 'kms:*'),
    'other.json': statement('Allow', 's3:*'),
  };
  const simulated = async (files: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const { code, stdout, stderr } = await kmsLens([...ask, ...args], { cwd: folderWith({ ...policies, ...files }) });
    return { code, stderr, decision: stdout === '' ? {} : JSON.parse(stdout) };
  };

  test.each<[string, object, readonly string[], object]>([
    ['its policies', { policies: ['app.json'] }, [], { verdict: 'allowed', by: 'identity-policy' }],
    ['a policy without any kms action', { policies: ['other.json'] }, [], { verdict: 'denied', by: 'identity-policy' }],
    ['a boundary', { policies: ['app.json'], permissionsBoundary: 'other.json' }, [], { by: 'permissions-boundary' }],
    ['session policies', { policies: ['app.json'], sessionPolicies: ['other.json'] }, [], { by: 'session-policy' }],
    ['none', { policies: [] }, [], { verdict: 'denied', by: 'identity-policy' }],
    [
      'nothing where an option states them',
      { policies: ['app.json'] },
      ['--identity-policy', 'other.json'],
      { verdict: 'denied' },
    ],
    [
      'nothing where the boundary is stated',
      { policies: ['app.json'] },
      ['--permissions-boundary', 'app.json'],
      { verdict: 'denied' },
    ],
  ])('takes what the file lists for the principal: %s', async (_, entry, args, decision) => {
    const result = await simulated({ '.kms-lens.json': listed(entry) }, ...args);
    expect(result).toMatchObject({ code: 0, stderr: '', decision });
    const said = `the policies of ${APP} are those that .kms-lens.json lists`;
    expect(result.decision.assumed.includes(said)).toBe(args.length === 0);
  });

  test('takes the account of the file before that of all', async () => {
    const config = { account: '444455556666', keys: { '*.key-policy.json': { account: '111122223333' } } };
    const open = statement('Allow', 'kms:*', { Principal: '*' });
    const files = { 'p/k.key-policy.json': open, 'p/.kms-lens.json': JSON.stringify(config) };
    expect((await simulated(files)).decision.layers[0].outcome).not.toBe('silent');
    expect((await simulated(files)).decision).toMatchObject({ verdict: 'allowed' });
    const other = { ...files, 'p/.kms-lens.json': '{ "account": "444455556666" }' };
    expect((await simulated(other)).decision).toMatchObject({ verdict: 'denied', by: 'identity-policy' });
  });

  test('takes the account and the Region', async () => {
    const open = statement('Allow', 'kms:*', {
      Principal: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    });
    const files = {
      'p/k.key-policy.json': open,
      'p/.kms-lens.json': '{ "account": "111122223333", "region": "eu-west-1" }',
    };
    expect((await simulated(files)).decision).toMatchObject({ verdict: 'allowed', by: 'key-policy' });
    expect((await simulated(files, '--region', 'eu-west-2')).decision).toMatchObject({ verdict: 'denied' });
    expect((await simulated({ 'p/k.key-policy.json': open })).code).toBe(2);
  });

  describe('lays the organization over both accounts', () => {
    const organization = (targets: object, more: object = {}): Record<string, string> => ({
      '.kms-lens.json': JSON.stringify({
        organization: 'orgs/o.kms-scenario.json',
        principals: { [APP]: { policies: ['app.json'] } },
      }),
      'orgs/o.kms-scenario.json': `// the organization\n${JSON.stringify({
        organization: {
          id: 'o-exampleorg1',
          managementAccount: '999999999999',
          accounts: { '111122223333': { path: 'r-ab12/ou-ab12-11111111' } },
          targets,
          ...more,
        },
      })}`,
      'orgs/no-decrypt.scp.json': statement('Deny', 'kms:Decrypt'),
      'orgs/no-decrypt.rcp.json': statement('Deny', 'kms:Decrypt', { Principal: '*' }),
    });
    test.each<[string, object, object, object]>([
      ['nothing attached', {}, {}, { verdict: 'allowed' }],
      ['at the root', { 'r-ab12': { scps: ['no-decrypt.scp.json'] } }, {}, { by: 'scp', kind: 'explicit' }],
      ['at the unit', { 'ou-ab12-11111111': { rcps: ['no-decrypt.rcp.json'] } }, {}, { by: 'rcp', kind: 'explicit' }],
      ['at the account', { '111122223333': { scps: [], fullAwsAccess: false } }, {}, { by: 'scp', kind: 'implicit' }],
      ['an inline policy', { 'r-ab12': { scps: [JSON.parse(statement('Deny', 'kms:*'))] } }, {}, { by: 'scp' }],
      ['elsewhere', { 'ou-ab12-22222222': { scps: ['no-decrypt.scp.json'] } }, {}, { verdict: 'allowed' }],
      [
        'the management account',
        { 'r-ab12': { scps: ['no-decrypt.scp.json'] } },
        { managementAccount: '111122223333' },
        { verdict: 'allowed' },
      ],
    ])('%s', async (_, targets, more, decision) => {
      expect(await simulated(organization(targets, more))).toMatchObject({ code: 0, decision });
    });

    test('and not where options state the levels', async () => {
      const files = organization({ 'r-ab12': { scps: ['no-decrypt.scp.json'] } });
      const { decision } = await simulated(files, '--rcp', 'orgs/no-decrypt.rcp.json');
      expect(decision).toMatchObject({ verdict: 'denied', by: 'rcp' });
    });

    test('and knows where the accounts stand', async () => {
      const open = statement('Allow', 'kms:*', {
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
      });
      const files = { ...organization({}), 'p/k.key-policy.json': open };
      expect((await simulated(files, '--key', KEY)).decision).toMatchObject({ verdict: 'allowed', by: 'key-policy' });
    });

    test.each<[object, object, string]>([
      [
        { 'r-ab12': { scps: ['missing.scp.json'] } },
        {},
        '`orgs/o.kms-scenario.json:2` (`/organization/targets/r-ab12/scps/0`): `missing.scp.json` cannot be read',
      ],
      [{ 'r-ab12': { scps: ['../../x.json'] } }, {}, 'lies outside of the workspace folder'],
      [{ 'r-ab12': { scps: 'a.json' } }, {}, '`scps` is a list'],
      [{}, { id: 7 }, '`id` is a text'],
      [{}, { accounts: { '111122223333': { path: 'ou-ab12-11111111' } } }, 'write the parents from the root down'],
    ])('a mistake in it is said with its place: %j %j', async (targets, more, message) => {
      const { code, stderr } = await simulated(organization(targets, more));
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    });
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'a policy that is not there',
      { '.kms-lens.json': listed({ policies: ['gone.json'] }) },
      '`.kms-lens.json:1` names `gone.json`, which cannot be read',
    ],
    [
      'a path that leads out',
      { '.kms-lens.json': listed({ policies: ['../gone.json'] }) },
      'lies outside of the workspace folder',
    ],
    [
      'a policy without statements',
      { '.kms-lens.json': listed({ policies: ['e.json'] }), 'e.json': '{}' },
      'has no statements',
    ],
    [
      'a scenario without one',
      { '.kms-lens.json': '{ "organization": "e.json" }', 'e.json': '{}' },
      'has no `organization`',
    ],
    [
      'a broken scenario',
      { '.kms-lens.json': '{ "organization": "e.json" }', 'e.json': '{ "organization": { ' },
      '`e.json:1` is no proper JSON',
    ],
    [
      'a mistake in the file',
      { '.kms-lens.json': '{ "acount": 1 }' },
      '.kms-lens.json:1:3: `.kms-lens.json` has no `acount`',
    ],
  ])('%s is an error with its place', async (_, files, message) => {
    const { code, stderr } = await simulated(files);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
