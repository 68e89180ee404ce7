import type { LocalKmsAdded, LocalKmsRow, LocalKmsView } from '../../../server/protocol.ts';
import { MOST_ROWS } from '../../localKms/most-rows.ts';
import { callerOf, counted } from '../../localKms/text.ts';
import { jsonOf, lines, note, opener } from '../shared/events.browser.ts';
import { button, byId, type Chosen, made, type Placed, post, tablePage } from '../shared/page.browser.ts';

// Runs in the page of the webview.

interface ChosenCalls extends Chosen {
  readonly outcome: '' | LocalKmsRow['outcome'];
  /** The requests whose details are shown, by their numbers. */
  readonly open: readonly number[];
  /** What came after this one is not shown. */
  readonly pausedAt: number | undefined;
}

const COLUMNS = 5;

const MARKS = { ok: '✓', denied: '✗', error: '!' } as const;

const columns: Readonly<Record<string, (row: LocalKmsRow) => string | number>> = {
  time: ({ number }) => number,
  operation: ({ operation }) => operation,
  principal: callerOf,
  key: ({ keys, region }) => [...keys, region].join(', '),
  result: ({ error = '' }) => error,
};

const WORDS = { stopped: 'Not running', starting: 'Starting…', running: '', failed: 'Could not be started' } as const;

/** Longer tables are slow to draw, and new requests come at any moment. */
const MOST = 300;

/** In milliseconds, of the clock of the world before that of this machine. */
let ahead = 0;
/** The number of the latest request. */
let newest = 0;
/** What the upper part shows: what somebody may be about to press stays as long as it is the same. */
let drawn = '';

const page = tablePage<LocalKmsView, LocalKmsRow, ChosenCalls>({
  chosen: { column: 'time', descending: true, filter: '', outcome: '', open: [], pausedAt: undefined },
  rows: ({ rows }) => rows,
  text: (row) =>
    [
      row.time,
      row.operation,
      callerOf(row),
      ...row.keys,
      row.region,
      row.error ?? 'ok',
      row.because ?? '',
      JSON.stringify(row.records),
    ].join(' '),
  fits: ({ number, outcome }, chosen) =>
    (chosen.outcome === '' || outcome === chosen.outcome) &&
    (chosen.pausedAt === undefined || number <= chosen.pausedAt),
  value: (row, column) => columns[column]?.(row) ?? '',
  draw(rows, view, chosen) {
    drawHead(view);
    drawPause(view, chosen.pausedAt);
    newest = view.rows.at(-1)?.number ?? 0;
    return [
      ...rows.slice(0, MOST).flatMap((each) => linesOf(each, chosen.open)),
      ...(rows.length > MOST ? [note(`The first ${MOST} are shown: filter for the others.`, COLUMNS)] : []),
      ...(rows.length === 0 ? [note(emptyIn(view), COLUMNS)] : []),
    ];
  },
  noun: 'row',
  told(view, message) {
    const { added } = message as { readonly added?: LocalKmsAdded };
    if (!added) return undefined;
    const { rows, calls, denied } = added;
    return { ...view, rows: [...view.rows, ...rows].slice(-MOST_ROWS), calls, denied };
  },
});

function emptyIn({ state, rows }: LocalKmsView): string {
  if (rows.length > 0) return 'No request fits the filters.';
  return state === 'running' ? 'Nothing has called yet: requests are shown as they come.' : 'Nothing was called.';
}

function drawHead(view: LocalKmsView): void {
  const { state, of, url, problem, isOld, pointers, world, machine, calls, denied } = view;
  ahead = view.ahead;
  const line = byId('state');
  line.className = state;
  const name =
    of?.uri === undefined ? made('span', of?.name ?? '') : button(of.name, 'link', () => post({ goto: true }));
  const isRunning = state === 'running';
  line.replaceChildren(
    made('strong', isRunning ? `Running on ${url}` : WORDS[state]),
    ...(of && state !== 'failed' ? [document.createTextNode(isRunning ? ' with ' : ', last with '), name] : []),
    ...(isRunning ? [made('span', `${counted(calls, 'request')}, ${denied} denied`, 'detail counts')] : []),
    ...(problem ? [made('span', `: ${problem.replaceAll('`', '')}`)] : []),
  );
  byId('running').hidden = !isRunning;
  byId('old').hidden = !isOld;
  for (const each of document.querySelectorAll<HTMLButtonElement>('button[data-command]')) {
    const starts = each.dataset['command'] === 'startLocalKms';
    each.hidden = starts ? isRunning : !isRunning;
    each.disabled = state === 'starting';
  }
  if (!isRunning || !world) return;
  drawOnce(JSON.stringify([pointers, world, machine]), () => {
    byId('pointers').replaceChildren(...pointers.flatMap(pointerOf));
    // Some names are those of programs alone.
    const named = /^[a-z-]+$/.test(machine ?? '') ? ` (${machine})` : '';
    byId('machine').textContent = `The address is one of the machine that the extension runs on${named}.`;
    byId('machine').hidden = machine === undefined;
    byId('keys').replaceChildren(...callersOf(world));
  });
}

function drawOnce(what: string, draw: () => void): void {
  if (what === drawn) return;
  drawn = what;
  draw();
}

function pointerOf([what, text]: readonly [string, string], index: number): HTMLElement[] {
  const cell = made('dd');
  const tool = made('dd');
  const copy = button('Copy', 'link', () => post({ pointer: index }));
  copy.setAttribute('aria-label', `Copy: ${what}`);
  cell.append(made('code', text));
  tool.append(copy);
  return [made('dt', what), cell, tool];
}

function callersOf({ accessKeys, isStrict, account }: NonNullable<LocalKmsView['world']>): HTMLElement[] {
  const list = made('ul');
  list.append(
    ...accessKeys.map(({ id, principal, isVerified }) => {
      const item = made('li');
      const how = isVerified ? 'with its secret of the scenario' : 'signatures are not verified';
      item.append(made('code', id), ` is ${principal}`, made('span', ` (${how})`, 'detail'));
      return item;
    }),
  );
  const others = isStrict
    ? 'Other access keys are refused.'
    : `${accessKeys.length === 0 ? 'Every' : 'Every other'} access key acts as the root user of ${account}.`;
  return [...(accessKeys.length > 0 ? [list] : []), made('p', others)];
}

function drawPause({ rows }: LocalKmsView, pausedAt: number | undefined): void {
  const pause = byId('pause');
  const later = pausedAt === undefined ? 0 : rows.filter(({ number }) => number > pausedAt).length;
  pause.setAttribute('aria-pressed', String(pausedAt !== undefined));
  pause.textContent = pausedAt === undefined ? 'Pause' : `Go on${later > 0 ? ` (${later} new)` : ''}`;
}

function linesOf({ row }: Placed<LocalKmsRow>, open: readonly number[]): HTMLElement[] {
  const { number, time, operation, principal, keys, region, isOfKms } = row;
  const isOpen = open.includes(number);
  const line = made('tr', '', isOpen ? 'event open' : 'event');
  const toggle = () => page.choose({ open: isOpen ? open.filter((each) => each !== number) : [...open, number] });
  const head = made('th');
  head.scope = 'row';
  head.append(opener(line, operation || 'no operation', isOpen, `request ${number}`, toggle));
  const caller = made('td', callerOf(row), isOfKms || principal === '' ? 'detail' : '');
  line.append(timeOf(time), head, caller, placeOf(keys, region), resultOf(row));
  return isOpen ? [line, detailsOf(row)] : [line];
}

/** The day is another only where somebody moved the clock. */
function timeOf(time: string): HTMLElement {
  const [day = '', clock = ''] = time.split(' ');
  const cell = made('td', '', 'time');
  cell.append(made('div', clock), made('div', day, 'detail'));
  return cell;
}

function placeOf(keys: readonly string[], region: string): HTMLElement {
  const cell = lines(keys);
  cell.append(made('div', region, 'detail'));
  return cell;
}

function resultOf({ number, outcome, error, because, requestId, operation, isDecided }: LocalKmsRow): HTMLElement {
  const cell = made('td', '', `result ${outcome}`);
  const head = made('div');
  head.append(made('span', `${MARKS[outcome]} ${error ?? 'ok'}`, 'outcome'));
  if (isDecided && requestId !== undefined) {
    const why = button('why', 'link', () => post({ why: requestId }));
    why.dataset['focus'] = `why ${number}`;
    why.setAttribute('aria-label', `Why was ${operation} refused?`);
    head.append(' ', why);
  }
  cell.append(head);
  if (because) cell.append(made('div', because.replaceAll('`', ''), 'detail'));
  return cell;
}

function detailsOf({ number, operation, message, requestId, isDecided, records }: LocalKmsRow): HTMLElement {
  const line = made('tr', '', 'record');
  const cell = made('td');
  cell.colSpan = COLUMNS;
  if (message) cell.append(made('p', message, 'message'));
  const tools = made('div', '', 'tools');
  if (isDecided && requestId !== undefined)
    tools.append(
      button('Why, layer by layer', 'tool', () => post({ why: requestId })),
      button('Why, as text', 'tool', () => post({ explain: requestId })),
    );
  tools.append(
    ...records.map((_, index) =>
      button(records.length === 1 ? 'Copy this event' : `Copy event ${index + 1}`, 'tool', () =>
        post({ record: [number, index] }),
      ),
    ),
  );
  cell.append(tools, ...records.map((record) => jsonOf(record, `${operation} as JSON`)));
  if (records.length === 0) cell.append(made('p', 'CloudTrail records nothing of it.', 'detail'));
  line.append(cell);
  return line;
}

/** `8 days`. */
function durationOf(milliseconds: number): string {
  const hours = Math.round(milliseconds / 3_600_000);
  const days = Math.floor(hours / 24);
  const parts = [...(days > 0 ? [counted(days, 'day')] : []), ...(hours % 24 > 0 ? [counted(hours % 24, 'hour')] : [])];
  return parts.join(' and ') || counted(Math.round(milliseconds / 60_000), 'minute');
}

function tick(): void {
  const now = new Date(Date.now() + ahead).toISOString();
  byId('now').textContent = `${now.slice(0, 10)} ${now.slice(11, 19)}`;
  byId('ahead').textContent = ahead > 30_000 ? `${durationOf(ahead)} ahead` : '';
}

for (const each of document.querySelectorAll<HTMLButtonElement>('button[data-command]'))
  each.addEventListener('click', () => post({ command: each.dataset['command'] }));
for (const each of document.querySelectorAll<HTMLButtonElement>('button[data-advance]'))
  each.addEventListener('click', () => post({ advance: Number(each.dataset['advance']) }));
byId('reset').addEventListener('click', () => post({ reset: true }));
byId('clear').addEventListener('click', () => post({ clear: true }));
byId('pause').addEventListener('click', () => {
  const { pausedAt } = page.chosen();
  page.choose({ pausedAt: pausedAt === undefined ? newest : undefined });
});
const outcome = byId<HTMLSelectElement>('outcome');
outcome.value = page.chosen().outcome;
outcome.addEventListener('change', () => page.choose({ outcome: outcome.value as ChosenCalls['outcome'] }));
tick();
setInterval(tick, 1000);
