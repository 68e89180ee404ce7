import type { StepOutline } from '../../simulator/scenario/outline.ts';
import { Play } from '../../simulator/scenario/play.ts';
import { firstChange } from '../../simulator/scenario/run.ts';
import { can } from '../../simulator/scenario/steps/can.ts';
import { sentence } from '../answers/help/markdown.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { StepJson } from '../protocol.ts';
import type { OpenScenario } from './open.ts';
import { outcomeInWords, stepJson } from './step-json.ts';

/** The step around an offset. */
export function stepAt(document: SourceDocument, offset: number): StepOutline | undefined {
  return document.scenario?.steps.find(({ path }) => {
    const { start, end } = document.spanOf({ path });
    return start <= offset && offset <= end;
  });
}

/** What a step comes to with everything as it is now; undefined where that cannot be told without taking others first. */
export async function verdictNow({ world }: OpenScenario, step: StepOutline): Promise<StepJson | undefined> {
  const entry = world?.file.steps?.[step.index];
  if (!world || !entry || step.kind !== can.name) return undefined;
  if (firstChange(world) < step.index) return undefined;
  return stepJson({ ...(await can.run(entry, new Play(world))), step, milliseconds: 0 }, (uri) => uri);
}

const MARKS: Readonly<Record<StepJson['outcome'], string>> = { pass: '✓', fail: '✗', error: '!', info: '·' };

/** The verdict of a step as a block of a hover. */
export function renderVerdict({ outcome, expected, actual, message }: StepJson): string {
  const head = outcome === 'error' ? 'could not be taken' : outcomeInWords(actual);
  const wanted = outcome === 'fail' ? `, where ${outcomeInWords(expected)} is expected` : '';
  const reason = outcome === 'fail' ? message.slice(message.indexOf(': ') + 2) : message;
  return `**${MARKS[outcome]} ${head}**${wanted}\n\n${sentence(reason)}`;
}
