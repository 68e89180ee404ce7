import type { Knowledge } from '../../knowledge/index.ts';
import type { Subject, Topic } from '../../knowledge/topic.ts';
import type { Help } from './help.ts';
import { firstSentence, link, table } from './markdown.ts';

/** How much of the exam's material is shown. */
export type ExamTips = 'full' | 'short' | 'off';

/** More would bury the thing itself. */
const MOST_TOPICS = 2;

/** A help as Markdown. */
export function renderHelp({ title, about, text, rows, links }: Help): string {
  return [
    `**${title}** · ${about}`,
    ...text,
    ...(rows.length > 0 ? [table(rows)] : []),
    ...(links.length > 0 ? [links.map(link).join(' · ')] : []),
  ].join('\n\n');
}

/** Where the page of a topic is. */
export type TopicUrl = (topic: Topic) => string;

/** What an exam asks about the subjects, as Markdown, each topic with a link to its page; undefined for nothing. */
export function renderTips(
  subjects: readonly Subject[],
  examTips: ExamTips,
  knowledge: Knowledge,
  urlOf: TopicUrl,
): string | undefined {
  const topics = examTips === 'off' ? [] : topicsOf(subjects, knowledge);
  const lessons = topics.flatMap((topic) =>
    examTips === 'full'
      ? [...fullTopic(topic), link({ title: `More: ${topic.title}`, url: urlOf(topic) })]
      : [`${shortTopic(topic)} ${link({ title: 'More', url: urlOf(topic) })}`],
  );
  return lessons.length > 0 ? lessons.join('\n\n') : undefined;
}

/** The topics about the subjects, the closest subject first, none twice. */
export function topicsOf(subjects: readonly Subject[], knowledge: Knowledge): readonly Topic[] {
  return [...new Set(subjects.flatMap((subject) => knowledge.topicsAbout(subject)))].slice(0, MOST_TOPICS);
}

/** The tip, its trap and, set apart as a quotation, where AWS has moved on. */
export function fullTopic({ title, exam, trap, today }: Topic): string[] {
  return [
    `**Exam tip: ${title}**`,
    exam,
    ...(trap ? [`**Trap:** ${trap}`] : []),
    ...(today ? [quoted(`**AWS today:** ${today}`)] : []),
  ];
}

const shortTopic = ({ title, exam }: Topic): string => `**Exam tip: ${title}** ${firstSentence(exam)}`;

const quoted = (text: string): string => text.replace(/^/gm, '> ');
