import type { TimelineLane, TimelineMark, TimelineMoment } from '../../../server/protocol.ts';
import { button, made, post } from '../shared/page.browser.ts';
import { kinds } from './kinds.browser.ts';

/** Everything that is known of marks that stand together. */
export function detailsOf(
  marks: readonly TimelineMark[],
  lane: TimelineLane,
  moments: readonly TimelineMoment[],
): readonly Node[] {
  const [first] = marks;
  if (!first)
    return [made('p', 'Choose a mark to see what happened, what it changed, and the step that did it.', 'detail')];
  const cards = marks.map((mark) => cardOf(mark, lane, moments));
  if (marks.length === 1) return cards;
  return [made('h2', `${marks.length} marks at this place`), ...cards];
}

function cardOf(mark: TimelineMark, lane: TimelineLane, moments: readonly TimelineMoment[]): HTMLElement {
  const { kind, title, by, detail, changes, facts, step } = mark;
  const card = made('article', '', `card ${kind}`);
  const head = made('h3');
  head.append(made('span', kinds[kind].sign, 'sign'), made('span', title));
  const where = made(
    'p',
    [moments[mark.moment]?.time, lane.name, by && `by ${by}`].filter(Boolean).join(' · '),
    'detail',
  );
  card.append(head, where);
  if (detail) card.append(made('p', detail, 'says'));
  if (changes.length > 0) card.append(changesOf(changes));
  if (facts.length > 0) {
    const list = made('dl');
    for (const [what, value] of facts) list.append(made('dt', what), made('dd', value));
    card.append(list);
  }
  card.append(button(`Go to step ${step.index + 1}: ${step.name}`, 'link', () => post({ step: step.index })));
  return card;
}

function changesOf(changes: TimelineMark['changes']): HTMLElement {
  const table = made('table');
  const head = made('tr');
  for (const text of ['What', 'Before', 'After']) {
    const cell = made('th', text);
    cell.scope = 'col';
    head.append(cell);
  }
  table.append(head);
  for (const { what, before, after } of changes) {
    const line = made('tr');
    const name = made('th', what);
    name.scope = 'row';
    line.append(name, valueOf(what, before), valueOf(what, after));
    table.append(line);
  }
  return table;
}

function valueOf(what: string, text: string | undefined): HTMLElement {
  if (text === undefined) return made('td', 'none', 'none');
  if (what !== 'policy') return made('td', text);
  const cell = made('td');
  const json = made('pre', pretty(text));
  json.tabIndex = 0;
  json.setAttribute('aria-label', 'The key policy');
  cell.append(json);
  return cell;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
