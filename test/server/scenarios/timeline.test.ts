import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  clientCommand,
  method,
  serverCommand,
  type TimelineDocument,
  type TimelineLane,
  type TimelineView,
  timelineKinds,
} from '../../../server/protocol.ts';
import { folderWith } from '../../cli/folder.ts';
import { projectRoot } from '../../cli/run.ts';
import { LspSession } from '../lsp-session.ts';

const example = (name: string): string =>
  readFileSync(`${projectRoot}examples/${name}.kms-scenario.json`, 'utf8').replaceAll('\r\n', '\n');
const lifecycle = example('lifecycle');

async function opened(text = lifecycle, name = 'lifecycle') {
  const folder = await folderWith({});
  await cp(`${projectRoot}examples`, folder, { recursive: true });
  const session = await LspSession.start({
    workspaceFolders: [pathToFileURL(folder).href],
    initializationOptions: { clientCommands: Object.values(clientCommand) },
  });
  const uri = pathToFileURL(`${folder}/${name}.kms-scenario.json`).href;
  await session.open(uri, text, 'kms-scenario');
  const view = (): Promise<TimelineView> => session.connection.sendRequest(method.timelineView, { uri });
  const run = () => session.connection.sendRequest(method.runScenario, { uri });
  const titles = async () =>
    (
      await session.connection.sendRequest<{ command: { title: string } }[]>('textDocument/codeLens', {
        textDocument: { uri },
      })
    ).map(({ command }) => command.title);
  return { session, uri, view, run, titles };
}

const scenario = (world: object, ...steps: readonly object[]): string => JSON.stringify({ ...world, steps }, null, 1);

/** `Enabled 2026-11-01 09:00:00`, span by span. */
const statesOf = ({ spans }: TimelineLane, { moments }: TimelineView): string[] =>
  spans.map(({ state, from }) => `${state} ${moments[from]?.time}`);

const lane = ({ lanes }: TimelineView, name: string): TimelineLane => {
  const found = lanes.find((each) => each.name === name);
  if (!found) throw new Error(`no lane ${name} among ${lanes.map((each) => each.name)}`);
  return found;
};

describe('the timeline of a scenario', () => {
  test('has a lane for each key, with its states and marks at their own times', async () => {
    const { view } = await opened();
    const timeline = await view();
    expect(timeline).toMatchObject({ title: 'Timeline of lifecycle', isOld: false, isCut: false });
    expect(timeline.lanes.map(({ name, region }) => `${name} ${region}`)).toEqual([
      '$made us-east-1',
      '$next us-east-1',
      'No key ',
    ]);
    const key = lane(timeline, '$made');
    expect(statesOf(key, timeline)).toEqual([
      'Enabled 2026-11-01 09:00:00',
      'Disabled 2027-11-01 09:00:00',
      'Enabled 2027-11-01 09:00:00',
      'PendingDeletion 2028-10-01 09:00:00',
      'Disabled 2028-10-01 09:00:00',
      'PendingDeletion 2028-10-01 09:00:00',
      'gone 2028-10-31 09:00:00',
    ]);
    const rotations = key.marks.filter(({ kind }) => kind === 'rotation');
    expect(rotations.map(({ title, moment }) => `${title} ${timeline.moments[moment]?.time}`)).toEqual([
      'Automatic rotation on 2026-11-01 09:00:00',
      'Rotated automatically 2027-04-30 09:00:00',
      'Rotated automatically 2027-10-27 09:00:00',
      'Rotated on demand 2027-11-01 09:00:00',
      'Rotated automatically 2028-04-24 09:00:00',
    ]);
    expect(rotations[1]).toMatchObject({ by: '', step: { index: 6, name: 'a year passes' } });
    expect(rotations[1]?.changes).toContainEqual({
      what: 'rotation',
      before: 'every 180 days, next 2027-04-30 09:00:00',
      after: 'every 180 days, next 2027-10-27 09:00:00',
    });
    expect(key.marks.at(-1)).toMatchObject({
      kind: 'deletion',
      title: 'Deleted',
      changes: [{ what: 'state', before: 'PendingDeletion', after: 'gone' }],
    });
  });

  test('says of calls who made them and what they asked for, and of errors what to do', async () => {
    const { view } = await opened();
    const { marks } = lane(await view(), '$made');
    expect(marks.find(({ title }) => title === 'Encrypt')).toMatchObject({
      kind: 'calls',
      by: 'App',
      facts: [['encryption context', 'tenant=blue']],
    });
    const error = marks.find(({ title }) => title === 'Decrypt: AccessDenied');
    expect(error).toMatchObject({ kind: 'error', by: 'Admin', step: { index: 4 } });
    expect(error?.detail).toContain('is not authorized to perform: kms:Decrypt');
    expect(error?.facts.map(([what]) => what)).toContain('what to do');
  });

  test('shows a call of two keys at both, and moments in the order of time', async () => {
    const { view } = await opened();
    const timeline = await view();
    for (const name of ['$made', '$next'])
      expect(lane(timeline, name).marks.map(({ title }) => title)).toEqual(
        expect.arrayContaining(['Alias moved', 'ReEncrypt']),
      );
    const times = timeline.moments.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const last = times.length - 1;
    for (const { marks, spans } of timeline.lanes) {
      for (const { moment, kind } of marks) {
        expect(moment).toBeGreaterThan(0);
        expect(moment).toBeLessThan(last);
        expect(timelineKinds).toContain(kind);
      }
      // A state lasts until the next one.
      expect(spans.slice(1).map(({ from }) => from)).toEqual(spans.slice(0, -1).map(({ to }) => to));
      expect(spans.at(-1)?.to ?? last).toBe(last);
    }
  });

  test('tells the life of grants', async () => {
    const { view } = await opened(example('grants'), 'grants');
    const { marks } = lane(await view(), 'orders');
    expect(marks.filter(({ kind }) => kind === 'grant').map(({ title, by }) => `${title} by ${by}`)).toEqual([
      'Grant made by Scheduler',
      'The same grant again by Scheduler',
      'Grant made by Worker',
      'Grant retired by Worker',
      'Grant revoked by Scheduler',
      'Grant retired by root',
    ]);
    expect(marks.find(({ title }) => title === 'Grant made')?.facts).toEqual(
      expect.arrayContaining([
        ['grantee', 'arn:aws:iam::111122223333:role/Worker'],
        ['operations', 'Encrypt, Decrypt, CreateGrant, RetireGrant'],
      ]),
    );
    expect(marks[0]).toMatchObject({ kind: 'calls', title: 'CreateGrant: a dry run that would go through' });
  });

  test('marks throttling, of loads with numbers and of calls', async () => {
    const { view } = await opened(
      scenario(
        { keys: { orders: {} }, quotas: { CryptographicOperationsSymmetric: 1 } },
        { load: { Decrypt: 1000 }, on: 'orders' },
        { load: { ListKeys: 1 } },
        { call: 'Encrypt', input: { KeyId: 'orders', Plaintext: 'text:a' } },
        { call: 'Encrypt', input: { KeyId: 'orders', Plaintext: 'text:b' } },
      ),
    );
    const timeline = await view();
    const { marks } = lane(timeline, 'orders');
    expect(marks.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
      'throttling: Load throttled',
      'calls: Encrypt',
      'throttling: Encrypt: ThrottlingException',
    ]);
    expect(marks[0]?.detail).toMatch(/^1,000 Decrypt requests\/s have a quota of 1\/s .*\.$/);
    expect(marks[0]?.facts.map(([what]) => what)).toEqual(expect.arrayContaining(['quota', 'refused']));
    expect(lane(timeline, 'No key').marks).toMatchObject([
      { kind: 'calls', title: 'Load, of which nothing is throttled' },
    ]);
  });

  test('tells replicas by their Region, and what happens to one because of another', async () => {
    const id = 'mrk-1234abcd12ab34cd56ef1234567890ab';
    const { view, session, uri } = await opened(
      scenario(
        { keys: { orders: { id, replicas: ['eu-west-1'], rotation: { enabled: true, periodInDays: 100 } } } },
        { wait: 'P150D' },
      ),
    );
    const timeline = await view();
    expect(timeline.lanes.map(({ name, region, marks }) => [name, region, marks.map(({ title }) => title)])).toEqual([
      ['orders', 'us-east-1', ['Rotated automatically', 'Replicas synchronized']],
      ['orders in eu-west-1', 'eu-west-1', ['Other key material']],
    ]);
    const { text } = await session.connection.sendRequest<TimelineDocument>(method.timeline, { uri });
    expect(text).toContain('orders in eu-west-1  Other key material (step 1)');
  });
});

describe('the timeline as text', () => {
  test('is a line of states for each key and a table in the order of time, for any editor', async () => {
    const { session, uri } = await opened();
    const made = await session.execute<TimelineDocument>(serverCommand.openTimeline, { uri });
    expect(made.summary).toBe('Timeline of lifecycle: 2 keys, 33 marks');
    expect(made.report).toMatch(/Timeline%20of%20lifecycle\.txt$|Timeline%20of%20lifecycle/);
    expect(await session.content(made.report)).toBe(made.text);
    expect(made.text).toContain('  $next   Enabled from 2027-11-01 09:00:00\n');
    expect(made.text).toContain(
      '  2027-04-30 09:00:00  $made   Rotated automatically (step 7)\n      “a year passes”\n',
    );
    const times = made.text.match(/^ {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/gm) ?? [];
    expect(times).toHaveLength(33);
    expect(times).toEqual([...times].sort());
  });
});

describe('the timeline and runs', () => {
  test('stays that of the last run when the scenario is edited, until it runs again', async () => {
    const { session, uri, view, run } = await opened();
    expect((await view()).isOld).toBe(false);
    await session.change(uri, lifecycle.replace('a year passes', 'time passes'));
    const old = await view();
    expect(old.isOld).toBe(true);
    expect(lane(old, '$made').marks.map(({ step }) => step.name)).toContain('a year passes');
    await run();
    const newer = await view();
    expect(newer.isOld).toBe(false);
    expect(lane(newer, '$made').marks.map(({ step }) => step.name)).toContain('time passes');
  });

  test('has a lens once the scenario ran', async () => {
    const { run, titles } = await opened();
    expect(await titles()).not.toContain('Timeline of this run');
    await run();
    expect(await titles()).toContain('Timeline of this run');
  });

  test('has none where nothing can happen to a key', async () => {
    const { run, titles } = await opened(scenario({ keys: { orders: {} } }, { can: 'Decrypt', on: 'orders' }));
    await run();
    expect(await titles()).not.toContain('Timeline of this run');
  });

  test('says what is wrong with a scenario that cannot be played', async () => {
    const { view } = await opened(scenario({}, { can: 'Nothing' }));
    await expect(view()).rejects.toThrow('the scenario has a mistake: ');
    const empty = await opened(scenario({}));
    await expect(empty.view()).rejects.toThrow('the scenario has no key, and calls nothing');
  });
});
