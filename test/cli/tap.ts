/** A strict reader of TAP version 14, as far as reports use it: whatever does not fit is an error. */

export interface TapTest {
  readonly isOk: boolean;
  readonly description: string;
  readonly skip: string | undefined;
  /** The diagnostics. */
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly subtests: readonly TapTest[] | undefined;
}

export function parseTap(text: string): TapTest[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const lines = text.slice(0, -1).split('\n');
  if (lines.shift() !== 'TAP version 14') throw new Error('no version');
  return parseTests(lines);
}

function parseTests(lines: readonly string[]): TapTest[] {
  const plan = /^1\.\.(\d+)( # .+)?$/.exec(lines[0] ?? '');
  if (!plan) throw new Error(`no plan: ${lines[0]}`);
  const tests: TapTest[] = [];
  let subtests: TapTest[] | undefined;
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (/^# Subtest: ./.test(line)) {
      const inner: string[] = [];
      while (lines[at + 1]?.startsWith('    ')) inner.push((lines[++at] ?? '').slice(4));
      subtests = parseTests(inner);
      continue;
    }
    const point = /^(not )?ok (\d+) - (.*?)(?<!\\)(?: # SKIP(.*))?$/.exec(line);
    if (!point) throw new Error(`no test point: ${line}`);
    const [, not, number, written = '', skip] = point;
    if (Number(number) !== tests.length + 1) throw new Error(`number ${number} comes as ${tests.length + 1}`);
    if (/(?<!\\)(\\\\)*#/.test(written)) throw new Error(`# is not escaped: ${line}`);
    let details: Record<string, unknown> | undefined;
    if (lines[at + 1] === '  ---') {
      details = {};
      for (at += 2; lines[at] !== '  ...'; at++) {
        const [, key = '', value = ''] = /^ {2}(\w+): (.+)$/.exec(lines[at] ?? '') ?? [];
        if (!key) throw new Error(`no diagnostic: ${lines[at]}`);
        details[key] = JSON.parse(value);
      }
    }
    const description = written.replace(/\\([\\#])/g, '$1');
    tests.push({ isOk: not === undefined, description, skip: skip?.trim(), details, subtests });
    subtests = undefined;
  }
  if (tests.length !== Number(plan[1])) throw new Error(`planned ${plan[1]}, came ${tests.length}`);
  return tests;
}
