import type { RulePage, ShownExample } from '../../rules/page.ts';
import { severityOfGroup } from '../../rules/rule.ts';
import { rulePage, ruleUrl } from '../../rules/url.ts';
import { type Help, help } from './help.ts';

/** A rule's documentation. */
export function ruleHelp({ id, group, title, kinds, what, why, spares, bad, good, sources }: RulePage): Help {
  return help({
    about: 'rule',
    title: `\`${id}\``,
    text: [
      `Reports ${title}.`,
      what,
      `**Why:** ${why}`,
      spares && `**Spares:** ${spares}`,
      `For example:\n\n${example(bad)}`,
      `Mended:\n\n${example(good)}`,
    ],
    rows: [
      ['Group', group],
      ['Severity', severityOfGroup[group]],
      ['Documents', kinds.join(', ')],
    ],
    links: [{ title: rulePage(id), url: ruleUrl(id) }, ...sources],
  });
}

function example({ text, known }: ShownExample): string {
  return fenced(text) + (known === undefined ? '' : `\n\nwith this known beside it:\n\n${fenced(known)}`);
}

const fenced = (text: string): string => `\`\`\`json\n${text.trim()}\n\`\`\``;
