import { topicsAbout } from '../../knowledge/index.ts';
import type { Subject, Topic } from '../../knowledge/topic.ts';
import type { Help } from './help.ts';
import { firstSentence, table } from './markdown.ts';

/** How much of the exam's material is shown. */
export type ExamTips = 'full' | 'short' | 'off';

/** More would bury the thing itself. */
const MOST_TOPICS = 2;

/** A help as the Markdown of a hover: first the thing, then below a rule what an exam asks about it. */
export function renderHelp(help: Help, examTips: ExamTips): string {
  const { title, about, text, rows, links } = help;
  const thing = [
    `**${title}** · ${about}`,
    ...text,
    ...(rows.length > 0 ? [table(rows)] : []),
    ...(links.length > 0 ? [links.map((link) => `[${link.title}](${link.url})`).join(' · ')] : []),
  ];
  const topics = examTips === 'off' ? [] : topicsOf(help.subjects);
  const lessons = topics.flatMap((topic) => (examTips === 'full' ? fullTopic(topic) : shortTopic(topic)));
  return [...thing, ...(lessons.length > 0 ? ['---', ...lessons] : [])].join('\n\n');
}

/** The topics about the subjects, the closest subject first, none twice. */
export function topicsOf(subjects: readonly Subject[]): readonly Topic[] {
  return [...new Set(subjects.flatMap(topicsAbout))].slice(0, MOST_TOPICS);
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

const shortTopic = ({ title, exam }: Topic): string[] => [`**Exam tip: ${title}** ${firstSentence(exam)}`];

const quoted = (text: string): string => text.replace(/^/gm, '> ');
