import type { Topic } from '../../knowledge/topic.ts';
import { type Help, help } from './help.ts';

/** An exam topic by itself. */
export function topicHelp({ title, exam, trap, today, subjects, sources }: Topic): Help {
  return help({
    about: 'exam topic',
    title,
    text: [exam, trap && `**Trap:** ${trap}`, today && `**AWS today:** ${today}`],
    rows: [['About', subjects.map((subject) => `\`${subject.slice(subject.indexOf(':') + 1)}\``).join(', ')]],
    links: sources.map((source) => ({ title: source.title, url: source.url })),
  });
}
