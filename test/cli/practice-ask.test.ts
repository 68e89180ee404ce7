import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askingOn } from '../../cli/practice/ask.ts';

function terminal() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  return { input, output, shown: () => String(output.read() ?? '') };
}

test('what is typed answers what is asked', async () => {
  const { input, output, shown } = terminal();
  const told: (string | undefined)[] = [];
  const done = askingOn({ input, output }, async (ask) => {
    told.push(await ask('one? '));
    told.push(await ask('two? '));
  });
  input.write('a\n');
  await new Promise((resolve) => setImmediate(resolve));
  input.write('b\n');
  await done;
  expect(told).toEqual(['a', 'b']);
  expect(shown()).toContain('two? ');
});

test('lines that are typed ahead answer one question each', async () => {
  const { input, output, shown } = terminal();
  const told: (string | undefined)[] = [];
  const done = askingOn({ input, output }, async (ask) => {
    for (const prompt of ['one? ', 'two? ', 'three? ']) {
      told.push(await ask(prompt));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  input.end('a\nb\nc\n');
  await done;
  expect(told).toEqual(['a', 'b', 'c']);
  expect(shown()).toContain('two? b\n');
});

test('the end of the input is no answer, whether somebody waits for one or not', async () => {
  const { input, output } = terminal();
  const told: (string | undefined)[] = [];
  const done = askingOn({ input, output }, async (ask) => {
    told.push(await ask('one? '));
    told.push(await ask('two? '));
    told.push(await ask('three? '));
  });
  input.end('a\n');
  await done;
  expect(told).toEqual(['a', undefined, undefined]);
});
