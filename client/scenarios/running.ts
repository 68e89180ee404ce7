import { Location, type TestItem, TestMessage, TestMessageStackFrame, type TestRun, Uri, workspace } from 'vscode';
import type { ScenarioErrorJson, StepDoneJson } from '../../server/protocol.ts';
import { recordOf } from '../arguments.ts';
import { sentenceAsPlainText } from '../markdown.ts';
import { toRange } from './ranges.ts';

/** Tells a run what a step came to. */
export function report(run: TestRun, item: TestItem, step: StepDoneJson): void {
  const { outcome, milliseconds, name, message } = step;
  const words = sentenceAsPlainText(message);
  switch (outcome) {
    case 'pass':
    case 'info':
      output(run, item, `${outcome === 'pass' ? '✓' : '·'} ${name}: ${words}`);
      return run.passed(item, milliseconds);
    case 'fail':
      return run.failed(item, placed(difference(step), item, step), milliseconds);
    case 'error':
      return run.errored(item, placed(new TestMessage(words), item, step), milliseconds);
  }
}

/** Both verdicts side by side. */
function difference({ message, expected, actual }: StepDoneJson): TestMessage {
  return TestMessage.diff(sentenceAsPlainText(message), inWords(expected), inWords(actual));
}

/** The step's place, and the statement that decided one click away. */
function placed(message: TestMessage, { uri }: TestItem, { range, decidingAt, name }: StepDoneJson): TestMessage {
  if (uri) message.location = new Location(uri, toRange(range));
  if (decidingAt) {
    const decided = Uri.parse(decidingAt.uri, true);
    message.stackTrace = [
      new TestMessageStackFrame(
        `decided in ${workspace.asRelativePath(decided)}`,
        decided,
        toRange(decidingAt.range).start,
      ),
      ...(uri ? [new TestMessageStackFrame(name, uri, toRange(range).start)] : []),
    ];
  }
  return message;
}

/** A suite whose file has mistakes: each is told at its place, and nothing of it was run. */
export function reportMistakes(run: TestRun, suite: TestItem, errors: readonly ScenarioErrorJson[]): void {
  const messages = errors.map(({ message, range }) => {
    const text = new TestMessage(sentenceAsPlainText(message));
    if (suite.uri) text.location = new Location(suite.uri, toRange(range));
    return text;
  });
  run.errored(suite, messages);
}

/** `denied (explicit) by key-policy`: short enough to stand at the end of a line. */
function inWords(expectation: unknown): string {
  const { verdict, kind, by } = recordOf(expectation) ?? {};
  if (verdict === undefined) return typeof expectation === 'string' ? expectation : JSON.stringify(expectation);
  return [
    String(verdict),
    ...(kind === undefined ? [] : [`(${kind})`]),
    ...(by === undefined ? [] : [`by ${by}`]),
  ].join(' ');
}

/** Terminals want both. */
function output(run: TestRun, item: TestItem, text: string): void {
  run.appendOutput(`${text}\r\n`, undefined, item);
}
