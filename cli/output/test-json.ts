import type { ScenarioReport, StepReport, TestReport } from '../test/report.ts';
import { coverageValue } from './coverage-json.ts';

/** The published shape of `kms-lens test --format json`. Lines and characters count from 0. */
export function testJson({ scenarios, counts, milliseconds, coverage }: TestReport): string {
  const report = {
    version: 1,
    scenarios: scenarios.map(scenarioJson),
    ...counts,
    milliseconds: rounded(milliseconds),
    ...(coverage ? { coverage: coverageValue(coverage) } : {}),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function scenarioJson({ file, description, steps, errors, milliseconds }: ScenarioReport): object {
  return {
    file,
    ...(description === undefined ? {} : { description }),
    steps: steps.map(stepOf),
    errors,
    milliseconds: rounded(milliseconds),
  };
}

const stepOf = ({ json, range }: StepReport): object => ({ ...json, range });

const rounded = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;
