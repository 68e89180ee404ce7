import type { Section } from './question.ts';
import type { Topic } from './topic.ts';

/** The number of the last item of each section, section by section: the tips of section 3 begin after 1 and end with 2. */
const lastItems: Readonly<Record<string, readonly number[]>> = {
  T: [1, 1, 2, 3, 4, 7],
  P: [0, 4, 6, 9, 12, 15],
  B: [0, 1, 2, 3, 4, 4],
  R: [4, 8, 13, 23, 33, 45],
};

/** What each of the ten questions is about, which stand at the end of the material. */
const sectionsOfQuestions: readonly Section[] = [6, 5, 4, 3, 5, 4, 6, 6, 1, 3];

/** Where a topic is taught: what its first item says. */
export const sectionOf = ({ items }: Pick<Topic, 'items'>): Section => sectionOfItem(items[0] ?? 'R1');

function sectionOfItem(item: string): Section {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(item) ?? [];
  const number = Number(digits);
  const last = lastItems[letters];
  if (!last) return sectionsOfQuestions[number - 1] ?? 1;
  return (last.findIndex((end) => number <= end) + 1) as Section;
}
