import type { ScenarioErrorJson } from '../../server/protocol.ts';
import type { ScenarioReport, StepReport, TestReport } from '../test/report.ts';
import { countsOf } from '../test/report.ts';
import { placeOf } from './test-text.ts';
import { type Attributes, junitClass, XmlWriter } from './xml.ts';

/** JUnit XML as CI systems read it: a suite for each scenario, a case for each step and each mistake of a file. */
export function testJunit({ scenarios, milliseconds }: TestReport): string {
  const xml = new XmlWriter();
  xml.element('testsuites', { name: 'kms-lens', ...totals(scenarios), time: seconds(milliseconds) }, () => {
    for (const scenario of scenarios) suite(scenario, xml);
  });
  return xml.text;
}

function suite(scenario: ScenarioReport, xml: XmlWriter): void {
  const { file, description, steps, errors, milliseconds } = scenario;
  const name = description === undefined ? file : `${file}: ${description}`;
  xml.element('testsuite', { name, file, ...totals([scenario]), time: seconds(milliseconds) }, () => {
    for (const error of errors) mistake(file, error, xml);
    for (const step of steps) testCase(file, step, xml);
  });
}

function mistake(file: string, { message, range }: ScenarioErrorJson, xml: XmlWriter): void {
  const place = placeOf(file, range);
  xml.element('testcase', { name: place, classname: junitClass(file), file, line: range.start.line + 1, time: 0 }, () =>
    xml.leaf('error', { type: 'mistake', message }, `${place}: ${message}`),
  );
}

function testCase(file: string, step: StepReport, xml: XmlWriter): void {
  const { json, range } = step;
  const { name, outcome, message, milliseconds } = json;
  const attributes: Attributes = {
    name,
    classname: junitClass(file),
    file,
    line: range.start.line + 1,
    time: seconds(milliseconds),
  };
  switch (outcome) {
    case 'pass':
      return xml.leaf('testcase', attributes);
    case 'info':
      return xml.element('testcase', attributes, () =>
        xml.leaf('skipped', { message: `no \`expect\`; ${step.actual ?? 'it was taken'}: ${message}` }),
      );
    case 'fail':
      return xml.element('testcase', attributes, () =>
        xml.leaf('failure', { type: 'expectation', message }, details(file, step)),
      );
    case 'error':
      return xml.element('testcase', attributes, () =>
        xml.leaf('error', { type: 'step', message }, details(file, step)),
      );
  }
}

function details(file: string, { range, expected, actual, why, decided }: StepReport): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['expected', expected],
    ['actual', actual],
    ['why', why],
    ['step', placeOf(file, range)],
    ['decided', decided?.place],
  ];
  return rows.flatMap(([label, words]) => (words ? [`${label}: ${words}`] : [])).join('\n');
}

function totals(scenarios: readonly ScenarioReport[]): Attributes {
  const { failed, errors, informed } = countsOf(scenarios);
  const tests = scenarios.reduce((sum, each) => sum + each.steps.length + each.errors.length, 0);
  return { tests, failures: failed, errors, skipped: informed };
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(6);
