import type { ScenarioRun, StepDoneJson } from '../../../server/protocol.ts';
import { made } from './page.browser.ts';

const MARKS = { pass: '✓', fail: '✗', error: '⚠', info: '·' } as const;
const WORDS = { pass: 'as expected', fail: 'not as expected', error: 'could not be run', info: 'ran' } as const;

/**
 * What came of each step of a scenario, as a list.
 *
 * @param marked the names of the steps that show the point
 */
export function stepsOf({ steps, errors, summary }: ScenarioRun, marked: readonly string[] = []): HTMLElement[] {
  if (errors.length > 0) return errors.map(({ message }) => made('p', message, 'failed'));
  const list = made('ol', '', 'steps');
  list.append(...steps.map((step) => stepOf(step, marked.includes(step.name))));
  return [list, made('p', summary, 'detail')];
}

function stepOf({ name, outcome, actual, message, answer }: StepDoneJson, isPoint: boolean): HTMLElement {
  const item = made('li', '', `${outcome}${isPoint ? ' point' : ''}`);
  const head = made('div', '', 'step');
  const mark = made('span', MARKS[outcome], 'mark');
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', WORDS[outcome]);
  head.append(mark, made('span', name, 'name'));
  const came = answer?.error?.name ?? wordOf(actual);
  if (came) head.append(made('span', came, 'came'));
  item.append(head, made('div', sentence(message), 'detail'));
  return item;
}

/** `ok` and the like; longer answers are in the message. */
const wordOf = (actual: unknown): string => (typeof actual === 'string' ? actual : '');

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
