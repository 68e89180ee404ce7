import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import type { CanEntry, ExpectedVerdict, ScenarioFile } from '../../simulator/scenario/file.ts';
import { isCan } from '../../simulator/scenario/file.ts';
import type { StepOutline } from '../../simulator/scenario/outline.ts';
import { firstChange } from '../../simulator/scenario/run.ts';
import { decideCan, verdictJson } from '../../simulator/scenario/steps/can.ts';
import { type DocumentEdit, toTextEdits } from '../documents/edits.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Session } from '../session.ts';
import { editOfDocument } from './edits.ts';
import { touches } from './ranges.ts';

/** On a step of a scenario: expect what happens, and a new step that keeps a denial. */
export async function scenarioActions(session: Session, source: SourceDocument, range: Range): Promise<CodeAction[]> {
  const steps = source.scenario?.steps.filter(({ path }) => touches(source.rangeOf({ path }), range)) ?? [];
  if (steps.length === 0) return [];
  const { world } = await session.openScenarios.get(source.uri);
  if (!world) return [];
  // What happens after a call or a wait is known once those were taken.
  const changed = firstChange(world);
  const happened = steps.flatMap((step): Happened[] => {
    if (changed < step.index) return [];
    const entry = stepAt(world.file, step);
    const decision = entry && decideCan(entry, world);
    return entry && decision ? [{ step, entry, actual: verdictJson(decision) }] : [];
  });
  const [only, ...more] = happened;
  if (!only) return [];
  return [
    expectIt(session, source, happened.filter(isOtherwise)),
    ...(more.length === 0 && only.actual.verdict === 'denied' ? [keepDenial(session, source, only)] : []),
  ].filter((action) => action !== undefined);
}

interface Happened {
  readonly step: StepOutline;
  readonly entry: CanEntry;
  readonly actual: ExpectedVerdict;
}

function stepAt({ steps }: ScenarioFile, { index }: StepOutline): CanEntry | undefined {
  const entry = steps?.[index];
  return entry && isCan(entry) ? entry : undefined;
}

/** Whether the step expects nothing, or something else. */
function isOtherwise({ entry: { expect }, actual }: Happened): boolean {
  if (expect === undefined) return true;
  if (typeof expect === 'string') return expect !== actual.verdict;
  return (
    expect.verdict !== actual.verdict ||
    (expect.kind !== undefined && expect.kind !== actual.kind) ||
    (expect.by !== undefined && expect.by !== actual.by)
  );
}

function expectIt(session: Session, source: SourceDocument, happened: readonly Happened[]): CodeAction | undefined {
  const [first, ...more] = happened;
  if (!first) return undefined;
  const edits = happened.map(
    ({ step, entry, actual }): DocumentEdit => ({
      op: 'set',
      path: [...step.path, 'expect'],
      value: asPreciseAs(entry.expect, actual),
    }),
  );
  const title =
    more.length === 0
      ? `Expect what happens: ${first.actual.verdict}`
      : `Expect what happens in ${happened.length} steps`;
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

/** The denial as a step of its own, so that this one can be changed until it is allowed. */
function keepDenial(
  session: Session,
  source: SourceDocument,
  { step, entry, actual }: Happened,
): CodeAction | undefined {
  const { name: _, expect: __, ...request } = entry;
  const value = { name: `${step.title}: denied`, ...request, expect: actual };
  return action(session, source, 'New step for this denial', [
    { op: 'insert', path: ['steps', step.index + 1], value },
  ]);
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
