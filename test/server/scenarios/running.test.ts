import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CodeAction, Range } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  clientCommand,
  method,
  type NewScenario,
  notification,
  type ScenarioRun,
  type ScenarioTests,
  type ScenarioUseJson,
  type StepDone,
  type StepExplanation,
} from '../../../server/protocol.ts';
import { folderWith } from '../../cli/folder.ts';
import { kmsLens, projectRoot } from '../../cli/run.ts';
import { LspSession, until } from '../lsp-session.ts';

const commands = { clientCommands: Object.values(clientCommand) };
const scenarioText = readFileSync(`${projectRoot}examples/orders.kms-scenario.json`, 'utf8');

/** The examples in a folder of their own, so that a test may write to it. */
async function examples(): Promise<{ folder: string; uri: (name: string) => string }> {
  const folder = await folderWith({});
  await cp(`${projectRoot}examples`, folder, { recursive: true });
  return { folder, uri: (name) => pathToFileURL(`${folder}/${name}`).href };
}

async function started() {
  const { folder, uri } = await examples();
  const session = await LspSession.start({
    workspaceFolders: [pathToFileURL(folder).href],
    initializationOptions: commands,
  });
  const scenario = uri('orders.kms-scenario.json');
  await session.open(scenario, scenarioText, 'kms-scenario');
  return { session, folder, uri, scenario };
}

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length - 1;
const at = (line: number): Range => ({ start: { line, character: 0 }, end: { line, character: 0 } });

describe('a scenario in the editor', () => {
  test('says what it would run, each step with its place', async () => {
    const { session, scenario } = await started();
    const tests = await session.connection.sendRequest<ScenarioTests>(method.scenario, { uri: scenario });
    expect(tests).toMatchObject({ uri: scenario, description: 'The orders service', errors: [] });
    expect(tests.steps).toHaveLength(12);
    expect(tests.steps[0]).toMatchObject({ index: 0, name: 'the API encrypts orders', expects: true });
    expect(tests.steps[0]?.range.start.line).toBe(lineOf(scenarioText, '"name": "the API encrypts orders"') - 1);
  });

  test('tells each step as it is taken, and what decided', async () => {
    const { session, scenario, uri } = await started();
    const told: StepDone[] = [];
    session.connection.onNotification(notification.stepDone, (step: StepDone) => void told.push(step));
    const result = await session.connection.sendRequest<ScenarioRun>(method.runScenario, { uri: scenario, run: 7 });
    expect(result.summary).toBe('12 steps passed');
    expect(result.steps.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 12 }, () => 'pass'));
    expect(told.map(({ run: number, step }) => [number, step.index])).toEqual(
      Array.from({ length: 12 }, (_, index) => [7, index]),
    );
    expect(result.steps[0]?.decidingAt?.uri).toBe(uri('orders.key-policy.json'));
    expect(result.steps[3]).toMatchObject({
      actual: { verdict: 'allowed', by: 'grant' },
      decidingAt: { uri: scenario },
    });
    const policy = result.coverage.find((each) => each.uri === uri('orders.key-policy.json'));
    expect(policy?.statements.map(({ name }) => name)).toContain('“Keep contractors out”');
  });

  test('runs the steps that are wanted', async () => {
    const { session, scenario } = await started();
    const result = await session.connection.sendRequest<ScenarioRun>(method.runScenario, {
      uri: scenario,
      steps: [2, 5],
    });
    expect(result.steps.map(({ index }) => index)).toEqual([2, 5]);
  });

  test('runs with the policies as they are edited now, and shows what failed', async () => {
    const { session, scenario, uri } = await started();
    const policy = readFileSync(`${projectRoot}examples/orders.key-policy.json`, 'utf8');
    await session.open(
      uri('orders.key-policy.json'),
      policy.replace('"Effect": "Deny"', '"Effect": "Allow"'),
      'kms-key-policy',
    );
    const result = await session.connection.sendRequest<ScenarioRun>(method.runScenario, { uri: scenario });
    const failed = result.steps.filter(({ outcome }) => outcome === 'fail');
    expect(failed.map(({ name }) => name)).toContain('contractors read nothing, whatever else allows it');
    expect(failed[0]?.message).toMatch(/^expected denied .*, but it is allowed by key-policy: /);
    const titles = (await session.codeLenses(scenario)).map((lens) => lens.command?.title);
    expect(titles).toContain('✗ expected denied, is allowed: explain');
  });

  test('says mistakes and runs nothing of such a file', async () => {
    const { session, scenario } = await started();
    await session.change(scenario, scenarioText.replace('"as": "Api"', '"as": "Apo"'));
    const result = await session.connection.sendRequest<ScenarioRun>(method.runScenario, { uri: scenario });
    expect(result).toMatchObject({
      steps: [],
      errors: [{ pointer: '/steps/0/as', message: '`Apo` is no principal of this file: did you mean `Api`?' }],
      summary: 'the scenario has a mistake, so nothing was run',
    });
  });

  test('forgets results when it or a policy changes', async () => {
    const { session, scenario, uri } = await started();
    const shown = async () =>
      (await session.codeLenses(scenario)).filter((each) => each.command?.title.startsWith('✓'));
    await session.connection.sendRequest(method.runScenario, { uri: scenario });
    expect(await shown()).toHaveLength(12);
    const policy = readFileSync(`${projectRoot}examples/orders.key-policy.json`, 'utf8');
    await session.open(uri('orders.key-policy.json'), policy, 'kms-key-policy');
    await session.change(uri('orders.key-policy.json'), `${policy}\n`);
    expect(await shown()).toEqual([]);
  });

  test('keeps results when what ran is opened as it is', async () => {
    const { folder, uri } = await examples();
    const session = await LspSession.start({
      workspaceFolders: [pathToFileURL(folder).href],
      initializationOptions: commands,
    });
    const scenario = uri('orders.kms-scenario.json');
    await session.connection.sendRequest(method.runScenario, { uri: scenario });
    await session.open(scenario, scenarioText, 'kms-scenario');
    const policy = readFileSync(`${projectRoot}examples/orders.key-policy.json`, 'utf8');
    await session.open(uri('orders.key-policy.json'), policy, 'kms-key-policy');
    const shown = (await session.codeLenses(scenario)).filter((each) => each.command?.title.startsWith('✓'));
    expect(shown).toHaveLength(12);
  });

  test('forgets results when a stored policy changes', async () => {
    const { session, scenario, uri } = await started();
    const shown = async () =>
      (await session.codeLenses(scenario)).filter((each) => each.command?.title.startsWith('✓'));
    await session.connection.sendRequest(method.runScenario, { uri: scenario });
    expect(await shown()).toHaveLength(12);
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('orders.key-policy.json'), type: 2 }],
    });
    expect(await shown()).toEqual([]);
  });

  test('answers while a long one runs', async () => {
    const { session, uri } = await started();
    const step = { can: 'Decrypt', as: 'App', on: 'k', expect: 'denied' };
    const long = JSON.stringify({
      principals: { App: { arn: 'arn:aws:iam::111122223333:role/App' } },
      keys: { k: { policy: 'orders.key-policy.json' } },
      steps: Array.from({ length: 5000 }, () => step),
    });
    await session.open(uri('long.kms-scenario.json'), long, 'kms-scenario');
    const order: string[] = [];
    const running = session.connection
      .sendRequest<ScenarioRun>(method.runScenario, { uri: uri('long.kms-scenario.json') })
      .then((result) => {
        order.push('run');
        return result;
      });
    const policy = readFileSync(`${projectRoot}examples/orders.key-policy.json`, 'utf8');
    await session.open(uri('typed.key-policy.json'), policy, 'kms-key-policy');
    for (let typed = 0; typed < 5; typed++) {
      await session.change(uri('typed.key-policy.json'), `${policy}${' '.repeat(typed)}`);
      await session.diagnostics(uri('typed.key-policy.json'));
      order.push('typed');
    }
    expect((await running).steps).toHaveLength(5000);
    expect(order).toEqual([...Array.from({ length: 5 }, () => 'typed'), 'run']);
  });
});

describe('why a step came out so', () => {
  test('is a report with every layer', async () => {
    const { session, scenario } = await started();
    const { report, summary } = await session.connection.sendRequest<StepExplanation>(method.explainStep, {
      uri: scenario,
      step: 7,
    });
    expect(summary).toMatch(/^denied: /);
    const text = await session.content(report);
    expect(text).toContain('step: contractors read nothing');
    expect(text).toContain('DENIED: kms:Decrypt');
    expect(text).toContain('orders.key-policy.json:');
  });

  test('is refused for a step that is not there', async () => {
    const { session, scenario } = await started();
    await expect(session.connection.sendRequest(method.explainStep, { uri: scenario, step: 99 })).rejects.toThrow(
      'the scenario has no such step',
    );
  });
});

describe('a hover on a step', () => {
  const hoverOn = async (session: LspSession, uri: string, text: string, part: string): Promise<string> => {
    const offset = text.indexOf(part);
    const line = text.slice(0, offset).split('\n').length - 1;
    const character = offset - text.lastIndexOf('\n', offset) - 1 + 1;
    const found = await session.ask<{ contents: { value: string } } | null>('textDocument/hover', uri, {
      position: { line, character },
    });
    return found?.contents.value ?? '';
  };

  test('begins with its verdict, though nothing was run', async () => {
    const { session, scenario } = await started();
    const value = await hoverOn(session, scenario, scenarioText, '"can": "GenerateDataKey"');
    expect(value).toMatch(/^\*\*✓ allowed by key-policy\*\*\n\n“Encrypt and decrypt orders” in the key policy names/);
  });

  test('says what was expected where it came otherwise', async () => {
    const { session, scenario } = await started();
    const text = scenarioText.replace('{ "verdict": "allowed", "by": "key-policy" }', '"denied"');
    await session.change(scenario, text);
    const value = await hoverOn(session, scenario, text, '"can": "GenerateDataKey"');
    expect(value).toMatch(/^\*\*✗ allowed by key-policy\*\*, where denied is expected\n\n“Encrypt/);
    expect(await hoverOn(session, scenario, text, '"principals"')).not.toContain('✗');
  });
});

describe('for editors without a client of ours', () => {
  test('the lens runs on the server and opens what came of it', async () => {
    const { folder, uri } = await examples();
    const session = await LspSession.start({ workspaceFolders: [pathToFileURL(folder).href] });
    const scenario = uri('orders.kms-scenario.json');
    await session.open(scenario, scenarioText, 'kms-scenario');
    const [first] = await session.codeLenses(scenario);
    expect(first?.command?.title).toBe('Run all steps');
    await session.execute(first?.command?.command ?? '', first?.command?.arguments?.[0] as object);
    const [shown = ''] = await until(() => session.shownDocuments.length > 0 && session.shownDocuments);
    expect(await session.content(shown)).toContain('12 steps passed.');
  });

  test('on a policy every scenario that uses it is run', async () => {
    const { folder, uri } = await examples();
    const session = await LspSession.start({ workspaceFolders: [pathToFileURL(folder).href] });
    const policy = readFileSync(`${projectRoot}examples/orders.key-policy.json`, 'utf8');
    await session.open(uri('orders.key-policy.json'), policy, 'kms-key-policy');
    const lens = (await session.codeLenses(uri('orders.key-policy.json'))).find(
      (each) => each.command?.title === 'Run 18 steps of 2 scenarios',
    );
    const answer = await session.execute<StepExplanation>(
      lens?.command?.command ?? '',
      lens?.command?.arguments?.[0] as object,
    );
    expect(answer.summary).toBe(
      'orders-guardrails.kms-scenario.json: 6 steps passed; orders.kms-scenario.json: 12 steps passed',
    );
  });
});

test('a policy knows the scenarios that use it, new ones as soon as they are there', async () => {
  const { session, uri, scenario } = await started();
  const uses = () =>
    session.connection.sendRequest<ScenarioUseJson[]>(method.scenariosOf, { uri: uri('orders.key-policy.json') });
  const guardrails = { uri: uri('orders-guardrails.kms-scenario.json'), steps: 6 };
  expect(await uses()).toEqual([guardrails, { uri: scenario, steps: 12 }]);
  await session.change(scenario, '{ "keys": { "a": { "policy": "./orders.key-policy.json" } }, "steps": [] }');
  expect(await uses()).toEqual([guardrails, { uri: scenario, steps: 0 }]);
});

describe('code actions', () => {
  const apply = (text: string, action: CodeAction | undefined, uri: string): string =>
    TextDocument.applyEdits(TextDocument.create(uri, 'json', 1, text), action?.edit?.changes?.[uri] ?? []);

  test('expect what happens, as precisely as before', async () => {
    const { session, scenario } = await started();
    const text = scenarioText.replace(
      '{ "verdict": "allowed", "by": "grant" }',
      '{ "verdict": "denied", "by": "scp" }',
    );
    await session.change(scenario, text);
    const line = lineOf(text, '"verdict": "denied", "by": "scp"');
    const actions = await session.codeActions(scenario, at(line), ['refactor.rewrite']);
    const action = actions.find(({ title }) => title === 'Expect what happens: allowed');
    expect(JSON.parse(apply(text, action, scenario).replace(/^\s*\/\/.*$/m, '')).steps[3].expect).toEqual({
      verdict: 'allowed',
      by: 'grant',
    });
  });

  test('write the expectation where there is none, and nothing where it holds', async () => {
    const { session, scenario } = await started();
    const text = scenarioText.replace(/,\n\s*"expect": "allowed"/, '');
    await session.change(scenario, text);
    const line = lineOf(text, 'reports of the other account');
    const [action] = await session.codeActions(scenario, at(line), ['refactor.rewrite']);
    expect(action?.title).toBe('Expect what happens: allowed');
    expect(apply(text, action, scenario)).toContain('"expect": "allowed"');
    const holds = await session.codeActions(scenario, at(lineOf(text, 'the API encrypts orders')), [
      'refactor.rewrite',
    ]);
    expect(holds).toEqual([]);
  });

  test('keep a denial as a step of its own', async () => {
    const { session, scenario } = await started();
    const line = lineOf(scenarioText, 'a stranger stays out');
    const actions = await session.codeActions(scenario, at(line), ['refactor.rewrite']);
    const changed = apply(
      scenarioText,
      actions.find(({ title }) => title === 'New step for this denial'),
      scenario,
    );
    await session.change(scenario, changed);
    const result = await session.connection.sendRequest<ScenarioRun>(method.runScenario, { uri: scenario });
    expect(result.steps[12]).toMatchObject({ name: 'a stranger stays out: denied', outcome: 'pass' });
    expect(result.steps[12]?.expected).toMatchObject({ verdict: 'denied', kind: 'implicit' });
  });
});

describe('a step as a command line', () => {
  test.each([
    [0, 'test'],
    [6, 'test'],
  ])('step %i needs the scenario, since a grant is on the key', async (step, verb) => {
    const { session, scenario } = await started();
    const line = await session.connection.sendRequest<string>(method.commandLine, { uri: scenario, step });
    expect(line).toMatch(new RegExp(`^kms-lens ${verb} orders.kms-scenario.json --filter '`));
  });

  test('gives the same verdict with everything in its options', async () => {
    const { session, scenario, folder } = await started();
    const text = scenarioText.replace(/"grants": \{.*?\n {2}\},\n/s, '');
    await session.change(scenario, text);
    const { steps } = await session.connection.sendRequest<ScenarioRun>(method.runScenario, { uri: scenario });
    let simulated = 0;
    for (const { index, actual } of steps) {
      const line = await session.connection.sendRequest<string>(method.commandLine, { uri: scenario, step: index });
      if (!line.startsWith('kms-lens simulate')) continue;
      const words = [...line.matchAll(/'((?:[^']|'\\'')*)'|\S+/g)].map(([word, inner]) => inner ?? word);
      const args = words
        .slice(1)
        .filter((_, position, all) => !['--expect'].includes(all[position] ?? '') && all[position - 1] !== '--expect');
      const { stdout } = await kmsLens([...args, '--format', 'json'], { cwd: folder });
      expect([index, JSON.parse(stdout).verdict]).toEqual([index, (actual as { verdict: string }).verdict]);
      simulated++;
    }
    expect(simulated).toBeGreaterThan(5);
  });
});

describe('a new scenario from a statement', () => {
  test.each<[string, string | undefined]>([
    ['the whole policy', undefined],
    ['a statement with an encryption context', '/Statement/2'],
    ['a statement for another account, through a service', '/Statement/3'],
    ['a Deny', '/Statement/5'],
    ['a statement about grants', '/Statement/4'],
  ])('about %s passes', async (_, statement) => {
    const { session, uri } = await started();
    const policy = readFileSync(`${projectRoot}examples/orders.key-policy.json`, 'utf8');
    await session.open(uri('orders.key-policy.json'), policy, 'kms-key-policy');
    const made = await session.connection.sendRequest<NewScenario>(method.newScenario, {
      uri: uri('orders.key-policy.json'),
      ...(statement === undefined ? {} : { statement }),
    });
    expect(made.uri).toBe(uri('orders-2.kms-scenario.json'));
    await session.open(made.uri, made.text, 'kms-scenario');
    const result = await session.connection.sendRequest<ScenarioRun>(method.runScenario, { uri: made.uri });
    expect(result.errors).toEqual([]);
    expect(result.steps.length).toBeGreaterThan(1);
    expect(result.steps.map(({ outcome }) => outcome)).toEqual(result.steps.map(() => 'pass'));
  });

  test('brings what the conditions ask for, and a step without it', async () => {
    const { session, uri } = await started();
    const policy = readFileSync(`${projectRoot}examples/orders.key-policy.json`, 'utf8');
    await session.open(uri('orders.key-policy.json'), policy, 'kms-key-policy');
    const { text } = await session.connection.sendRequest<NewScenario>(method.newScenario, {
      uri: uri('orders.key-policy.json'),
      statement: '/Statement/2',
    });
    const { steps, principals } = JSON.parse(text);
    expect(principals.OrdersApi).toEqual({ arn: 'arn:aws:iam::111122223333:role/OrdersApi' });
    expect(steps[0]).toMatchObject({
      can: 'Decrypt',
      as: 'OrdersApi',
      encryptionContext: { service: 'orders' },
      expect: { verdict: 'allowed', by: 'key-policy' },
    });
    expect(steps[1]).toMatchObject({ as: 'OrdersApi', expect: { verdict: 'denied' } });
    expect(steps[2]).toMatchObject({ as: 'Stranger', expect: { verdict: 'denied' } });
  });

  test('is about an identity policy as well', async () => {
    const { session, uri } = await started();
    const policy = readFileSync(`${projectRoot}examples/orders-backup.iam-policy.json`, 'utf8');
    await session.open(uri('orders-backup.iam-policy.json'), policy, 'kms-iam-policy');
    const made = await session.connection.sendRequest<NewScenario>(method.newScenario, {
      uri: uri('orders-backup.iam-policy.json'),
    });
    expect(made.uri).toBe(uri('orders-backup.kms-scenario.json'));
    const { steps } = JSON.parse(made.text);
    expect(steps[0]).toMatchObject({ as: 'App', expect: { verdict: 'allowed', by: 'identity-policy' } });
  });
});
