import { readFileSync } from 'node:fs';
import { isLoose, parseJson } from '../../../simulator/json/parse.ts';
import { toPointer } from '../../../simulator/json/place.ts';
import type { ScenarioOutline } from '../../../simulator/scenario/outline.ts';
import { readScenario } from '../../../simulator/scenario/read.ts';
import type { Shape } from '../../../simulator/scenario/shape.ts';

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

/** Every value of a sample with the shapes that it has to fit, by pointer. */
export function shapesIn(value: unknown, shape: Shape, pointer: string, found: Map<string, Shape>): void {
  found.set(pointer, shape);
  if (shape.type === 'list' && Array.isArray(value))
    for (const [index, each] of value.entries()) shapesIn(each, shape.of, `${pointer}/${index}`, found);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  if (shape.type === 'map')
    for (const [name, each] of Object.entries(value)) shapesIn(each, shape.of, `${pointer}/${name}`, found);
  if (shape.type === 'object')
    for (const [name, each] of Object.entries(value)) {
      const member = shape.members[name];
      if (member) shapesIn(each, member.shape, `${pointer}/${name}`, found);
    }
  if (shape.type === 'variants') {
    const kind = Object.keys(shape.variants).find((each) => Object.hasOwn(value, each)) ?? '';
    const variant = shape.variants[kind];
    if (variant) shapesIn(value, variant, pointer, found);
  }
  if (shape.type === 'either')
    for (const each of shape.of) if (each.type === 'object') shapesIn(value, each, pointer, found);
}

/** The sample with one value in another's place. */
export function withValue(pointer: string, value: unknown): object {
  const root: Record<string, unknown> = { root: fullValue() };
  const steps = ['root', ...pointer.split('/').slice(1)];
  let at: Record<string, unknown> = root;
  for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
  at[steps.at(-1) ?? ''] = value;
  return root['root'] as object;
}
