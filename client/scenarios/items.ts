import { type TestController, type TestItem, Uri, workspace } from 'vscode';
import type { Range as PlainRange, ScenarioTests } from '../../server/protocol.ts';
import { sentenceAsPlainText } from '../markdown.ts';
import { toRange } from './ranges.ts';

/** The scenarios of the workspace as the Test Explorer has them: a suite for each file, a test for each step. */
export class ScenarioItems {
  readonly #controller: TestController;
  readonly #steps = new WeakMap<TestItem, number>();

  constructor(controller: TestController) {
    this.#controller = controller;
  }

  /** The suite of a file that was shown. */
  suite(uri: string): TestItem | undefined {
    return this.#controller.items.get(uri);
  }

  /** What the server says that a file would run. */
  show({ uri, description, steps, errors }: ScenarioTests): void {
    const parsed = Uri.parse(uri, true);
    const name = workspace.asRelativePath(parsed);
    const suite = this.suite(uri) ?? this.#controller.createTestItem(uri, name, parsed);
    suite.canResolveChildren = true;
    // Screen readers are told the description alone, where there is one.
    suite.description = description ?? '';
    // The files of a folder before those of the folders in it, of which there may be many.
    suite.sortText = `${String(name.split('/').length).padStart(3, '0')} ${name}`;
    this.#controller.items.add(suite);
    const [mistake] = errors;
    suite.error = mistake && sentenceAsPlainText(`line ${mistake.range.start.line + 1}: ${mistake.message}`);
    const seen = new Map<string, number>();
    const children = steps.map(({ index, name: title, range }) => {
      // Results stay with a step that keeps its name while others come and go.
      const count = (seen.get(title) ?? 0) + 1;
      seen.set(title, count);
      return this.#step(suite, `${uri} ${count} ${title}`, title, index, range);
    });
    suite.children.replace(children);
  }

  /** The index of a step; undefined for a suite. */
  stepOf(item: TestItem): number | undefined {
    return this.#steps.get(item);
  }

  /** The item of a step. */
  itemOf(uri: string, step: number): TestItem | undefined {
    for (const [, item] of this.#controller.items.get(uri)?.children ?? [])
      if (this.#steps.get(item) === step) return item;
    return undefined;
  }

  forget(uri: string): void {
    this.#controller.items.delete(uri);
  }

  get suites(): readonly TestItem[] {
    return [...this.#controller.items].map(([, item]) => item);
  }

  #step(suite: TestItem, id: string, title: string, index: number, range: PlainRange): TestItem {
    const item = suite.children.get(id) ?? this.#controller.createTestItem(id, title, suite.uri);
    // In the order of the file, not of the alphabet.
    item.sortText = String(index).padStart(6, '0');
    item.range = toRange(range);
    this.#steps.set(item, index);
    return item;
  }
}
