import { describe, expect, test } from 'vitest';
import { comparisons } from '../../../server/knowledge/comparisons/index.ts';
import { topics } from '../../../server/knowledge/generated/topics.ts';
import {
  type ComparisonPage,
  type DecisionView,
  method,
  type ReadingOutline,
  type ReadingPlace,
  type SimulateParams,
  type SimulateResult,
  type TopicPage,
} from '../../../server/protocol.ts';
import { keySpecs } from '../../../simulator/facts/key-specs.ts';
import { LspSession } from '../lsp-session.ts';

const pageAt = <Page>(session: LspSession, place: ReadingPlace): Promise<Page> =>
  session.connection.sendRequest(method.readingPage, place);

test('every topic stands in a section, once', async () => {
  const session = await LspSession.start();
  const { sections } = await session.connection.sendRequest<ReadingOutline>(method.reading, {});
  expect(sections.map(({ section }) => section)).toEqual([1, 2, 3, 4, 5, 6]);
  const listed = sections.flatMap((each) => each.topics.map(({ id }) => id));
  expect(listed.toSorted()).toEqual(topics.map(({ id }) => id).toSorted());
  const sectionOf = (id: string) => sections.find((each) => each.topics.some((topic) => topic.id === id))?.section;
  const known = ['audit-trail', 'hmac', 'hsm-levels', 'decision-order', 'multi-region-latency', 'two-errors'];
  expect(known.map(sectionOf)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('the page of a topic has what exams say, what holds today, its questions and its proofs', async () => {
  const page = await pageAt<TopicPage>(await LspSession.start(), { topic: 'envelope-encryption' });
  expect(page).toMatchObject({ kind: 'topic', section: 'Envelopes, services and quotas' });
  expect(page.questions).toContainEqual({ id: 'large-file', title: 'A file of 10 MB' });
  expect(page.proofs.map(({ uri }) => uri)).toContain('kms-lens-example:/exam/q1-qp1-large-file.kms-scenario.json');
  expect(page.proofs.every(({ title }) => !title.endsWith('.json'))).toBe(true);
  expect(page.previous?.title.localeCompare(page.title)).toBe(-1);
});

test('a page that there is not says so', async () => {
  const session = await LspSession.start();
  await expect(pageAt(session, { topic: 'nothing' })).rejects.toThrow('there is no topic `nothing`');
  await expect(pageAt(session, { comparison: 'nothing' })).rejects.toThrow('there is no table `nothing`');
});

test.each(comparisons.map(({ id }) => id))(
  'the table `%s` has a cell for every column, and topics that there are',
  async (id) => {
    const page = await pageAt<ComparisonPage>(await LspSession.start(), { comparison: id });
    for (const row of page.rows) expect([row[0]?.text, row.length]).toEqual([row[0]?.text, page.columns.length]);
    expect(page.rows.every(([first]) => first?.text)).toBe(true);
    expect(page.topics.map((topic) => topic.id)).toEqual(comparisons.find((each) => each.id === id)?.topics);
    for (const { exam, today = '', date } of page.topics) {
      expect([exam, today].join(' ')).toMatch(/\w{3}.*\.$/);
      expect(date).toMatch(/^20\d\d-\d\d$/);
    }
  },
);

test('the tables say what the simulator does', () => {
  const cell = (id: string, row: string, column: string) => {
    const table = comparisons.find((each) => each.id === id);
    const found = table?.rows().find(([first]) => (typeof first === 'string' ? first : first?.text) === row);
    const value = found?.[table?.columns.indexOf(column) ?? -1];
    return typeof value === 'string' ? value : `${value?.mark} ${value?.text}`;
  };
  expect(comparisons.find(({ id }) => id === 'key-specs')?.rows().length).toBeGreaterThanOrEqual(keySpecs.length);
  expect(cell('key-specs', 'SYMMETRIC_DEFAULT', 'Longest input')).toBe('4,096 bytes');
  expect(cell('key-specs', 'RSA_2048', 'Public key')).toBe('yes GetPublicKey');
  expect(cell('origins', 'Automatic rotation', 'EXTERNAL')).toBe('no no');
  expect(cell('origins', 'Rotation on demand', 'EXTERNAL')).toBe('yes yes');
  expect(cell('rotation', 'RSA', 'Automatic')).toBe('no UnsupportedOperationException');
  expect(cell('rotation', 'Symmetric encryption', 'Automatic')).toBe('yes yes');
  expect(cell('key-states', 'Decrypt', 'Disabled')).toBe('no DisabledException');
  expect(cell('key-states', 'CancelKeyDeletion', 'PendingDeletion')).toBe('yes ok');
  expect(cell('request-quotas', 'CryptographicOperationsSymmetric', 'Requests per second')).toBe('10,000');
  expect(cell('operations', 'Decrypt', 'From another account')).toBe('yes yes');
});

describe('decisions layer by layer', () => {
  const view = (session: LspSession, asked: SimulateParams): Promise<DecisionView> =>
    session.connection.sendRequest(method.decisionView, asked);

  test('those of a topic are allowed by the key policy, denied, allowed by IAM, and denied by a Deny', async () => {
    const session = await LspSession.start();
    const { decisions } = await pageAt<TopicPage>(session, { topic: 'decision-order' });
    const views = await Promise.all(decisions.map(({ asked }) => view(session, asked)));
    expect(views.map(({ title }) => title)).toEqual([
      'Decrypt: allowed',
      'Decrypt: denied',
      'Decrypt: allowed',
      'Decrypt: denied',
    ]);
    for (const { steps, because } of views) {
      expect(steps.filter(({ decides }) => decides).length).toBeGreaterThan(0);
      expect(because).not.toBe('');
    }
    const [byKeyPolicy, , byIam, byDeny] = views;
    const marks = (of: DecisionView | undefined, title: string) => of?.steps.find((step) => step.title === title)?.mark;
    expect(marks(byKeyPolicy, 'key policy')).toBe('yes');
    expect([marks(byIam, 'key policy'), marks(byIam, 'identity policies')]).toEqual(['on', 'yes']);
    expect(marks(byDeny, 'key policy')).toBe('no');
  });

  test('lead to their statements, and explanations lead to them', async () => {
    const session = await LspSession.start({
      initializationOptions: { clientCommands: ['kms-lens.followDecision'] },
    });
    const { decisions } = await pageAt<TopicPage>(session, { topic: 'decision-order' });
    const asked = decisions[0]?.asked ?? { uri: '', request: { principal: '', action: '' } };
    const { steps } = await view(session, asked);
    const applied = steps.flatMap(({ statements }) => statements).find(({ matched }) => matched === true);
    expect(applied?.at?.uri).toBe('kms-lens-example:/orders.key-policy.json');
    expect(applied?.parts.map(({ matched }) => matched)).not.toContain(false);
    const { report } = await session.connection.sendRequest<SimulateResult>(method.simulate, { ...asked, show: false });
    const content = await session.connection.sendRequest<{ text: string }>('workspace/textDocumentContent', {
      uri: report,
    });
    expect(content.text).toContain('Follow it layer by layer');
    const links = await session.ask<{ target?: string }[]>('textDocument/documentLink', report);
    const link = links.find(({ target }) => target?.startsWith('command:kms-lens.followDecision?'));
    const [argument] = JSON.parse(decodeURIComponent(link?.target?.split('?')[1] ?? '[]'));
    expect(argument).toEqual({ uri: asked.uri, request: asked.request, identityPolicies: [] });
  });
});
