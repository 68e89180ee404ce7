import { readFileSync } from 'node:fs';
import { isLoose, parseJson } from '../../../simulator/json/parse.ts';
import { toPointer } from '../../../simulator/json/place.ts';
import type { ScenarioOutline } from '../../../simulator/scenario/outline.ts';
import { readScenario } from '../../../simulator/scenario/read.ts';

/** Uses every member of the format. */
export const fullText = readFileSync(new URL('./fixtures/full.kms-scenario.json', import.meta.url), 'utf8');

export const exampleText = readFileSync(new URL('../../../examples/orders.kms-scenario.json', import.meta.url), 'utf8');

export function outlineOf(text: string): ScenarioOutline {
  const { root } = parseJson(text);
  if (!root) throw new Error('the text has no value');
  return readScenario(root);
}

/** The problems of a scenario, each as `kind /pointer: message`. */
export function problemsOf(scenario: string | object): string[] {
  const text = typeof scenario === 'string' ? scenario : JSON.stringify(scenario);
  return outlineOf(text).problems.map(({ kind, place, message }) => `${kind} ${toPointer(place.path)}: ${message}`);
}

export const isWhole = (text: string): boolean => parseJson(text).problems.every(isLoose);

/** A plain copy of the full sample, for changes. */
export function fullValue(): Record<string, unknown> {
  return JSON.parse(withoutComments(fullText));
}

const withoutComments = (text: string): string => text.replace(/^\s*\/\/.*$/gm, '').replace(/,(\s*[}\]])/g, '$1');
