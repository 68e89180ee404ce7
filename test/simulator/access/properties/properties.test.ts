import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreement } from './agreement.ts';
import { calls } from './calls.ts';
import { honesty } from './honesty.ts';
import { LONG, type Property, WORLDS } from './property.ts';
import { theorems } from './theorems.ts';

const properties: readonly Property[] = [agreement, ...calls, ...theorems, ...honesty];

const SEED = process.env['KMS_LENS_SEED'];

const folder = fileURLToPath(new URL('failures/', import.meta.url));

interface Failure {
  readonly property: string;
  readonly value: unknown;
}

describe('what failed once holds now', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

  test.for(files)('%s', (file) => {
    const { property: name, value }: Failure = JSON.parse(readFileSync(folder + file, 'utf8'));
    const property = properties.find((each) => each.name === name);
    expect(property, `no property is called \`${name}\``).toBeDefined();
    property?.check(value);
  });
});

describe('for every world', () => {
  test.for(properties.map((each) => [each.name, each] as const))('%s', { timeout: LONG }, ([, property]) => {
    const details = fc.check(fc.property(property.generated, property.check), {
      numRuns: WORLDS,
      ...(SEED === undefined ? {} : { seed: Number(SEED) }),
    });
    if (!details.failed) return;
    const kept = keep(property, details.counterexample?.[0]);
    throw new Error(`kept as ${kept}; KMS_LENS_SEED=${details.seed} repeats it\n${fc.defaultReportMessage(details)}`);
  });
});

/** Writes the smallest example that failed to where the next run begins with it. */
function keep({ name }: Property, value: unknown): string {
  const failure: Failure = { property: name, value };
  const text = `${JSON.stringify(failure, null, 2)}\n`;
  const words = name.replaceAll(/[^a-z]+/gi, '-').slice(0, 40);
  const file = `${words}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.json`;
  writeFileSync(folder + file, text);
  return `failures/${file}`;
}
