import { expect, test } from 'vitest';
import { questions } from '../../../server/knowledge/generated/questions.ts';
import { type ExampleText, method, type QuestionBank, type ScenarioRun } from '../../../server/protocol.ts';
import { LspSession } from '../lsp-session.ts';

const bank = async (session: LspSession): Promise<QuestionBank> => session.connection.sendRequest(method.questions, {});

test('the questions come with their sections, and with topics that there are', async () => {
  const { sections, questions: asked } = await bank(await LspSession.start());
  expect(sections.map(({ section }) => section)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(asked.map(({ id }) => id)).toEqual(questions.map(({ id }) => id));
  for (const { id, options, choose, topics } of asked) {
    expect([id, options.filter(({ right }) => right).length]).toEqual([id, choose]);
    expect(topics.every(({ title }) => title !== '')).toBe(true);
  }
});

test('every proof comes along and runs: its steps come out as expected, and those that show the point are there', async () => {
  const session = await LspSession.start();
  const { questions: asked } = await bank(session);
  const proofs = new Map(asked.map(({ proof }) => [proof.uri, new Set<string>()]));
  for (const { proof } of asked) for (const step of proof.steps) proofs.get(proof.uri)?.add(step);
  for (const [uri, wanted] of proofs) {
    const run = await session.connection.sendRequest<ScenarioRun>(method.runScenario, { uri });
    expect([uri, run.errors]).toEqual([uri, []]);
    expect(run.steps.filter(({ outcome }) => outcome === 'fail' || outcome === 'error')).toEqual([]);
    expect(run.steps.map(({ name }) => name)).toEqual(expect.arrayContaining([...wanted]));
  }
});

test('an example is given as text, and says whether it needs the files beside it', async () => {
  const session = await LspSession.start();
  const example = (path: string): Promise<ExampleText> =>
    session.connection.sendRequest(method.example, { uri: `kms-lens-example:/${path}` });
  expect(await example('lifecycle.kms-scenario.json')).toMatchObject({ needsFiles: false });
  const orders = await example('orders.kms-scenario.json');
  expect(orders.needsFiles).toBe(true);
  expect(orders.text).toContain('orders.key-policy.json');
  expect((await example('orders.key-policy.json')).text).toContain('Let IAM policies decide');
  await expect(example('../package.json')).rejects.toThrow('there is no example `package.json`');
  await expect(example('nothing.kms-scenario.json')).rejects.toThrow('there is no example');
});
