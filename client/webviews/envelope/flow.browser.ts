import type { EnvelopePayload, EnvelopeStep, EnvelopeView } from '../../../server/protocol.ts';
import { button, byId, firstView, made, post } from '../shared/page.browser.ts';
import { drawBytes } from './bytes.browser.ts';
import { arrowsOf } from './lanes.browser.ts';

// Runs in the page of the webview.

let view = firstView<EnvelopeView>();
/** The step that is looked at; undefined: the whole flow. */
let at: number | undefined;
/** The steps whose details are shown, by their ids. */
let open = new Set<string>();
/** A payload by a file that was chosen, which the field shows. */
let file: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

const flow = byId('flow');
const kind = byId<HTMLSelectElement>('kind');
const text = byId<HTMLInputElement>('text');
const random = byId<HTMLSelectElement>('random');
const context = byId<HTMLInputElement>('context');
const principal = byId<HTMLSelectElement>('principal');
const decryptPrincipal = byId<HTMLSelectElement>('decryptPrincipal');
const asIfAllowed = byId<HTMLInputElement>('asIfAllowed');

const SIZES: readonly (readonly [bytes: number, name: string])[] = [
  [0, '0 bytes'],
  [1, '1 byte'],
  [1024, '1 KiB'],
  [4096, '4 KiB: one frame'],
  [4097, '4,097 bytes: two frames'],
  [2 ** 20, '1 MiB'],
  [16 * 2 ** 20, '16 MiB'],
  [256 * 2 ** 20, '256 MiB'],
];

/** In milliseconds, between steps as they are drawn. */
const PACE = 140;

function ask(change: Readonly<Record<string, unknown>> = {}): void {
  const pairs = pairsOf(context.value);
  if (typeof pairs === 'string') return problem(pairs);
  byId('run').setAttribute('aria-disabled', 'true');
  document.body.setAttribute('aria-busy', 'true');
  byId('outcome').textContent = 'Running…';
  const run = {
    principal: principal.value,
    decryptPrincipal: view.asked.key === undefined ? principal.value : decryptPrincipal.value,
    encryptionContext: pairs,
    payload: payload(),
    change: chosenChange(),
    asIfAllowed: asIfAllowed.checked,
    ...change,
  };
  post({ run });
}

function payload(): EnvelopePayload {
  if (kind.value === 'random') return { random: Number(random.value) };
  if (kind.value === 'file' && file !== undefined) return { file };
  if (kind.value === 'written') return view.asked.payload;
  return { text: text.value };
}

/** `tenant=acme, env=prod` as pairs, or what is wrong with it. */
function pairsOf(written: string): Record<string, string> | string {
  const pairs: [string, string][] = [];
  for (const part of written.split(/[,\n]/).filter((each) => each.trim() !== '')) {
    const equals = part.indexOf('=');
    if (equals < 1) return `“${part.trim()}” is no pair of an encryption context: write tenant=acme, env=prod`;
    pairs.push([part.slice(0, equals).trim(), part.slice(equals + 1).trim()]);
  }
  return Object.fromEntries(pairs);
}

function chosenChange(): string {
  return document.querySelector<HTMLInputElement>('input[name=change]:checked')?.value ?? NOTHING;
}

const NOTHING = 'none';

function problem(message: string | undefined): void {
  const line = byId('problem');
  line.hidden = message === undefined;
  line.textContent = message ?? '';
}

/** What was asked, in the fields. */
function fillFields(): void {
  const { asked, principals } = view;
  const names = principals.some((each) => each.principal === asked.principal)
    ? principals
    : [...principals, { principal: asked.principal, description: '' }];
  for (const [select, value] of [
    [principal, asked.principal],
    [decryptPrincipal, asked.decryptPrincipal],
  ] as const) {
    select.replaceChildren(
      ...names.map((each) => {
        const option = made('option', shortPrincipal(each.principal));
        option.value = each.principal;
        option.title = each.description;
        return option;
      }),
    );
    select.value = value;
    select.title = value;
  }
  byId('decrypts').hidden = asked.key === undefined;
  byId('who').textContent = asked.key === undefined ? 'Principal' : 'Encrypts';
  context.value = Object.entries(asked.encryptionContext)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
  asIfAllowed.checked = asked.asIfAllowed === true;
  fillPayload(asked.payload);
  fillChanges();
}

function fillPayload(asked: EnvelopePayload): void {
  kind.querySelector('option[value=written]')?.remove();
  if ('written' in asked) {
    const option = made('option', asked.written);
    option.value = 'written';
    kind.append(option);
    kind.value = 'written';
  } else kind.value = 'random' in asked ? 'random' : 'file' in asked ? 'file' : 'text';
  if ('text' in asked) text.value = asked.text;
  if ('file' in asked) file = asked.file;
  const size = 'random' in asked ? asked.random : 2 ** 20;
  const sizes = SIZES.some(([bytes]) => bytes === size)
    ? SIZES
    : [[size, `${size.toLocaleString('en-US')} bytes`] as const, ...SIZES];
  random.replaceChildren(
    ...sizes.map(([bytes, name]) => {
      const option = made('option', name);
      option.value = String(bytes);
      return option;
    }),
  );
  random.value = String(size);
  showPayload();
}

function showPayload(): void {
  text.hidden = kind.value !== 'text';
  random.hidden = kind.value !== 'random';
  const choose = byId('file');
  choose.hidden = kind.value !== 'file';
  choose.textContent = file === undefined ? 'Choose a file…' : decodeURIComponent(file.replace(/^.*\//, ''));
}

function fillChanges(): void {
  const group = byId('changes');
  const focused = document.activeElement instanceof HTMLInputElement && document.activeElement.name === 'change';
  const legend = group.querySelector('legend');
  const chosen = view.trip.change?.id ?? NOTHING;
  const choices = [{ id: NOTHING, title: 'Nothing: as it should be' }, ...view.changes].map(({ id, title }) => {
    const label = made('label', '', 'choice');
    const radio = made('input');
    radio.type = 'radio';
    radio.name = 'change';
    radio.value = id;
    radio.checked = id === chosen;
    radio.addEventListener('change', () => ask());
    label.append(radio, made('span', title));
    return label;
  });
  group.replaceChildren(...(legend ? [legend] : []), ...choices);
  if (focused) group.querySelector<HTMLInputElement>('input:checked')?.focus();
}

/** `role/OrdersApi` of an ARN. */
function shortPrincipal(name: string): string {
  return /^arn:[^:]*:(?:iam|sts)::(\d+):(.+)$/.exec(name)?.[2] ?? name;
}

function drawAll(): void {
  const { trip } = view;
  byId('title').textContent = view.title;
  byId('key').textContent = `${trip.keyArn}, simulated on this machine`;
  byId('run').removeAttribute('aria-disabled');
  document.body.removeAttribute('aria-busy');
  fillFields();
  drawOutcome();
  drawFlow();
  drawBytes(trip.message);
}

function drawOutcome(): void {
  const { trip } = view;
  const stopped = trip.steps.findIndex(({ outcome }) => outcome === 'stopped');
  const outcome = byId('outcome');
  outcome.className = trip.outcome;
  outcome.textContent =
    trip.outcome === 'ok'
      ? `✓ ${count(trip.payload.bytes)} went in, and the same came back`
      : `✗ Stopped at step ${stopped + 1}: ${trip.steps[stopped]?.title}`;
  const lesson = byId('lesson');
  const { change } = trip;
  lesson.hidden = change === undefined;
  lesson.replaceChildren(
    ...(change
      ? [
          ...pair('Changed', change.whatChanged),
          ...pair('Stops at', change.stoppedAt ?? 'nothing: it goes through'),
          ...pair('Why', change.why),
          ...pair('Lesson', change.lesson),
        ]
      : []),
  );
}

const pair = (name: string, value: string): HTMLElement[] => [made('dt', name), withCode(made('dd'), value)];

/** What stands in backticks is code. */
function withCode(element: HTMLElement, value: string): HTMLElement {
  const parts = value.split('`');
  element.append(...parts.map((part, index) => (index % 2 === 1 ? made('code', part) : document.createTextNode(part))));
  return element;
}

function drawFlow(): void {
  const focused = document.activeElement?.getAttribute('data-step');
  flow.replaceChildren(...view.trip.steps.map(lineOf));
  if (focused) flow.querySelector<HTMLElement>(`[data-step="${focused}"]`)?.focus();
  byId('previous').toggleAttribute('disabled', at === 0);
  byId('next').toggleAttribute('disabled', at === view.trip.steps.length - 1);
  byId('all').toggleAttribute('disabled', at === undefined);
}

function lineOf(step: EnvelopeStep, index: number): HTMLElement {
  const line = made('li', '', `step ${step.outcome} ${step.place}`);
  if (at !== undefined && at < index) line.classList.add('later');
  if (at === index) {
    line.classList.add('now');
    line.setAttribute('aria-current', 'step');
  }
  const isOpen = open.has(step.id) || at === index;
  const toggle = button('', 'head', () => {
    if (isOpen) open.delete(step.id);
    else open.add(step.id);
    if (isOpen && at === index) at = undefined;
    drawFlow();
  });
  toggle.dataset['step'] = String(index);
  toggle.setAttribute('aria-expanded', String(isOpen));
  toggle.addEventListener('keydown', move);
  toggle.append(made('span', MARKS[step.outcome], 'mark'), made('span', `${index + 1}. ${step.title}`));
  const card = made('div', '', 'card');
  card.append(toggle);
  if (step.headline) card.append(withCode(made('p', '', 'headline'), step.headline));
  if (step.because && !isOpen && step.outcome === 'ok') card.append(withCode(made('p', '', 'because'), step.because));
  if (step.outcome === 'skipped') card.append(made('p', 'not reached', 'headline'));
  if (isOpen) card.append(detailsOf(step));
  line.append(...arrowsOf(step, view.trip), card);
  return line;
}

const MARKS = { ok: '✓', stopped: '✗', skipped: '–' } as const;

function detailsOf({ because, facts, error }: EnvelopeStep): HTMLElement {
  const list = made('dl');
  if (because) list.append(...pair(error ? 'because' : 'decided', because));
  for (const { label, value } of facts) list.append(...pair(label, value));
  if (error?.remedy && error.remedy !== because) list.append(...pair('what to do', error.remedy));
  return list;
}

/** Up and down lead from step to step. */
function move(press: KeyboardEvent): void {
  const ways: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
  const way = ways[press.key];
  if (way === undefined) return;
  press.preventDefault();
  const heads = [...flow.querySelectorAll<HTMLButtonElement>('button.head')];
  heads[heads.indexOf(press.currentTarget as HTMLButtonElement) + way]?.focus();
}

function goTo(step: number | undefined): void {
  clearTimeout(timer);
  at = step;
  drawFlow();
  if (step !== undefined) flow.children[step]?.scrollIntoView({ block: 'nearest' });
}

const isCalm = (): boolean =>
  document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Step by step, as it happened, unless motion is unwanted. */
function play(): void {
  clearTimeout(timer);
  at = undefined;
  drawAll();
  if (isCalm()) return;
  const lines = [...flow.children];
  for (const line of lines) line.classList.add('later');
  const show = (index: number): void => {
    lines[index]?.classList.remove('later');
    if (index + 1 < lines.length) timer = setTimeout(() => show(index + 1), PACE);
  };
  show(0);
}

const count = (bytes: number): string => (bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en-US')} bytes`);

byId('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  ask();
});
kind.addEventListener('change', () => {
  showPayload();
  if (kind.value === 'file') post({ pick: true });
});
byId('file').addEventListener('click', () => post({ pick: true }));
for (const each of [random, principal, decryptPrincipal, asIfAllowed]) each.addEventListener('change', () => ask());
byId('goto').addEventListener('click', () => post({ goto: true }));
byId('previous').addEventListener('click', () =>
  goTo(at === undefined ? view.trip.steps.length - 1 : Math.max(0, at - 1)),
);
byId('next').addEventListener('click', () => goTo(at === undefined ? 0 : Math.min(view.trip.steps.length - 1, at + 1)));
byId('all').addEventListener('click', () => goTo(undefined));
byId('details').addEventListener('click', () => {
  const ids = view.trip.steps.filter(({ outcome }) => outcome !== 'skipped').map(({ id }) => id);
  open = new Set(ids.every((id) => open.has(id)) ? [] : ids);
  drawFlow();
});
for (const each of document.querySelectorAll<HTMLButtonElement>('button[data-text]'))
  each.addEventListener('click', () => post({ text: each.dataset['text'] }));
addEventListener('message', ({ data }: MessageEvent<{ view?: EnvelopeView; problem?: string; file?: string }>) => {
  if (data.file !== undefined) {
    file = data.file;
    return ask({ payload: { file } });
  }
  problem(data.problem);
  if (!data.view) {
    document.body.removeAttribute('aria-busy');
    byId('run').removeAttribute('aria-disabled');
    return drawOutcome();
  }
  view = data.view;
  open = new Set(view.trip.steps.filter(({ outcome }) => outcome === 'stopped').map(({ id }) => id));
  play();
});
open = new Set(view.trip.steps.filter(({ outcome }) => outcome === 'stopped').map(({ id }) => id));
play();
