import { KmsError } from '../kms/errors.ts';
import { parseDuration } from '../scenario/duration.ts';
import type { TrailEvent } from '../trail/event.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';

/** What lies beside the operations of KMS. */
export const CONTROL = '/_kms-lens/';

/** What the control paths work on. */
export interface Controlled {
  readonly now: number;
  readonly trail: readonly TrailEvent[];
  reset(): Promise<void>;
  advance(milliseconds: number): Promise<void>;
  /** Tells of each event that is recorded from now on; gives back what ends it. */
  listen(listener: (event: TrailEvent) => void): () => void;
}

interface Control {
  readonly method: 'GET' | 'POST';
  answer(controlled: Controlled, request: HttpRequest): HttpAnswer | Promise<HttpAnswer>;
}

const controls: Readonly<Record<string, Control>> = {
  health: {
    method: 'GET',
    answer: (controlled) => json(200, { status: 'ok', now: isoOf(controlled.now), events: controlled.trail.length }),
  },
  reset: {
    method: 'POST',
    async answer(controlled) {
      await controlled.reset();
      return json(200, { now: isoOf(controlled.now) });
    },
  },
  trail: { method: 'GET', answer: answerTrail },
  clock: { method: 'POST', answer: answerClock },
};

/** Answers what lies under `/_kms-lens/`. */
export async function answerControl(controlled: Controlled, request: HttpRequest): Promise<HttpAnswer> {
  const name = request.path.slice(CONTROL.length).replace(/\?.*$/, '');
  const control = Object.hasOwn(controls, name) ? controls[name] : undefined;
  if (!control)
    return problem(
      404,
      `there is no such path: there are ${Object.keys(controls)
        .map((each) => CONTROL + each)
        .join(', ')}`,
    );
  if (control.method !== request.method) {
    const answer = problem(405, `use ${control.method}`);
    return { ...answer, headers: { ...answer.headers, allow: control.method } };
  }
  try {
    return await control.answer(controlled, request);
  } catch (error) {
    // The state cannot be written.
    const message = error instanceof KmsError ? error.remedy : String(error);
    return problem(500, message);
  }
}

/** What there is, and what comes, an event of CloudTrail in each line. */
function answerTrail(controlled: Controlled, { path }: HttpRequest): HttpAnswer {
  const body = controlled.trail.map(lineOf).join('');
  const answer = { status: 200, headers: { 'content-type': 'application/x-ndjson' }, body };
  const follows = new URLSearchParams(path.split('?')[1]).get('follow') !== 'false';
  if (!follows) return answer;
  return { ...answer, follow: (write) => controlled.listen((event) => write(lineOf(event))) };
}

const lineOf = (event: TrailEvent): string => `${JSON.stringify(event)}\n`;

async function answerClock(controlled: Controlled, { body }: HttpRequest): Promise<HttpAnswer> {
  const asked = objectFrom(body);
  const { advance, set } = asked ?? {};
  const by = typeof advance === 'string' ? parseDuration(advance) : undefined;
  const to = typeof set === 'string' ? Date.parse(set) : Number.NaN;
  const isOne = (advance === undefined) !== (set === undefined);
  if (!isOne || (by === undefined && Number.isNaN(to)))
    return problem(400, 'send {"advance": "P8D"}, a duration, or {"set": "2026-12-24T09:00:00Z"}, a moment');
  const milliseconds = by ?? to - controlled.now;
  if (milliseconds < 0)
    return problem(400, `it is ${isoOf(controlled.now)} already, and the clock does not run backwards: reset instead`);
  if (!(controlled.now + milliseconds <= LATEST)) return problem(400, `the clock ends with the year ${LAST_YEAR}`);
  await controlled.advance(milliseconds);
  return json(200, { now: isoOf(controlled.now) });
}

const LAST_YEAR = 9999;
const LATEST = Date.UTC(LAST_YEAR, 0);

function objectFrom(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

const problem = (status: number, error: string): HttpAnswer => json(status, { error });

function json(status: number, value: object): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(value)}\n` };
}

const isoOf = (moment: number): string => new Date(moment).toISOString();
