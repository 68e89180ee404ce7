import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import { askLoad } from '../../simulator/kms/steps/load.ts';
import {
  type CallEntry,
  type CanEntry,
  type EnvelopeEntry,
  type ExpectedLoad,
  type ExpectedVerdict,
  isCall,
  isCan,
  isEnvelope,
  isLoad,
  isService,
  type LoadEntry,
  type ServiceEntry,
} from '../../simulator/scenario/file.ts';
import type { StepOutline } from '../../simulator/scenario/outline.ts';
import { firstChange } from '../../simulator/scenario/run.ts';
import { callingKinds } from '../../simulator/scenario/step.ts';
import { decideCan, verdictJson } from '../../simulator/scenario/steps/can.ts';
import type { ScenarioWorld } from '../../simulator/scenario/world.ts';
import { type DocumentEdit, toTextEdits } from '../documents/edits.ts';
import type { SourceDocument } from '../documents/source.ts';
import { clientCommand, type StepDoneJson, serverCommand } from '../protocol.ts';
import { outcomeInWords } from '../scenarios/step-json.ts';
import type { Session } from '../session.ts';
import { editOfDocument } from './edits.ts';
import { touches } from './ranges.ts';

/** On a step of a scenario: expect what happens, and a new step that keeps a denial or an error. */
export async function scenarioActions(session: Session, source: SourceDocument, range: Range): Promise<CodeAction[]> {
  const steps = source.scenario?.steps.filter(({ path }) => touches(source.rangeOf({ path }), range)) ?? [];
  if (steps.length === 0) return [];
  const { world } = await session.openScenarios.get(source.uri);
  if (!world) return [];
  const happened = steps.flatMap((step) => happenedIn(session, world, step) ?? []);
  const [only, ...more] = happened;
  if (!only) return steps.length === 1 && steps[0] ? runFirst(session, source, steps[0]) : [];
  return [
    expectIt(
      session,
      source,
      happened.filter(({ isOtherwise }) => isOtherwise),
    ),
    ...(more.length === 0 ? [keepRefusal(session, source, only)] : []),
  ].filter((action) => action !== undefined);
}

/** What a call or a round trip comes to is known once it was taken. */
function runFirst({ options }: Session, { uri }: SourceDocument, { index, kind }: StepOutline): CodeAction[] {
  if (!callingKinds.has(kind)) return [];
  const known = options.clientCommands?.includes(clientCommand.runScenario);
  const title = 'Run this step, to expect what happens';
  const command = known ? clientCommand.runScenario : serverCommand.runScenario;
  return [
    { title, kind: CodeActionKind.RefactorRewrite, command: { title, command, arguments: [{ uri, step: index }] } },
  ];
}

interface Happened {
  readonly step: StepOutline;
  readonly entry: CanEntry | CallEntry | EnvelopeEntry | LoadEntry | ServiceEntry;
  /** What the step would have to expect, as precisely as it does. */
  readonly expectation: unknown;
  /** `denied`, `ok`, `DisabledException`. */
  readonly words: string;
  /** Whether the step expects nothing, or something else. */
  readonly isOtherwise: boolean;
  /** Of what was refused: everything that is known of it. */
  readonly refusal?: unknown;
}

/** What a step comes to. After a call or a wait, and of a call, that is known once the step was taken. */
function happenedIn(session: Session, world: ScenarioWorld, step: StepOutline): Happened | undefined {
  const entry = world.file.steps?.[step.index];
  if (!entry) return undefined;
  const taken = firstChange(world) <= step.index ? session.scenarioResults.get(world.uri, step.index) : undefined;
  if (isCan(entry)) {
    const decision = step.index < firstChange(world) ? decideCan(entry, world) : undefined;
    const actual = decision ? verdictJson(decision) : (taken?.actual as ExpectedVerdict | undefined);
    return actual && checked(step, entry, actual);
  }
  if (isLoad(entry)) {
    const actual = step.index < firstChange(world) ? askLoad(entry, world).actual : (taken?.actual as ExpectedLoad);
    return actual && loaded(step, entry, actual);
  }
  const isKnown = (isCall(entry) || isEnvelope(entry) || isService(entry)) && taken?.actual !== undefined;
  return isKnown ? called(step, entry, taken) : undefined;
}

function checked(step: StepOutline, entry: CanEntry, actual: ExpectedVerdict): Happened {
  const { expect } = entry;
  const isOtherwise =
    typeof expect === 'object'
      ? expect.verdict !== actual.verdict ||
        (expect.kind !== undefined && expect.kind !== actual.kind) ||
        (expect.by !== undefined && expect.by !== actual.by)
      : expect !== actual.verdict;
  return {
    step,
    entry,
    expectation: asPreciseAs(expect, actual),
    words: actual.verdict,
    isOtherwise,
    ...(actual.verdict === 'denied' ? { refusal: actual } : {}),
  };
}

function loaded(step: StepOutline, entry: LoadEntry, actual: ExpectedLoad): Happened {
  const { expect } = entry;
  const { throttled, ...more } = actual;
  const looked = Object.entries(more).filter(([name]) => expect && Object.hasOwn(expect, name));
  const expectation = { throttled, ...Object.fromEntries(looked) };
  return {
    step,
    entry,
    expectation,
    words: throttled ? 'throttled' : 'not throttled',
    isOtherwise: JSON.stringify(inOrder(expect)) !== JSON.stringify(inOrder(expectation)),
  };
}

const inOrder = (members: object | undefined): unknown =>
  Object.entries(members ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));

function called(
  step: StepOutline,
  entry: CallEntry | EnvelopeEntry | ServiceEntry,
  { outcome, actual }: StepDoneJson,
): Happened {
  const error: unknown = Object(actual).error;
  return {
    step,
    entry,
    // Of a response that much as the step looks at.
    expectation: actual,
    words: error !== undefined || Object(actual).calls !== undefined ? outcomeInWords(actual) : 'ok',
    isOtherwise: outcome !== 'pass',
    ...(error === undefined ? {} : { refusal: { error } }),
  };
}

function expectIt(session: Session, source: SourceDocument, happened: readonly Happened[]): CodeAction | undefined {
  const [first, ...more] = happened;
  if (!first) return undefined;
  const edits = happened.map(
    ({ step, expectation }): DocumentEdit => ({ op: 'set', path: [...step.path, 'expect'], value: expectation }),
  );
  const title =
    more.length === 0 ? `Expect what happens: ${first.words}` : `Expect what happens in ${happened.length} steps`;
  return action(session, source, title, edits);
}

/** Whoever wrote down who decides wants to know it of the new verdict, too. */
function asPreciseAs(expect: CanEntry['expect'], actual: ExpectedVerdict): NonNullable<CanEntry['expect']> {
  if (typeof expect !== 'object') return actual.verdict;
  return {
    verdict: actual.verdict,
    ...(expect.kind !== undefined && actual.kind !== undefined ? { kind: actual.kind } : {}),
    ...(expect.by !== undefined && actual.by !== undefined ? { by: actual.by } : {}),
  };
}

/** The denial or the error as a step of its own, so that this one can be changed until it goes through. */
function keepRefusal(
  session: Session,
  source: SourceDocument,
  { step, entry, words, refusal }: Happened,
): CodeAction | undefined {
  if (refusal === undefined) return undefined;
  const { name: _, expect: __, ...request } = entry;
  // What fails saves nothing, and the name is the other step's.
  const { save: ___, ...same } = { save: undefined, ...request };
  const value = { name: `${step.title}: ${words}`, ...same, expect: refusal };
  const title = isCan(entry) ? 'New step for this denial' : 'New step for this error';
  return action(session, source, title, [{ op: 'insert', path: ['steps', step.index + 1], value }]);
}

function action(
  session: Session,
  source: SourceDocument,
  title: string,
  edits: readonly DocumentEdit[],
): CodeAction | undefined {
  const made = toTextEdits(source, edits);
  if (!made) return undefined;
  return { title, kind: CodeActionKind.RefactorRewrite, edit: editOfDocument(session, source, made) };
}
