import type { CodeLens } from 'vscode-languageserver';
import { valueOf } from '../../simulator/json/node.ts';
import type { ScenarioOutline, StepOutline } from '../../simulator/scenario/outline.ts';
import { callingKinds, changingKinds } from '../../simulator/scenario/step.ts';
import type { SourceDocument } from '../documents/source.ts';
import { clientCommand, type Range, type ScenarioParams, type StepDoneJson, serverCommand } from '../protocol.ts';
import type { Session } from '../session.ts';
import type { Settings } from '../settings.ts';

/** The lenses of a scenario: run everything, run one step, and what the step last came to. */
export function scenarioLenses(session: Session, source: SourceDocument, { codeLens }: Settings): CodeLens[] {
  if (!codeLens.scenario.enabled) return [];
  const outline = source.scenario;
  if (!outline) return [];
  const { uri } = source;
  const top = source.rangeOf({ path: [] });
  const keys = keyLenses(session, source, top, codeLens.envelope.enabled);
  if (outline.steps.length === 0) return [...localKmsLens(session, source, top), ...keys];
  const run = commandFor(session, clientCommand.runScenario, serverCommand.runScenario);
  const lenses = [
    lens(top, 'Run all steps', run, { uri }),
    ...trailLens(session, source, top),
    ...timelineLens(session, source, top),
    ...localKmsLens(session, source, top),
    ...keys,
  ];
  for (const step of outline.steps) {
    const range = source.rangeOf({ path: step.path });
    // Steps that share a line with others have no room.
    if (range.start.line === top.start.line) continue;
    lenses.push(lens(range, 'Run step', run, { uri, step: step.index }));
    // What a call or a wait rests on is taken anyway; this shows what came of it, too.
    if (0 < step.index && changingKinds.has(step.kind))
      lenses.push(lens(range, 'Run to here', run, { uri, upTo: step.index }));
    lenses.push(...resultLenses(session, source, step, range));
    if (step.kind === 'envelope' && codeLens.envelope.enabled)
      lenses.push(tripLens(session, range, { uri, step: step.index }));
    if (knows(session, clientCommand.copyCommandLine))
      lenses.push(lens(range, 'Copy as command line', clientCommand.copyCommandLine, { uri, step: step.index }));
  }
  return lenses;
}

function trailLens(session: Session, { uri, scenario }: SourceDocument, top: Range): CodeLens[] {
  const calls = scenario?.steps.some(({ kind }) => callingKinds.has(kind));
  if (!calls || !session.scenarioTrails.get(uri)) return [];
  const command = commandFor(session, clientCommand.showTrail, serverCommand.openTrail);
  return [lens(top, 'CloudTrail of this run', command, { uri })];
}

function timelineLens(session: Session, { uri, scenario }: SourceDocument, top: Range): CodeLens[] {
  const moves = scenario?.steps.some(({ kind }) => changingKinds.has(kind) || kind === 'load');
  if (!moves || !session.timelines.hasRun(uri)) return [];
  const command = commandFor(session, clientCommand.showTimeline, serverCommand.openTimeline);
  return [lens(top, 'Timeline of this run', command, { uri })];
}

/** Where programs can call as its principals. */
function localKmsLens(session: Session, { uri, scenario }: SourceDocument, top: Range): CodeLens[] {
  const command = clientCommand.startLocalKms;
  if (!knows(session, command) || !scenario || !declaresAccessKeys(scenario)) return [];
  return [lens(top, 'Start local KMS', command, { uri })];
}

function declaresAccessKeys({ root }: ScenarioOutline): boolean {
  const principals = root.type === 'object' ? valueOf(root, 'principals') : undefined;
  if (principals?.type !== 'object') return false;
  return principals.members.some(
    ({ value }) => value?.type === 'object' && valueOf(value, 'accessKeyId') !== undefined,
  );
}

function keyLenses(session: Session, source: SourceDocument, top: Range, withTrip: boolean): CodeLens[] {
  const { uri } = source;
  const keys = source.scenario?.names.definitions.filter(({ kind }) => kind === 'key') ?? [];
  return keys.flatMap(({ name, place }) => {
    const range = source.rangeOf(place);
    if (range.start.line === top.start.line) return [];
    return [
      ...(knows(session, clientCommand.whoCanUse)
        ? [lens(range, 'Who can use this key', clientCommand.whoCanUse, { uri, key: name })]
        : []),
      ...(withTrip ? [tripLens(session, range, { uri, key: name })] : []),
    ];
  });
}

function tripLens(session: Session, range: Range, argument: Parameters<typeof lens>[3]): CodeLens {
  const command = commandFor(session, clientCommand.envelopeRoundTrip, serverCommand.envelopeRoundTrip);
  return lens(range, 'Envelope round trip', command, argument);
}

/** One lens says what happened, and leads to why. */
function resultLenses(session: Session, { uri }: SourceDocument, { index }: StepOutline, range: Range): CodeLens[] {
  const result = session.scenarioResults.get(uri, index);
  if (!result) return [];
  const command = commandFor(session, clientCommand.explainStep, serverCommand.explainStep);
  return [lens(range, `${resultInWords(result)}: explain`, command, { uri, step: index })];
}

/** `✓ allowed`, `✗ expected denied, is allowed`. */
export function resultInWords({ outcome, actual, expected }: StepDoneJson): string {
  const happened = verdictOf(actual) ?? (outcome === 'error' ? 'could not be taken' : 'done');
  switch (outcome) {
    case 'pass':
      return `✓ ${happened}`;
    case 'fail':
      return verdictOf(expected) === happened
        ? `✗ ${happened}, but otherwise`
        : `✗ expected ${verdictOf(expected)}, is ${happened}`;
    case 'error':
      return `! ${happened}`;
    case 'info':
      return `· ${happened}`;
  }
}

/** What a step came to, or expects, in a word: a verdict, `ok`, the name of an error. */
export function verdictOf(expectation: unknown): string | undefined {
  if (typeof expectation !== 'object' || expectation === null)
    return typeof expectation === 'string' ? expectation : undefined;
  const { verdict, error, ok, throttled, calls } = Object.fromEntries(Object.entries(expectation));
  if (throttled !== undefined) return throttled ? 'throttled' : 'not throttled';
  if (verdict !== undefined || error !== undefined) return String(verdict ?? error);
  return ok === undefined && calls === undefined ? undefined : 'ok';
}

/** On a policy: the scenarios that use it. */
export async function usingScenariosLens(
  session: Session,
  source: SourceDocument,
  { codeLens }: Settings,
): Promise<CodeLens[]> {
  if (!codeLens.scenario.enabled) return [];
  const uses = await session.scenarioIndex.usesOf(source.uri);
  const scenarios = new Set(uses.map(({ scenario }) => scenario.uri));
  if (scenarios.size === 0) return [];
  const steps = [...new Set(uses.map(({ scenario }) => scenario))].reduce(
    (sum, { scenario }) => sum + (scenario?.steps.length ?? 0),
    0,
  );
  const title = `Run ${steps} ${steps === 1 ? 'step' : 'steps'} of ${scenarios.size === 1 ? '1 scenario' : `${scenarios.size} scenarios`}`;
  const command = commandFor(session, clientCommand.runScenario, serverCommand.runScenario);
  return [lens(source.rangeOf({ path: source.policy?.policy.base ?? [] }), title, command, { uri: source.uri })];
}

function lens(
  { start }: Range,
  title: string,
  command: string,
  argument: ScenarioParams & { readonly step?: number; readonly upTo?: number; readonly key?: string },
): CodeLens {
  return { range: { start, end: start }, command: { title, command, arguments: [argument] } };
}

const commandFor = (session: Session, client: string, server: string): string =>
  knows(session, client) ? client : server;

const knows = ({ options }: Session, command: string): boolean => options.clientCommands?.includes(command) === true;
