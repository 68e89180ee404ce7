import type { Practice } from '../../server/knowledge/index.ts';
import type { Option, Question } from '../../server/knowledge/question.ts';
import { plainLines } from '../output/plain.ts';
import type { Sink } from '../output/terminal.ts';
import { shuffled } from './select.ts';

/** Asks for a line; undefined at the end of the input. */
export type Ask = (prompt: string) => Promise<string | undefined>;

/** Runs the proof of a question and prints what came of it. */
export type Show = (question: Question, out: Sink) => Promise<void>;

/** Asks one question after the other, shows the proof to who wants to see it, and says how it went. */
export async function practise(
  questions: readonly Question[],
  { sectionTitles }: Practice,
  out: Sink,
  ask: Ask,
  show: Show,
): Promise<void> {
  let right = 0;
  let answered = 0;
  for (const [index, question] of questions.entries()) {
    const section = sectionTitles.find((each) => each.section === question.section)?.title ?? '';
    const options = shuffled(question.options);
    printQuestion(`Question ${index + 1} of ${questions.length}`, section, question, options, out);
    const chosen = await choice(question, options, out, ask);
    if (chosen === undefined) break;
    answered += 1;
    if (printAnswer(question, options, chosen, out)) right += 1;
    const next = index + 1 < questions.length ? 'Enter for the next question' : 'Enter to end';
    if (!(await goesOn(`\n${next}, s to see the proof run, q to stop: `, () => show(question, out), ask))) break;
  }
  out.line(`\n${answered === 0 ? 'nothing was answered' : `${right} of ${answered} right`}`);
}

/** Whether somebody goes on, who may have the answer shown before, also twice. */
async function goesOn(prompt: string, show: () => Promise<void>, ask: Ask): Promise<boolean> {
  for (;;) {
    const line = await ask(prompt);
    if (isQuit(line)) return false;
    if (!/^s(how)?$/i.test(line?.trim() ?? '')) return true;
    await show();
  }
}

const isQuit = (line: string | undefined): boolean => line === undefined || /^q(uit)?$/i.test(line.trim());

function printQuestion(
  place: string,
  section: string,
  { level, question, choose }: Question,
  options: readonly Option[],
  out: Sink,
): void {
  const { colours } = out;
  out.line(colours.dim(`\n${place} · ${section} · ${level}`));
  out.line();
  for (const line of plainLines(question, colours)) out.line(line);
  out.line();
  for (const [index, { text }] of options.entries()) printOption(`${index + 1}`, text, out);
  if (choose > 1) out.line(colours.dim(`\nChoose ${choose}.`));
}

/** `2) text`, with the lines below the first under its text. */
function printOption(lead: string, markdown: string, out: Sink): void {
  const lines = plainLines(markdown, out.colours);
  for (const [index, line] of lines.entries()) out.line(`${index === 0 ? `  ${lead}) ` : '     '}${line}`);
}

/** The chosen options; undefined where somebody stops. */
async function choice(
  { choose }: Question,
  options: readonly Option[],
  out: Sink,
  ask: Ask,
): Promise<readonly Option[] | undefined> {
  const prompt = choose === 1 ? '\nYour answer: ' : '\nYour answers, such as 1 3: ';
  for (;;) {
    const line = await ask(prompt);
    if (line === undefined || isQuit(line)) return undefined;
    const numbers = [...new Set(line.match(/\d+/g) ?? [])].map(Number);
    const chosen = numbers.flatMap((number) => options[number - 1] ?? []);
    if (chosen.length === choose && chosen.length === numbers.length) return chosen;
    out.line(`type ${choose === 1 ? 'a number' : `${choose} numbers`} from 1 to ${options.length}, or q to stop`);
  }
}

/** Whether it was right. */
function printAnswer(
  { outdated, topics, proof }: Question,
  options: readonly Option[],
  chosen: readonly Option[],
  out: Sink,
): boolean {
  const { colours } = out;
  const isRight = options.every((option) => option.right === chosen.includes(option));
  out.line();
  out.line(colours.bold(isRight ? colours.green('✓ Right.') : colours.red('✗ Not right.')));
  for (const [index, option] of options.entries()) {
    const mark = option.right ? colours.green('✓') : colours.red('✗');
    out.line(`\n  ${mark} ${index + 1}${chosen.includes(option) ? ' (your answer)' : ''}`);
    for (const line of plainLines(option.reason, colours)) out.line(`    ${line}`);
  }
  if (outdated) {
    out.line(colours.yellow('\n  The printed answer no longer holds.'));
    for (const text of [`Printed: ${outdated.printed}`, `Today: ${outdated.today}`])
      for (const line of plainLines(text, colours)) out.line(`    ${line}`);
  }
  out.line(colours.dim(`\n  More: ${topics.map((topic) => `kms-lens explain ${topic}`).join(', ')}`));
  out.line(colours.dim(`  Proof: ${proof}`));
  return isRight;
}
