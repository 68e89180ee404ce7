import type { TimelineKind, TimelineLane, TimelineMark, TimelineSpan, TimelineView } from '../../../server/protocol.ts';
import { button, byId, made, post, save, saved } from '../shared/page.browser.ts';
import { detailsOf } from './details.browser.ts';
import { kindNames, kinds } from './kinds.browser.ts';
import { bestScale, durationOf, type Scale, type ScaleName, scaleOf } from './scale.browser.ts';

// Runs in the page of the webview.

interface Chosen {
  /** Undefined: whichever shows most. */
  readonly scale?: ScaleName;
  /** The name of a lane; empty: all. */
  readonly key: string;
  readonly hidden: readonly TimelineKind[];
}

/** Marks that stand at one place of a lane. */
interface Cluster {
  readonly lane: TimelineLane;
  readonly marks: readonly TimelineMark[];
  readonly place: number;
}

interface Drawn extends Cluster {
  readonly button: HTMLButtonElement;
}

let view: TimelineView = JSON.parse(byId('view').textContent ?? '');
let chosen: Chosen = { key: '', hidden: [], ...saved<Partial<Chosen>>() };
/** What the mark is known by that the details are about; it is the one that Tab leads to. */
let current: string | undefined;
let rows: (readonly Drawn[])[] = [];
let ids = idsOf(view);

const chart = byId('chart');
const lanes = byId('lanes');
const key = byId<HTMLSelectElement>('key');

const scaleName = (): ScaleName => chosen.scale ?? bestScale(view.moments, view.lanes);

function choose(change: Partial<Chosen>): void {
  chosen = { ...chosen, ...change };
  save(chosen);
  draw();
}

/** `orders`, and `orders (eu-west-1)` where keys of several Regions are called so. */
function nameOf({ name, region }: TimelineLane): string {
  return view.lanes.filter((lane) => lane.name === name).length > 1 ? `${name} (${region})` : name;
}

const timeOf = (moment: number): string => view.moments[moment]?.time ?? '';

function draw(): void {
  byId('title').textContent = view.title;
  byId('old').hidden = !view.isOld;
  byId('cut').hidden = !view.isCut;
  fillTools();
  drawChart();
}

function fillTools(): void {
  const names = view.lanes.map(nameOf);
  if (chosen.key !== '' && !names.includes(chosen.key)) names.push(chosen.key);
  key.replaceChildren(
    ...['', ...names].map((name) => {
      const option = made('option', name || 'All');
      option.value = name;
      return option;
    }),
  );
  key.value = chosen.key;
  byId('of-key').hidden = names.length < 2;
  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name=scale]'))
    radio.checked = radio.value === scaleName();
  drawKinds();
  const states = [...new Set(view.lanes.flatMap(({ spans }) => spans.map(({ state }) => state)))];
  byId('states').replaceChildren(
    ...states.map((state) => {
      const chip = made('span', '', 'chip');
      chip.append(made('span', '', `swatch ${classOf(state)}`), made('span', state));
      return chip;
    }),
  );
}

/** The legend of the marks, which also says which of them are shown. */
function drawKinds(): void {
  const group = byId('kinds');
  const focused = document.activeElement?.getAttribute('data-kind');
  const counts = new Map<TimelineKind, number>();
  for (const { marks } of view.lanes) for (const { kind } of marks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  group.replaceChildren(
    ...kindNames
      .filter((kind) => counts.has(kind))
      .map((kind) => {
        const isShown = !chosen.hidden.includes(kind);
        const chip = button('', `chip kind ${kind}`, () =>
          choose({ hidden: isShown ? [...chosen.hidden, kind] : chosen.hidden.filter((each) => each !== kind) }),
        );
        chip.dataset['kind'] = kind;
        chip.setAttribute('aria-pressed', String(isShown));
        chip.title = isShown ? `Hide ${kinds[kind].name}` : `Show ${kinds[kind].name}`;
        const sign = made('span', kinds[kind].sign, 'sign');
        sign.setAttribute('aria-hidden', 'true');
        chip.append(sign, made('span', kinds[kind].name), made('span', String(counts.get(kind)), 'number'));
        return chip;
      }),
  );
  if (focused) group.querySelector<HTMLElement>(`[data-kind=${focused}]`)?.focus();
}

function drawChart(): void {
  const shown = view.lanes.filter((lane) => chosen.key === '' || nameOf(lane) === chosen.key);
  const told = new Set(
    shown.flatMap(({ spans, marks }) => [
      ...spans.map(({ from }) => from),
      ...marks.filter(isShown).map(({ moment }) => moment),
    ]),
  );
  // The end, if it is later than everything else.
  const last = view.moments.length - 1;
  if (view.moments[last]?.at !== view.moments[last - 1]?.at || told.has(last - 1)) told.add(last);
  const room = chart.clientWidth - nameWidth() - 2;
  const scale = scaleOf(scaleName(), view.moments, room, (moment) => told.has(moment));
  byId('axis').className = scaleName();
  byId('inner').style.width = `${nameWidth() + scale.width}px`;
  drawAxis(scale);
  const hadFocus = lanes.contains(document.activeElement);
  rows = [];
  lanes.replaceChildren(...shown.map((lane) => laneOf(lane, scale)));
  const all = view.lanes.reduce((sum, { marks }) => sum + marks.length, 0);
  const count = shown.reduce((sum, { marks }) => sum + marks.filter(isShown).length, 0);
  const start = timeOf(0);
  const end = timeOf(view.moments.length - 1);
  const span = (view.moments.at(-1)?.at ?? 0) - (view.moments[0]?.at ?? 0);
  const time = span === 0 ? `all at ${start}` : `${start} to ${end}, ${durationOf(span)}`;
  byId('count').textContent = `${count === all ? all : `${count} of ${all}`} ${all === 1 ? 'mark' : 'marks'}, ${time}`;
  tellMore();
  const flat = rows.flat();
  // Another scale puts marks together otherwise.
  const known = flat.find(({ marks }) => marks.some((mark) => ids.get(mark) === current));
  if (known) pick(known, hadFocus);
  else {
    current = undefined;
    flat[0]?.button.setAttribute('tabindex', '0');
    const [lane] = view.lanes;
    byId('details').replaceChildren(...(lane ? detailsOf([], lane, view.moments) : []));
  }
}

const isShown = ({ kind }: TimelineMark): boolean => !chosen.hidden.includes(kind);

const nameWidth = (): number => byId('axis').querySelector<HTMLElement>('.corner')?.offsetWidth || 150;

function drawAxis({ ticks }: Scale): void {
  const corner = made('div', '', 'corner');
  const track = made('div', '', 'track');
  const lines = ticks.map(({ left }, index) => {
    const line = made('div', '', index % 2 === 1 ? 'line odd' : 'line');
    line.style.left = `${left}px`;
    return line;
  });
  for (const { left, width, text, more } of ticks) {
    const label = made('div', '', width === undefined ? 'tick short' : 'tick');
    label.style.left = `${left}px`;
    if (width !== undefined) label.style.width = `${width}px`;
    const [date = '', clock] = width === undefined ? [text] : text.split(' ');
    label.append(made('div', date));
    if (clock !== undefined) label.append(made('div', clock));
    if (more !== undefined) label.append(made('div', more, 'later'));
    track.append(label);
  }
  byId('axis').replaceChildren(corner, track);
  byId('lines').replaceChildren(...lines);
}

function laneOf(lane: TimelineLane, scale: Scale): HTMLElement {
  const line = made('div', '', lane.arn === '' ? 'lane keyless' : 'lane');
  line.setAttribute('role', 'row');
  const head = made('div', '', 'name');
  head.setAttribute('role', 'rowheader');
  head.title = lane.arn || 'What is about no key, or about one that is not there';
  // A key that no step saved goes by its id, which is below, too.
  const id = lane.arn.replace(/^.*\//, '');
  head.append(made('div', lane.name === id ? `${id.slice(0, 8)}…` : nameOf(lane), 'key'));
  if (lane.arn) head.append(made('div', `${lane.region} · ${id.slice(0, 8)}…`, 'detail'));
  const states = lane.spans.map((span) => spanInWords(span)).join('; ');
  head.append(made('div', states, 'aside'));
  const track = made('div', '', 'track');
  track.setAttribute('role', 'presentation');
  track.append(...lane.spans.flatMap((span) => barOf(span, scale)));
  const clusters = clustersOf(lane, scale);
  const row = clusters.map((cluster): Drawn => {
    const press = button('', `mark ${cluster.marks[0]?.kind}`, () => press.focus());
    const drawn = { ...cluster, button: press };
    press.tabIndex = -1;
    press.addEventListener('focus', () => pick(drawn, false));
    press.setAttribute('aria-label', labelOf(cluster));
    press.title = titleOf(cluster);
    press.append(...signOf(cluster, press));
    const cell = made('span', '', 'cell');
    cell.setAttribute('role', 'gridcell');
    cell.style.left = `${cluster.place}px`;
    cell.append(press);
    track.append(cell);
    return drawn;
  });
  rows.push(row);
  line.append(head, track);
  return line;
}

/** What marks are known by, also in the next run. */
function idsOf({ lanes: all, moments }: TimelineView): ReadonlyMap<TimelineMark, string> {
  const found = new Map<TimelineMark, string>();
  const counts = new Map<string, number>();
  for (const { arn, marks } of all)
    for (const mark of marks) {
      const what = [arn, moments[mark.moment]?.time, mark.title].join('\n');
      const count = counts.get(what) ?? 0;
      counts.set(what, count + 1);
      found.set(mark, `${what}\n${count}`);
    }
  return found;
}

function clustersOf(lane: TimelineLane, { place, apart }: Scale): Cluster[] {
  const clusters: { first: number; last: number; marks: TimelineMark[] }[] = [];
  for (const mark of lane.marks.filter(isShown)) {
    const at = place(mark.moment);
    const open = clusters.at(-1);
    if (open && at - open.first < apart) {
      open.marks.push(mark);
      open.last = at;
    } else clusters.push({ first: at, last: at, marks: [mark] });
  }
  return clusters.map(({ first, last, marks }) => ({ lane, marks, place: (first + last) / 2 }));
}

/** One mark has its sign; of several there is their number, with the sign where they are of one kind. */
function signOf({ marks }: Cluster, press: HTMLElement): HTMLElement[] {
  const [first] = marks;
  if (!first) return [];
  const sign = made('span', kinds[first.kind].sign, 'sign');
  if (marks.length === 1) return [sign];
  const count = made('span', String(marks.length), 'number');
  press.classList.add('many');
  if (marks.every(({ kind }) => kind === first.kind)) return [sign, count];
  press.className = 'mark many mixed';
  return [count];
}

function titleOf({ marks }: Cluster): string {
  return marks.map(({ title, moment, by }) => `${timeOf(moment)}  ${title}${by ? `, by ${by}` : ''}`).join('\n');
}

/** Everything that the details say, in one text. */
function labelOf({ lane, marks }: Cluster): string {
  const told = marks.map(({ title, by, moment, changes, step }) =>
    [
      `${title}${by ? ` by ${by}` : ''}, ${timeOf(moment)}`,
      ...changes.map(({ what, before = 'none', after = 'none' }) =>
        what === 'policy' ? 'another policy' : `${what} from ${before} to ${after}`,
      ),
      `step ${step.index + 1}, ${step.name}`,
    ].join('; '),
  );
  return `${nameOf(lane)}: ${marks.length > 1 ? `${marks.length} marks. ` : ''}${told.join('. ')}`;
}

function barOf(span: TimelineSpan, scale: Scale): HTMLElement[] {
  const left = scale.edge(span.from);
  const width = Math.max(3, scale.edge(span.to) - left);
  const bar = made('div', '', `bar ${classOf(span.state)}`);
  bar.setAttribute('aria-hidden', 'true');
  bar.style.left = `${left}px`;
  bar.style.width = `${width}px`;
  bar.title = spanInWords(span);
  const time = durationOf((view.moments[span.to]?.at ?? 0) - (view.moments[span.from]?.at ?? 0));
  const { state } = span;
  const long = time === 'no time' ? state : `${state} · ${time}`;
  const text = [long, state].find((each) => each.length * CHARACTER + 12 < width);
  if (text !== undefined) bar.append(made('span', text));
  return [bar];
}

/** About as wide as a character of a bar. */
const CHARACTER = 6.2;

function spanInWords({ state, from, to }: TimelineSpan): string {
  const isLast = to === view.moments.length - 1;
  return isLast ? `${state} from ${timeOf(from)}` : `${state} ${timeOf(from)} to ${timeOf(to)}`;
}

const STATES = [
  'Enabled',
  'Disabled',
  'PendingImport',
  'PendingDeletion',
  'PendingReplicaDeletion',
  'Unavailable',
  'gone',
];

/** What comes and goes has one look. */
const classOf = (state: string): string => (STATES.includes(state) ? `state-${state}` : 'state-passing');

/** Shows the details of marks, and makes them those that Tab leads to. */
function pick({ marks, lane, button: press }: Drawn, focus: boolean): void {
  const [first] = marks;
  const isOther = !marks.some((mark) => ids.get(mark) === current);
  for (const each of lanes.querySelectorAll<HTMLElement>('[aria-current], [tabindex="0"]')) {
    each.removeAttribute('aria-current');
    each.tabIndex = -1;
  }
  press.tabIndex = 0;
  press.setAttribute('aria-current', 'true');
  if (isOther) current = first && ids.get(first);
  if (focus && document.activeElement !== press) press.focus();
  byId('details').replaceChildren(...detailsOf(marks, lane, view.moments));
}

function move(press: KeyboardEvent): void {
  const row = rows.findIndex((each) => each.some(({ button: mark }) => mark === document.activeElement));
  const here = rows[row] ?? [];
  const index = here.findIndex(({ button: mark }) => mark === document.activeElement);
  const at = here[index];
  if (!at) return;
  const target = {
    ArrowRight: () => here[index + 1],
    ArrowLeft: () => here[index - 1],
    Home: () => here[0],
    End: () => here.at(-1),
    ArrowDown: () => nearest(rows.slice(row + 1), at.place),
    ArrowUp: () => nearest(rows.slice(0, row).reverse(), at.place),
  }[press.key];
  if (!target) return;
  press.preventDefault();
  target()?.button.focus();
}

/** Of the first row that has any. */
function nearest(others: typeof rows, place: number): (typeof rows)[number][number] | undefined {
  const row = others.find((each) => each.length > 0) ?? [];
  return [...row].sort((a, b) => Math.abs(a.place - place) - Math.abs(b.place - place))[0];
}

lanes.addEventListener('keydown', move);
key.addEventListener('change', () => choose({ key: key.value }));
for (const radio of document.querySelectorAll<HTMLInputElement>('input[name=scale]'))
  radio.addEventListener('change', () => choose({ scale: radio.value === 'time' ? 'time' : 'moments' }));
for (const each of document.querySelectorAll<HTMLButtonElement>('button[data-text]'))
  each.addEventListener('click', () => post({ text: each.dataset['text'] }));
addEventListener('message', ({ data }: MessageEvent<{ view?: TimelineView; problem?: string }>) => {
  const problem = byId('problem');
  problem.hidden = data.problem === undefined;
  problem.textContent =
    data.problem === undefined ? '' : `${data.problem}. The timeline is that of the last text without it.`;
  if (data.view) {
    view = data.view;
    ids = idsOf(view);
  }
  draw();
});
/** Whether there is more to either side, which no scroll bar may say. */
function tellMore(): void {
  const { scrollLeft, scrollWidth, clientWidth } = chart;
  byId('window').classList.toggle('more', scrollLeft + clientWidth < scrollWidth - 1);
  byId('window').classList.toggle('less', scrollLeft > 0);
}

chart.addEventListener('scroll', tellMore);
let room = 0;
new ResizeObserver(() => {
  if (chart.clientWidth === room) return;
  room = chart.clientWidth;
  drawChart();
}).observe(chart);
draw();
