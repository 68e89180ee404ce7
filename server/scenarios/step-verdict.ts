import { load } from '../../simulator/kms/steps/load.ts';
import type { StepOutline } from '../../simulator/scenario/outline.ts';
import { Play } from '../../simulator/scenario/play.ts';
import { firstChange } from '../../simulator/scenario/run.ts';
import type { StepKind } from '../../simulator/scenario/step.ts';
import { can } from '../../simulator/scenario/steps/can.ts';
import { sentence } from '../answers/help/markdown.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { CallFailureJson, StepDoneJson, StepJson, StepPartJson } from '../protocol.ts';
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
  const kind = asking.find(({ name }) => name === step.kind);
  if (!world || !entry || !kind) return undefined;
  if (firstChange(world) < step.index) return undefined;
  return stepJson({ ...(await kind.run(entry, new Play(world))), step, milliseconds: 0 }, (uri) => uri);
}

/** The kinds that only ask. */
const asking: readonly StepKind[] = [can, load];

const MARKS: Readonly<Record<StepJson['outcome'], string>> = { pass: '✓', fail: '✗', error: '!', info: '·' };

/** The verdict of a step as a block of a hover. */
export function renderVerdict({
  kind,
  outcome,
  expected,
  actual,
  message,
  answer,
  parts,
}: StepJson & Pick<StepDoneJson, 'answer' | 'parts'>): string {
  const head =
    outcome === 'error'
      ? 'could not be taken'
      : answer
        ? (answer.error?.name ?? 'ok')
        : actual === undefined
          ? 'done'
          : outcomeInWords(actual);
  const wanted = outcome === 'fail' ? `, where ${outcomeInWords(expected)} is expected` : '';
  const reason = outcome === 'fail' ? message.slice(message.indexOf(': ') + 2) : message;
  const stop = parts?.find((part) => part.error);
  const error = answer?.error ?? stop?.error;
  const words = error
    ? [...(stop ? [`It stops at ${stop.title}.`] : []), ...errorInWords(error)]
    : reason === ''
      ? []
      : kind === 'load'
        ? [
            reason
              .split('; ')
              .map((each) => `- ${sentence(each)}`)
              .join('\n'),
          ]
        : [sentence(reason)];
  return [`**${MARKS[outcome]} ${head}**${wanted}`, ...words].join('\n\n');
}

/** AWS's words as they are, then ours. */
function errorInWords({ message, remedy }: CallFailureJson): string[] {
  return [
    message === '' ? 'KMS sends no message with it.' : quoted(message),
    ...(remedy === '' ? [] : [`What to do: ${remedy}.`]),
  ];
}

/** A message is no Markdown, whatever names it repeats. */
const quoted = (text: string): string => fence(text, 'text');

function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

/** The response of a call, or the parts of a round trip, as a block of a hover. */
export function renderResponse({ answer, parts }: Pick<StepDoneJson, 'answer' | 'parts'>): string | undefined {
  if (parts) return fence(partsInLines(parts).join('\n'), 'text');
  if (!answer?.response || Object.keys(answer.response).length === 0) return undefined;
  const title = answer.saved === undefined ? 'Response' : `Response, saved as \`$${answer.saved}\``;
  return `${title}\n\n${fence(JSON.stringify(answer.response, null, 2), 'json')}`;
}

export const PART_MARKS: Readonly<Record<StepPartJson['outcome'], string>> = { ok: '✓', stopped: '✗', skipped: '·' };

const partsInLines = (parts: readonly StepPartJson[]): string[] =>
  parts.flatMap(({ title, outcome, facts }) => [
    `${PART_MARKS[outcome]} ${title}`,
    ...facts.map(([what, value]) => `    ${what}: ${value}`),
  ]);
