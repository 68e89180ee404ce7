import { recordOf } from '../arguments.ts';
import { withCancelButton } from '../progress.ts';
import type { Session } from '../session.ts';
import type { PracticeStart, PracticeView } from './types.ts';

/** “Practice questions”: where they were left, or at a question, a topic or a section. */
export async function practice(session: Session, argument: unknown): Promise<PracticeView | undefined> {
  const { question, topic, section } = recordOf(argument) ?? {};
  const start: PracticeStart = {
    ...(typeof question === 'string' ? { question } : {}),
    ...(typeof topic === 'string' ? { topic } : {}),
    ...(typeof section === 'string' ? { section } : {}),
  };
  return withCancelButton('Reading the questions…', () => session.practiceViews.open(start));
}
