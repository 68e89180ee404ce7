import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from './sources.ts';

test('no two features answer the same request: the later one would silence the other', () => {
  const folder = `${root}server/features`;
  const handlers = readdirSync(folder).flatMap((name) => {
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    return [
      ...text.matchAll(
        /session\.connection\.((?:languages|workspace|window)\.\w+\.?\w*|onRequest\(\s*[^,\s]+|on(?!Request\b)[A-Z]\w*)/g,
      ),
    ].map(([, handler = '']) => handler);
  });
  expect(handlers.length).toBeGreaterThan(10);
  const twice = handlers.filter((handler, index) => handlers.indexOf(handler) !== index);
  expect(twice).toEqual([]);
});
