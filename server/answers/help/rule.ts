import { type DocumentedRule, type Example, severityOfGroup } from '../../rules/rule.ts';
import { knownText } from '../../rules/support/known.ts';
import { rulePage, ruleUrl } from '../../rules/url.ts';
import { type Help, help } from './help.ts';

/** A rule's documentation. */
export function ruleHelp({ id, group, title, kinds, documentation }: DocumentedRule): Help {
  const { what, why, spares, bad, good, sources } = documentation;
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

function example(shown: Example): string {
  const known = knownText(shown);
  return fenced(shown.text) + (known === undefined ? '' : `\n\nwith this known beside it:\n\n${fenced(known)}`);
}

const fenced = (text: string): string => `\`\`\`json\n${text.trim()}\n\`\`\``;
