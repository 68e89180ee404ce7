import type { DocumentedRule, Example, RuleDocumentation } from './rule.ts';
import { knownText } from './support/known.ts';

/** A rule as people read about it: data alone, so that a bundle of pages holds no code of the rules. */
export interface RulePage
  extends Pick<DocumentedRule, 'id' | 'group' | 'kinds' | 'title'>,
    Omit<RuleDocumentation, 'bad' | 'good'> {
  readonly bad: ShownExample;
  readonly good: ShownExample;
}

export interface ShownExample {
  readonly text: string;
  /** What has to be known of the key, as JSON. */
  readonly known?: string;
}

export function pageOf({ id, group, kinds, title, documentation }: DocumentedRule): RulePage {
  const { bad, good, ...rest } = documentation;
  return { id, group, kinds, title, ...rest, bad: shown(bad), good: shown(good) };
}

function shown(example: Example): ShownExample {
  const known = knownText(example);
  return { text: example.text, ...(known === undefined ? {} : { known }) };
}
