import type { ScenarioErrorJson } from '../../server/protocol.ts';
import type { StepReport, TestReport } from '../test/report.ts';
import { placeOf } from './test-text.ts';

/** TAP version 14: a subtest for each scenario, in it a test for each step and each mistake of the file. */
export function testTap({ scenarios }: TestReport): string {
  const lines = ['TAP version 14', plan(scenarios.length)];
  for (const [index, scenario] of scenarios.entries()) {
    const { file, description, steps, errors } = scenario;
    const name = escaped(description === undefined ? file : `${file}: ${description}`);
    const tests = [...errors.map((error) => mistake(file, error)), ...steps.map((step) => test(file, step))];
    lines.push(`# Subtest: ${name}`, `    ${plan(tests.length)}`);
    for (const [at, { isOk, title, directive = '', details }] of tests.entries()) {
      lines.push(`    ${isOk ? 'ok' : 'not ok'} ${at + 1} - ${title}${directive}`);
      if (details) lines.push(...yaml(details).map((line) => `      ${line}`));
    }
    lines.push(`${tests.every(({ isOk }) => isOk) ? 'ok' : 'not ok'} ${index + 1} - ${name}`);
  }
  return `${lines.join('\n')}\n`;
}

interface Test {
  readonly isOk: boolean;
  readonly title: string;
  readonly directive?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

const plan = (count: number): string => (count === 0 ? '1..0 # no steps' : `1..${count}`);

function mistake(file: string, { message, range }: ScenarioErrorJson): Test {
  const at = placeOf(file, range);
  return { isOk: false, title: escaped(at), details: { message, severity: 'error', at } };
}

function test(file: string, { json, range, decided }: StepReport): Test {
  const { name, outcome, message, expected, actual } = json;
  const title = escaped(name);
  if (outcome === 'pass') return { isOk: true, title };
  const isInformed = outcome === 'info';
  return {
    isOk: isInformed,
    title,
    ...(isInformed ? { directive: ' # SKIP no expect' } : {}),
    details: {
      message,
      severity: { fail: 'fail', error: 'error', info: 'comment' }[outcome],
      expected,
      actual,
      at: placeOf(file, range),
      decided: decided?.place,
    },
  };
}

/** A `#` would begin a directive, a line end another line. */
function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\\#]/g, '\\$&');
}

/** A block of YAML whose values are JSON, which YAML includes. */
function yaml(values: Readonly<Record<string, unknown>>): string[] {
  const rows = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${printable(value)}`],
  );
  return ['---', ...rows, '...'];
}

/** Some characters that may stand in JSON as they are may not in YAML. */
function printable(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
