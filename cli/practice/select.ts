import type { Practice } from '../../server/knowledge/index.ts';
import type { Level, Question } from '../../server/knowledge/question.ts';
import { CommandError } from '../failure.ts';

/** Which questions are wanted; left out: all. */
export interface Selection {
  readonly section?: number;
  readonly level?: Level;
  readonly topic?: string;
}

export const levels: readonly Level[] = ['easy', 'medium', 'hard'];

/** @throws {CommandError} where no question is left */
export function select(
  { questions, sectionTitles }: Practice,
  { section, level, topic }: Selection,
): readonly Question[] {
  if (section !== undefined && !sectionTitles.some((each) => each.section === section)) {
    const sections = sectionTitles.map((each) => `${each.section} (${each.title})`).join(', ');
    throw new CommandError(`there is no section ${section}: the sections are ${sections}`);
  }
  const topics = new Set(questions.flatMap((each) => each.topics));
  if (topic !== undefined && !topics.has(topic))
    throw new CommandError(`no question is about \`${topic}\`: the topics are ${[...topics].sort().join(', ')}`);
  const found = questions.filter(
    (each) =>
      (section === undefined || each.section === section) &&
      (level === undefined || each.level === level) &&
      (topic === undefined || each.topics.includes(topic)),
  );
  if (found.length === 0)
    throw new CommandError('no question fits all of this: leave out `--section`, `--level` or `--topic`');
  return found;
}

/** In an order of chance, so that nobody learns the place of an answer instead of the answer. */
export function shuffled<T>(list: readonly T[]): readonly T[] {
  return list
    .map((value) => ({ value, chance: Math.random() }))
    .sort((a, b) => a.chance - b.chance)
    .map(({ value }) => value);
}
