import type { ReadingOutline, TopicLink, TopicPage } from '../protocol.ts';
import { comparisons } from './comparisons/index.ts';
import type { Knowledge, Practice } from './index.ts';
import { sectionOf } from './sections.ts';
import type { Topic } from './topic.ts';

/** Everything that there is to read, to choose from. */
export function outlineOf({ topics }: Knowledge, { sectionTitles }: Practice): ReadingOutline {
  return {
    sections: sectionTitles.map(({ section, title }) => ({
      section,
      title,
      topics: topicsIn(section, topics).map(({ id, title: heading, exam, trap, today }) => ({
        id,
        title: heading,
        exam,
        rest: [trap, today].filter((each) => each !== undefined).join(' '),
      })),
    })),
    comparisons: comparisons.map(({ id, title, summary, columns }) => ({ id, title, summary, columns })),
  };
}

const topicsIn = (section: number, topics: readonly Topic[]): Topic[] =>
  topics.filter((topic) => sectionOf(topic) === section).sort((a, b) => a.title.localeCompare(b.title));

/** A topic with what belongs to it. */
export function topicPage(
  topic: Topic,
  { topics }: Knowledge,
  { questions, sectionTitles }: Practice,
  { proofs, decisions }: Pick<TopicPage, 'proofs' | 'decisions'>,
): TopicPage {
  const { id, title, exam, trap, today, sources } = topic;
  const section = sectionOf(topic);
  const neighbours = topicsIn(section, topics);
  const at = neighbours.indexOf(topic);
  const [previous, next] = [neighbours[at - 1], neighbours[at + 1]].map((each) => each && linkTo(each));
  return {
    kind: 'topic',
    id,
    title,
    section: sectionTitles.find((each) => each.section === section)?.title ?? '',
    exam,
    ...(trap === undefined ? {} : { trap }),
    ...(today === undefined ? {} : { today }),
    sources,
    questions: questions.filter((each) => each.topics.includes(id)).map(linkTo),
    comparisons: comparisons.filter((each) => each.topics.includes(id)).map(linkTo),
    proofs,
    decisions,
    ...(previous ? { previous } : {}),
    ...(next ? { next } : {}),
  };
}

/** The files that prove what a topic says, as paths in `examples/`: those named by its items, then those of its questions. */
export function proofsOf({ id, items }: Topic, { questions }: Practice, files: readonly string[]): readonly string[] {
  const ofItems = files.filter((file) => provenBy(file).some((item) => items.includes(item)));
  const ofQuestions = questions
    .filter(({ topics }) => topics[0] === id)
    .map(({ proof }) => proof.replace(/^examples\//, ''));
  return [...new Set([...ofItems, ...ofQuestions])];
}

/** The items that a file of `exam/` proves, by its name: `exam/q2-qp2-yearly-rotation.kms-scenario.json`. */
export function provenBy(file: string): string[] {
  const [, items = ''] = /^exam\/((?:[a-z]+\d+-)+)[^/]*\.kms-scenario\.json$/.exec(file) ?? [];
  return items
    .split('-')
    .filter(Boolean)
    .map((item) => item.toUpperCase());
}

const linkTo = ({ id, title }: TopicLink): TopicLink => ({ id, title });
