import { expect, test } from 'vitest';
import { TextSink } from '../../cli/output/terminal.ts';
import { testJunit } from '../../cli/output/test-junit.ts';
import { testTap } from '../../cli/output/test-tap.ts';
import { printScenario, testSummary } from '../../cli/output/test-text.ts';
import { countsOf, type ScenarioReport, type TestReport } from '../../cli/test/report.ts';
import { parseTap } from './tap.ts';
import { parseXml } from './xml.ts';

/** A step that could not be taken. No scenario has one for good: kinds of step that are missing are added. */
const scenario: ScenarioReport = {
  file: 'a.kms-scenario.json',
  description: undefined,
  text: '',
  steps: [
    {
      json: { index: 0, name: 'wait P8D', kind: 'wait', outcome: 'error', message: 'it is too late', milliseconds: 1 },
      range: { start: { line: 4, character: 2 }, end: { line: 4, character: 20 } },
      expected: undefined,
      actual: undefined,
      why: 'it is too late',
      decided: undefined,
      near: [],
    },
  ],
  errors: [],
  milliseconds: 1234,
};
const report: TestReport = {
  scenarios: [scenario],
  counts: countsOf([scenario]),
  milliseconds: 1234,
  coverage: undefined,
};

test('text', () => {
  const out = new TextSink();
  printScenario(scenario, out);
  out.line(testSummary(report, out));
  expect(out.text).toBe(`a.kms-scenario.json
  ! wait P8D
      why       it is too late
      step      a.kms-scenario.json:5:3

1 scenario, 1 step: 0 passed, 0 failed, 1 error, in 1.2 s
`);
});

test('junit', () => {
  expect(parseXml(testJunit(report))).toMatchObject({
    attributes: { tests: '1', failures: '0', errors: '1', time: '1.234000' },
    children: [
      {
        children: [
          {
            attributes: { name: 'wait P8D', line: '5' },
            children: [
              {
                name: 'error',
                attributes: { type: 'step', message: 'it is too late' },
                text: 'why: it is too late\nstep: a.kms-scenario.json:5:3',
              },
            ],
          },
        ],
      },
    ],
  });
});

test('tap', () => {
  expect(parseTap(testTap(report))).toMatchObject([
    {
      isOk: false,
      subtests: [
        {
          isOk: false,
          description: 'wait P8D',
          details: { message: 'it is too late', severity: 'error', at: 'a.kms-scenario.json:5:3' },
        },
      ],
    },
  ]);
});
