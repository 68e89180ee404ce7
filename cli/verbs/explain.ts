import type { Help } from '../../server/answers/help/help.ts';
import { lookUp, similarNames } from '../../server/answers/help/lookup.ts';
import { fullTopic, topicsOf } from '../../server/answers/help/render.ts';
import { type Knowledge, loadKnowledge } from '../../server/knowledge/index.ts';
import type { Topic } from '../../server/knowledge/topic.ts';
import { CommandError, EXIT } from '../failure.ts';
import { inline, plainLines, plainRows } from '../output/plain.ts';
import type { Terminal } from '../output/terminal.ts';

export interface ExplainOptions {
  readonly format: 'text' | 'json';
  readonly region: string;
}

/** Tells what something is; the exit code. */
export async function explain(name: string, options: ExplainOptions, terminal: Terminal): Promise<number> {
  const knowledge = await loadKnowledge();
  const help = lookUp(name, options.region, knowledge);
  if (!help) throw unknown(name, knowledge);
  const topics = topicsOf(help.subjects, knowledge);
  if (options.format === 'json') terminal.out.line(JSON.stringify(helpJson(name, help, topics), null, 2));
  else printText(help, topics, terminal);
  return EXIT.fine;
}

function helpJson(name: string, help: Help, topics: readonly Topic[]): object {
  const { about, title, text, rows, links } = help;
  return {
    version: 1,
    name,
    about,
    title,
    text,
    rows: rows.map(([label, value]) => ({ label, value })),
    links,
    topics: topics.map(({ id, title: heading, exam, trap, today, sources }) => ({
      id,
      title: heading,
      exam,
      trap,
      today,
      sources,
    })),
  };
}

function printText({ title, about, text, rows, links }: Help, topics: readonly Topic[], { out }: Terminal): void {
  const { colours } = out;
  const tips = topics.flatMap(fullTopic);
  const sections = [
    [`${colours.bold(inline(title, colours))}, ${about}`],
    ...text.map((paragraph) => plainLines(paragraph, colours)),
    plainRows(rows, colours),
    links.flatMap((link) => [link.title, `  ${link.url}`]),
    ...tips.map((paragraph) => plainLines(paragraph, colours)),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  out.line(filled.map((lines) => lines.join('\n')).join('\n\n'));
}

function unknown(name: string, knowledge: Knowledge): CommandError {
  const similar = similarNames(name, knowledge).map((each) => `\`${each}\``);
  const next =
    similar.length > 0
      ? `did you mean ${similar.join(' or ')}?`
      : 'give a rule, an exam topic, an action, a condition key, an operator, an element, a key spec or a member of a grant';
  return new CommandError(`nothing is called \`${name}\`: ${next}`);
}
