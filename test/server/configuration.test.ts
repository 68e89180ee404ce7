import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type AccessOptions,
  type EnvelopeResult,
  method,
  type RememberResult,
  type SimulateResult,
} from '../../server/protocol.ts';
import { folderWith, keyPolicy, keyPolicyOfTwoAccounts } from '../cli/folder.ts';
import { LspSession, modernClient, until } from './lsp-session.ts';

const APP = 'arn:aws:iam::111122223333:role/App';
const bad = keyPolicy('kms:Decypt');
const statement = (effect: string, action: string, more: object = {}): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: effect, Action: action, Resource: '*', ...more }] });
const delegating = statement('Allow', 'kms:*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } });

/** A session in a workspace with these files. */
async function workspace(
  files: Readonly<Record<string, string>>,
  initializationOptions: object = {},
  settings: object = {},
) {
  const folder = folderWith(files);
  const uriOf = (name: string): string => pathToFileURL(`${folder}/${name}`).href;
  const session = await LspSession.start({
    capabilities: {
      ...modernClient,
      workspace: {
        ...modernClient.workspace,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
    },
    workspaceFolders: [pathToFileURL(folder).href],
    initializationOptions,
    settings,
  });
  const codes = async (name: string) =>
    (await session.diagnostics(uriOf(name))).map(({ code, severity }) => `${code} ${severity}`);
  const open = (name: string, languageId = 'json') => session.open(uriOf(name), files[name] ?? '', languageId);
  return { folder, session, uriOf, codes, open };
}

describe('a configuration that changes', () => {
  test('on disk counts at once, and the client is asked to look again', async () => {
    const { folder, session, uriOf, codes, open } = await workspace({
      '.kms-lens.json': '{ "rules": { "action-unknown": "off" } }',
      'p/a.key-policy.json': bad,
    });
    await open('p/a.key-policy.json');
    expect(await codes('p/a.key-policy.json')).toEqual([]);
    expect(session.registered).toContain('workspace/didChangeWatchedFiles');
    const before = session.refreshes;
    writeFileSync(`${folder}/.kms-lens.json`, '{ "rules": { "action-unknown": "warning" } }');
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('.kms-lens.json'), type: 2 }],
    });
    expect(await codes('p/a.key-policy.json')).toEqual(['action-unknown 2']);
    await until(() => before < session.refreshes);
  });

  test('in the editor counts before it is saved, and what is stored counts again when it is closed', async () => {
    const { session, uriOf, codes, open } = await workspace({ '.kms-lens.json': '{}', 'a.json': bad });
    await open('a.json');
    expect(await codes('a.json')).toEqual(['action-unknown 1']);
    const config = uriOf('.kms-lens.json');
    await session.open(config, '{}', 'jsonc');
    await session.change(config, '{ "documents": { "a.json": "scp" }, "rules": { "action-unknown": "off" } }');
    expect(await codes('a.json')).not.toContain('action-unknown 1');
    await session.change(config, '{ "suppress": [{ "rule": "action-unknown", "path": "*.json" }] }');
    expect(await codes('a.json')).toEqual([]);
    await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri: config } });
    expect(await codes('a.json')).toEqual(['action-unknown 1']);
  });

  test('wins over the settings, rule by rule', async () => {
    const { codes, open } = await workspace(
      {
        '.kms-lens.json': '{ "rules": { "version-missing": "information" } }',
        'a.key-policy.json': bad.replace(/"Version".*,/, ''),
      },
      {},
      { rules: { 'version-missing': 'off', 'action-unknown': 'warning' } },
    );
    await open('a.key-policy.json');
    expect((await codes('a.key-policy.json')).sort()).toEqual(['action-unknown 2', 'version-missing 3']);
  });

  test('tells of the key what the settings do not', async () => {
    const name = 'a.key-policy.json';
    const { session, codes, open } = await workspace(
      { [name]: keyPolicyOfTwoAccounts },
      {},
      { account: '111122223333' },
    );
    await open(name);
    expect(await codes(name)).toEqual(['kms-root-delegation-partial 3', 'kms-crossaccount-dead-action 2']);
    session.settings = {};
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    expect(await codes(name)).toEqual([]);
    const told = await workspace(
      {
        '.kms-lens.json': `{ "keys": { "${name}": { "account": "111122223333", "keySpec": "RSA_2048" } } }`,
        [name]: keyPolicyOfTwoAccounts,
      },
      {},
      { account: '444455556666' },
    );
    await told.open(name);
    expect(await told.codes(name)).toEqual([
      'kms-root-delegation-partial 3',
      'kms-context-on-asymmetric 1',
      'kms-crossaccount-dead-action 2',
    ]);
  });

  test('names a key policy, and what is said of grants follows that policy as it is edited', async () => {
    const KeyId = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const grant = { KeyId, GranteePrincipal: APP, Operations: ['Decrypt', 'GenerateDataKey'] };
    const denying = JSON.parse(delegating);
    denying.Statement.push({ Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' });
    const folder = folderWith({
      '.kms-lens.json': '{ "keys": { "*.kms-grant.json": { "keyPolicy": "k.key-policy.json" } } }',
      'k.key-policy.json': delegating,
    });
    const session = await LspSession.start({ capabilities: {}, workspaceFolders: [pathToFileURL(folder).href] });
    const uriOf = (name: string): string => pathToFileURL(`${folder}/${name}`).href;
    const last = () => session.published.findLast(({ uri }) => uri === uriOf('a.kms-grant.json'))?.diagnostics;
    const said = () => last()?.map(({ code }) => code);
    await session.open(uriOf('a.kms-grant.json'), JSON.stringify(grant));
    await until(() => said()?.includes('grant-shadowed-by-deny') === false);
    await session.open(uriOf('k.key-policy.json'), delegating);
    await session.change(uriOf('k.key-policy.json'), JSON.stringify(denying));
    await until(() => said()?.includes('grant-shadowed-by-deny'));
    await session.change(uriOf('k.key-policy.json'), delegating);
    await until(() => said()?.includes('grant-shadowed-by-deny') === false);
  });

  test('goes with the workspace folder', async () => {
    const { folder, session, codes, open } = await workspace({
      '.kms-lens.json': '{ "rules": { "action-unknown": "off" } }',
      'p/a.key-policy.json': bad,
    });
    await open('p/a.key-policy.json');
    expect(await codes('p/a.key-policy.json')).toEqual([]);
    const removed = [{ uri: pathToFileURL(folder).href, name: 'w' }];
    await session.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed } });
    expect(await codes('p/a.key-policy.json')).toEqual(['action-unknown 1']);
  });

  test('spares what is suppressed from fixes in bulk', async () => {
    const { session, uriOf, open } = await workspace({
      '.kms-lens.json': '{ "suppress": [{ "rule": "action-unknown", "sid": "Use the key" }] }',
      'a.key-policy.json': bad,
    });
    await open('a.key-policy.json');
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    expect(await session.codeActions(uriOf('a.key-policy.json'), range, ['source.fixAll'])).toEqual([]);
  });
});

describe('the file itself', () => {
  const text = '{\n  "acount": "111122223333",\n  "region": "eu-west-1"\n';

  test('has its mistakes shown where they are', async () => {
    const { session, uriOf } = await workspace({});
    await session.open(uriOf('.kms-lens.json'), text, 'jsonc');
    expect(await session.diagnostics(uriOf('.kms-lens.json'))).toMatchObject([
      {
        code: 'configuration',
        severity: 1,
        source: 'KMS Lens',
        codeDescription: { href: expect.stringContaining('docs/configuration.md') },
        range: { start: { line: 1, character: 2 }, end: { line: 1, character: 10 } },
        message: '`.kms-lens.json` has no `acount`: did you mean `account`?',
      },
      { message: expect.stringContaining('is missing') },
    ]);
  });

  test('leaves the syntax to the JSON service of the editor', async () => {
    const { session, uriOf } = await workspace({}, { jsonService: true });
    await session.open(uriOf('.kms-lens.json'), text, 'jsonc');
    expect(await session.diagnostics(uriOf('.kms-lens.json'))).toHaveLength(1);
  });

  test('has no lenses', async () => {
    const { session, uriOf } = await workspace({});
    await session.open(uriOf('.kms-lens.json'), '{ "account": "111122223333" }', 'jsonc');
    expect(await session.codeLenses(uriOf('.kms-lens.json'))).toEqual([]);
    expect(await session.diagnostics(uriOf('.kms-lens.json'))).toEqual([]);
  });
});

describe('a simulation on a lone policy', () => {
  const files = {
    '.kms-lens.json': JSON.stringify({ account: '111122223333', principals: { [APP]: { policies: ['app.json'] } } }),
    'app.json': statement('Allow', 'kms:*'),
    'none.json': statement('Allow', 's3:*'),
    'p/k.key-policy.json': delegating,
  };
  const simulate = async (more: Readonly<Record<string, string>>, params: object = {}) => {
    const { session, uriOf, open } = await workspace({ ...files, ...more });
    await open('p/k.key-policy.json');
    const request = { principal: APP, action: 'kms:Decrypt' };
    const uri = uriOf('p/k.key-policy.json');
    const result = session.connection.sendRequest<SimulateResult>(method.simulate, { uri, request, ...params });
    return { session, uriOf, result };
  };

  test('is decided with the policies that are listed for the principal, and says so', async () => {
    const { session, result } = await simulate({});
    const { decision, report, wantsIdentityPolicies } = await result;
    expect(decision).toMatchObject({ verdict: 'allowed', by: 'identity-policy' });
    expect(wantsIdentityPolicies).toBe(false);
    expect(await session.content(report)).toContain(`the policies of ${APP} are those that .kms-lens.json lists`);
    const links = await session.ask<{ target: string }[]>('textDocument/documentLink', report);
    expect(links.some(({ target }) => target.includes('app.json#L1'))).toBe(true);
  });

  test('depends for everybody else', async () => {
    const request = { principal: 'arn:aws:iam::111122223333:role/Other', action: 'kms:Decrypt' };
    expect((await (await simulate({}, { request })).result).decision.verdict).toBe('depends');
  });

  test('is bounded by what is listed, also where the policies were chosen by hand', async () => {
    const bounded = JSON.stringify({
      principals: { [APP]: { policies: ['none.json'], permissionsBoundary: 'none.json' } },
    });
    const { session, uriOf } = await simulate({ '.kms-lens.json': bounded });
    const { decision } = await session.connection.sendRequest<SimulateResult>(method.simulate, {
      uri: uriOf('p/k.key-policy.json'),
      request: { principal: APP, action: 'kms:Decrypt' },
      identityPolicies: [{ uri: uriOf('app.json') }],
    });
    expect(decision.blockers).toEqual([{ layer: 'permissions-boundary', kind: 'implicit' }]);
  });

  test('is refused where a listed file cannot be read, with its place', async () => {
    const gone = JSON.stringify({ principals: { [APP]: { policies: ['gone.json'] } } });
    const { result } = await simulate({ '.kms-lens.json': gone });
    await expect(result).rejects.toThrow('`.kms-lens.json:1` names `gone.json`, which cannot be read');
  });
});

describe('what is asked about a lone policy', () => {
  test('offers the principals that are listed, before anybody else who is not in the policy', async () => {
    const other = 'arn:aws:iam::111122223333:role/Other';
    const { session, uriOf, open } = await workspace({
      '.kms-lens.json': JSON.stringify({ principals: { [APP]: {}, [other]: {} } }),
      'k.key-policy.json': statement('Allow', 'kms:*', { Principal: { AWS: [other] } }),
    });
    await open('k.key-policy.json');
    const options = await session.connection.sendRequest<AccessOptions>(method.accessOptions, {
      uri: uriOf('k.key-policy.json'),
    });
    expect(options.principals.map(({ principal, description }) => [principal, description])).toEqual([
      [other, 'role Other of 111122223333'],
      [APP, 'its policies are listed in .kms-lens.json'],
      ['arn:aws:iam::111122223333:role/AnyRole', expect.stringContaining('does not name')],
    ]);
  });
});

describe('an envelope round trip under a lone policy', () => {
  const listed = (policies: object, more: object = {}): string =>
    JSON.stringify({ account: '111122223333', principals: { [APP]: policies }, ...more });
  const roundTrip = async (files: Readonly<Record<string, string>>) => {
    const { session, uriOf, open } = await workspace({ 'k.key-policy.json': delegating, ...files });
    await open('k.key-policy.json');
    const uri = uriOf('k.key-policy.json');
    const { steps } = await session.connection.sendRequest<EnvelopeResult>(method.envelope, { uri, principal: APP });
    return steps.find(({ outcome }) => outcome === 'stopped') ?? steps[0];
  };

  test('is decided with the policies that are listed for the principal', async () => {
    const files = { '.kms-lens.json': listed({ policies: ['app.json'] }) };
    const allowed = await roundTrip({ ...files, 'app.json': statement('Allow', 'kms:*') });
    expect(allowed).toMatchObject({ outcome: 'ok', because: expect.not.stringContaining('taken as allowed') });
    const denied = await roundTrip({ ...files, 'app.json': statement('Allow', 'kms:GenerateDataKey') });
    expect(denied).toMatchObject({ id: 'decrypt-data-key', outcome: 'stopped' });
  });

  test('is bound by the organization', async () => {
    const organization = {
      organization: {
        id: 'o-exampleorg1',
        accounts: { '111122223333': { path: 'r-ab12' } },
        targets: { 'r-ab12': { scps: ['scp.json'] } },
      },
    };
    const stopped = await roundTrip({
      '.kms-lens.json': listed({ policies: ['app.json'] }, { organization: 'org.kms-scenario.json' }),
      'app.json': statement('Allow', 'kms:*'),
      'org.kms-scenario.json': JSON.stringify(organization),
      'scp.json': statement('Deny', 'kms:Decrypt'),
    });
    expect(stopped).toMatchObject({ id: 'decrypt-data-key', because: expect.stringContaining('denies it explicitly') });
  });
});

describe('remembering', () => {
  const params = (uri: string, ...identityPolicies: readonly string[]) => ({ uri, principal: APP, identityPolicies });

  test('goes into the nearest file and makes the verdict certain', async () => {
    const { folder, session, uriOf, open } = await workspace({
      '.kms-lens.json': '{} // top\n',
      'p/.kms-lens.json': '{} // near\n',
      'p/k.key-policy.json': delegating,
      'app.json': statement('Allow', 'kms:*'),
    });
    await open('p/k.key-policy.json');
    const uri = uriOf('p/k.key-policy.json');
    const result = await session.connection.sendRequest<RememberResult>(
      method.remember,
      params(uri, uriOf('app.json')),
    );
    expect(result).toMatchObject({ uri: uriOf('p/.kms-lens.json'), isNew: false });
    const file = `${folder}/p/.kms-lens.json`;
    const before = TextDocument.create(result.uri, 'jsonc', 0, readFileSync(file, 'utf8'));
    const text = TextDocument.applyEdits(before, [...result.edits]);
    expect(text).toContain('"../app.json"');
    expect(text).toContain('// near');
    writeFileSync(file, text);
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: result.uri, type: 2 }],
    });
    const request = { principal: APP, action: 'kms:Decrypt' };
    const { decision } = await session.connection.sendRequest<SimulateResult>(method.simulate, { uri, request });
    expect(decision.verdict).toBe('allowed');
    const again = await session.connection.sendRequest<RememberResult>(method.remember, params(uri, uriOf('app.json')));
    expect(again.edits).toEqual([]);
  });

  test('begins a file at the top of the workspace folder', async () => {
    const { session, uriOf } = await workspace({ 'p/k.key-policy.json': delegating });
    const uri = uriOf('p/k.key-policy.json');
    const result = await session.connection.sendRequest<RememberResult>(method.remember, params(uri));
    expect(result).toMatchObject({ uri: uriOf('.kms-lens.json'), isNew: true });
    expect(result.edits[0]?.newText).toContain('"policies": []');
  });

  test('leaves a broken file alone', async () => {
    const { session, uriOf } = await workspace({
      '.kms-lens.json': '{ "principals": ',
      'k.key-policy.json': delegating,
    });
    const asked = session.connection.sendRequest(method.remember, params(uriOf('k.key-policy.json')));
    await expect(asked).rejects.toThrow('`.kms-lens.json` cannot be changed: it is no proper JSON');
  });
});
