import { readdirSync, readFileSync } from 'node:fs';
import type { Shape } from './shapes.ts';

const folder = new URL('../wrong/', import.meta.url);

/** The documents of faults, with their statements or grants over and over: each rule is heard, and often. */
export function faultsManyTimes(): Record<string, Shape> {
  const shapes: Record<string, Shape> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json')) continue;
    const document = parse(readFileSync(new URL(name.replaceAll('\\', '/'), folder), 'utf8'));
    const list = Array.isArray(document) ? document : document?.Statement;
    if (!Array.isArray(list) || list.length === 0) continue;
    shapes[`faults of ${name}`] = (n) => {
      const again = Array.from({ length: n }, (_, index) => list[index % list.length]);
      return { file: name, text: JSON.stringify(list === document ? again : { ...document, Statement: again }) };
    };
  }
  return shapes;
}

/** undefined where the fault is that it is no JSON. */
function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
