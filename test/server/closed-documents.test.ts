import { describe, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { ClosedDocuments, type ClosedFindings } from '../../server/closed-documents.ts';

/** A workspace in memory whose checks are finished by the test, one after the other. */
class World {
  readonly files = new Map<string, string>();
  readonly open = new Set<string>();
  readonly told: string[] = [];
  readonly closed = new ClosedDocuments();
  readonly left: number[] = [];
  private readonly checking: { uri: string; finish: () => void }[] = [];
  private wake: () => void = () => undefined;

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.files.set(name, text);
    this.closed.listen({
      onFindings: ({ uri, items, resultId }: ClosedFindings) =>
        this.told.push(resultId === undefined ? `${uri} is gone` : `${uri}: ${items[0]?.message}`),
      onProgress: (left) => this.left.push(left),
    });
  }

  start(): void {
    const { files, open } = this;
    this.closed.start({
      async *find(at) {
        for (const uri of [...files.keys()]) if (at === undefined || uri === at || uri.startsWith(`${at}/`)) yield uri;
      },
      read: async (uri) => files.get(uri),
      check: (uri, text) => this.check(uri, text),
      isOpen: (uri) => open.has(uri),
      pause: async () => undefined,
      log: (message, error) => this.told.push(`${message}: ${String(error)}`),
    });
  }

  /** Lets the check that waits finish, with the text that it read when it began. */
  async finish(uri: string): Promise<void> {
    while (this.checking.length === 0)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    const next = this.checking.shift();
    expect(next?.uri).toBe(uri);
    next?.finish();
    await new Promise((resolve) => setTimeout(resolve));
  }

  get isIdle(): boolean {
    return this.closed.isDone && this.checking.length === 0;
  }

  private check(uri: string, text: string): Promise<readonly Diagnostic[] | undefined> {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const items = [{ range, message: text }];
    return new Promise((resolve) => {
      this.checking.push({ uri, finish: () => resolve(items) });
      this.wake();
    });
  }
}

describe('stored documents', () => {
  test('are checked one after the other, and told once', async () => {
    const world = new World({ a: 'one', b: 'two' });
    world.start();
    await world.finish('a');
    expect(world.told).toEqual(['a: one']);
    await world.finish('b');
    expect(world.told).toEqual(['a: one', 'b: two']);
    expect(world.isIdle).toBe(true);
    expect(world.left.at(-1)).toBe(0);
    world.closed.refresh('a');
    await world.finish('a');
    expect(world.told).toHaveLength(2);
  });

  test('only what changed is checked again, under another result id', async () => {
    const world = new World({ a: 'one', b: 'two' });
    world.start();
    await world.finish('a');
    await world.finish('b');
    const before = world.closed.all().map(({ resultId }) => resultId);
    world.files.set('b', 'three');
    world.closed.look('b');
    await world.finish('b');
    expect(world.isIdle).toBe(true);
    expect(world.told.slice(2)).toEqual(['b: three']);
    const after = world.closed.all().map(({ resultId }) => resultId);
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false]);
  });

  test('what was found in a text that changed meanwhile is never told', async () => {
    const world = new World({ a: 'one' });
    world.start();
    await new Promise((resolve) => setTimeout(resolve));
    world.files.set('a', 'two');
    world.closed.look('a');
    await world.finish('a');
    expect(world.told).toEqual([]);
    await world.finish('a');
    expect(world.told).toEqual(['a: two']);
  });

  test('one that is deleted while it is checked, or waits for it, is not told of', async () => {
    const world = new World({ 'f/a': 'one', 'f/b': 'two', c: 'three' });
    world.start();
    await new Promise((resolve) => setTimeout(resolve));
    world.files.delete('f/a');
    world.files.delete('f/b');
    world.closed.removed('f');
    await world.finish('f/a');
    await world.finish('c');
    expect(world.told).toEqual(['c: three']);
    expect(world.isIdle).toBe(true);
  });

  test('an open one is not looked at, and is withdrawn until it is closed', async () => {
    const world = new World({ a: 'one', b: 'two' });
    world.open.add('b');
    world.start();
    await world.finish('a');
    expect(world.isIdle).toBe(true);
    world.open.add('a');
    world.closed.opened('a');
    world.closed.refresh('a');
    expect(world.told).toEqual(['a: one', 'a is gone']);
    world.open.delete('a');
    world.closed.look('a');
    await world.finish('a');
    expect(world.told.slice(2)).toEqual(['a: one']);
  });

  test('one that is opened while its stored text is checked is left to the editor', async () => {
    const world = new World({ a: 'one' });
    world.start();
    await new Promise((resolve) => setTimeout(resolve));
    world.open.add('a');
    world.closed.opened('a');
    await world.finish('a');
    expect(world.told).toEqual([]);
    expect(world.isIdle).toBe(true);
  });

  test('what came before others and was changed by somebody is checked first', async () => {
    const world = new World({ a: 'one', b: 'two', c: 'three' });
    world.start();
    await new Promise((resolve) => setTimeout(resolve));
    world.closed.refresh('c');
    await world.finish('a');
    await world.finish('c');
    await world.finish('b');
    expect(world.told).toEqual(['a: one', 'c: three', 'b: two']);
  });

  test('one that changes after it was read ahead is read again', async () => {
    const world = new World({ a: 'one', b: 'two', c: 'three' });
    world.start();
    await new Promise((resolve) => setTimeout(resolve));
    world.files.set('b', 'changed');
    world.files.set('c', 'unheard of');
    world.closed.look('b');
    await world.finish('a');
    await world.finish('b');
    await world.finish('c');
    expect(world.told).toEqual(['a: one', 'b: changed', 'c: three']);
  });

  test('a look everywhere finds what has gone, and nothing is left after the end', async () => {
    const world = new World({ a: 'one', b: 'two' });
    world.start();
    await world.finish('a');
    await world.finish('b');
    world.files.delete('a');
    world.closed.look(undefined);
    await new Promise((resolve) => setTimeout(resolve));
    expect(world.told.slice(2)).toEqual(['a is gone']);
    world.closed.refresh('b');
    await new Promise((resolve) => setTimeout(resolve));
    world.closed.stop();
    await world.finish('b');
    expect(world.told.slice(3)).toEqual(['b is gone']);
    expect(world.closed.all()).toEqual([]);
  });
});
