import type { TrailRow, TrailView } from '../../../server/protocol.ts';
import { jsonOf, lines, note, opener } from '../shared/events.browser.ts';
import { button, byId, type Chosen, made, type Placed, post, tablePage } from '../shared/page.browser.ts';

// Runs in the page of the webview.

type Filter = 'event' | 'principal' | 'key' | 'place';

interface ChosenEvents extends Chosen, Readonly<Record<Filter, string>> {
  readonly errors: boolean;
  /** The events whose JSON is shown, by their place. */
  readonly open: readonly number[];
}

const nothing = { filter: '', event: '', principal: '', key: '', place: '', errors: false };

const filters: Readonly<Record<Filter, (row: TrailRow) => readonly string[]>> = {
  event: ({ event }) => [event],
  principal: (row) => [principalOf(row)],
  key: ({ keys }) => keys,
  place: (row) => [placeOf(row)],
};
const names = Object.keys(filters) as Filter[];

const principalOf = ({ principal }: TrailRow): string => principal || 'AWS KMS itself';
const placeOf = ({ account, region }: TrailRow): string => `${account}, ${region}`;

const COLUMNS = 6;

/** Longer tables are slow to draw, and nobody reads them. */
const MOST = 1000;

const page = tablePage<TrailView, TrailRow, ChosenEvents>({
  chosen: { column: undefined, descending: false, open: [], ...nothing },
  rows: ({ rows }) => rows,
  text: (row) => [row.step.name, principalOf(row), ...row.keys, JSON.stringify(row.record)].join(' '),
  fits: (row, chosen) =>
    (!chosen.errors || row.error !== undefined) &&
    names.every((name) => chosen[name] === '' || filters[name](row).includes(chosen[name])),
  value(row, column) {
    if (column === 'step') return row.step.index;
    return names.find((name) => name === column) ? filters[column as Filter](row).join(', ') : row.time;
  },
  draw(rows, view, chosen) {
    byId('old').hidden = !view.isOld;
    for (const name of names) fill(name, chosen[name], view.rows);
    return [
      ...rows.slice(0, MOST).flatMap((each) => linesOf(each, chosen.open)),
      ...(rows.length > MOST ? [note(`The first ${MOST} are shown: filter for the others.`, COLUMNS)] : []),
      ...(rows.length === 0 ? [note('No event fits the filters.', COLUMNS)] : []),
    ];
  },
  noun: 'event',
});

function linesOf({ row, index }: Placed<TrailRow>, open: readonly number[]): HTMLElement[] {
  const isOpen = open.includes(index);
  const line = made('tr', '', isOpen ? 'event open' : 'event');
  const toggle = () => page.choose({ open: isOpen ? open.filter((each) => each !== index) : [...open, index] });
  const event = opener(line, row.event, isOpen, `event ${index}`, toggle);
  const head = made('th');
  head.scope = 'row';
  head.append(event);
  if (row.error !== undefined) head.append(made('div', row.error, 'error'));
  const principal = made('td', principalOf(row), row.principal ? '' : 'detail');
  if (row.arn) principal.title = row.arn;
  const step = made('td');
  const jump = button(row.step.name, 'link', () => post({ step: row.step.index }));
  jump.title = `Go to step ${row.step.index + 1}`;
  step.append(jump);
  line.append(made('td', row.time, 'time'), head, principal, lines(row.keys), lines([row.account, row.region]), step);
  return isOpen ? [line, recordOf(row, index)] : [line];
}

function recordOf(row: TrailRow, index: number): HTMLElement {
  const line = made('tr', '', 'record');
  const cell = made('td');
  cell.colSpan = COLUMNS;
  const tools = made('div', '', 'tools');
  tools.append(
    button('Copy this event', 'tool', () => post({ copied: index })),
    button(`Go to step ${row.step.index + 1}`, 'tool', () => post({ step: row.step.index })),
  );
  cell.append(tools, jsonOf(row.record, `${row.event} as JSON`));
  line.append(cell);
  return line;
}

function selectOf(name: Filter): HTMLSelectElement | null {
  return document.querySelector<HTMLSelectElement>(`select[data-filter=${name}]`);
}

/** What occurs in the run, and what was chosen before even if it does not. */
function fill(name: Filter, chosen: string, rows: readonly TrailRow[]): void {
  const select = selectOf(name);
  if (!select) return;
  const values = [...new Set([...rows.flatMap(filters[name]), ...(chosen ? [chosen] : [])])].sort();
  const options = ['', ...values].map((value) => {
    const option = made('option', value || 'Any');
    option.value = value;
    return option;
  });
  select.replaceChildren(...options);
  select.value = chosen;
}

for (const name of names)
  selectOf(name)?.addEventListener('change', ({ currentTarget }) =>
    page.choose({ [name]: (currentTarget as HTMLSelectElement).value }),
  );
const errors = byId<HTMLInputElement>('errors');
errors.checked = page.chosen().errors;
errors.addEventListener('change', () => page.choose({ errors: errors.checked }));
byId('clear').addEventListener('click', () => {
  errors.checked = false;
  page.choose(nothing);
});
