import type { QuestionJson } from '../../../server/protocol.ts';
import type { PracticeStart, PracticeView, ProgressJson, ProofShown } from '../../practice/types.ts';
import { around, blocks } from '../shared/markdown.browser.ts';
import { button, byId, firstView, keep, kept, made, post } from '../shared/page.browser.ts';
import { stepsOf } from '../shared/steps.browser.ts';

// Runs in the page of the webview.

interface State {
  readonly section: string;
  readonly topic: string;
  readonly level: string;
  readonly missed: boolean;
  readonly unseen: boolean;
  /** The id of the question on the page. */
  readonly question: string;
  /** The places of the options in the order in which they are shown. */
  readonly order: readonly number[];
  /** The chosen ones, by their places in the question. */
  readonly chosen: readonly number[];
  readonly checked: boolean;
}

const noFilters = { section: '', topic: '', level: '', missed: false, unseen: false };

let view = firstView<PracticeView>();
let state: State = { ...noFilters, question: '', order: [], chosen: [], checked: false, ...kept<State>() };
let proof: ProofShown | 'running' | undefined;

const selects = { section: select('section'), topic: select('topic'), level: select('level') };
const boxes = { missed: byId<HTMLInputElement>('missed'), unseen: byId<HTMLInputElement>('unseen') };
const form = byId<HTMLFormElement>('form');

function select(id: string): HTMLSelectElement {
  return byId<HTMLSelectElement>(id);
}

const fits = ({ id, section, level, topics }: QuestionJson): boolean =>
  (state.section === '' || `${section}` === state.section) &&
  (state.level === '' || level === state.level) &&
  (state.topic === '' || topics.some((topic) => topic.id === state.topic)) &&
  (!state.missed || view.progress[id]?.last === 'missed') &&
  (!state.unseen || view.progress[id] === undefined);

/** Those that the filters leave; the one on the page stays until somebody goes on. */
const offered = (): readonly QuestionJson[] =>
  view.questions.filter((each) => each.id === state.question || fits(each));

const current = (): QuestionJson | undefined => view.questions.find(({ id }) => id === state.question);

/** Whether all of what is right is chosen, and nothing else. */
const isRight = ({ options }: QuestionJson): boolean =>
  options.every(({ right }, index) => right === state.chosen.includes(index));

/** The numbers that the right options have on the page. */
const rightNumbers = ({ options }: QuestionJson): string[] =>
  state.order.flatMap((option, place) => (options[option]?.right ? [`${place + 1}`] : []));

function change(next: Partial<State>): void {
  state = { ...state, ...next };
  keep(state);
}

function filter(next: Partial<State>): void {
  change(next);
  const question = current();
  if (question && fits(question)) return draw();
  show(view.questions.find(fits));
}

function show(question: QuestionJson | undefined): void {
  proof = undefined;
  const order = shuffled((question?.options ?? []).map((_, index) => index));
  change({ question: question?.id ?? '', order, chosen: [], checked: false });
  draw();
  scrollTo(0, 0);
}

function go(way: 1 | -1): void {
  const all = offered();
  const at = all.findIndex(({ id }) => id === state.question);
  const next = all[(at + way + all.length) % all.length];
  // The one on the page may not fit any longer: it was missed, and now it is right.
  show(next && fits(next) ? next : view.questions.find(fits));
  focusFirst();
}

/** So that nobody learns the place of an answer instead of the answer. */
function shuffled(places: readonly number[]): number[] {
  return places
    .map((place) => ({ place, chance: Math.random() }))
    .sort((a, b) => a.chance - b.chance)
    .map(({ place }) => place);
}

/** @param place on the page */
function choose(place: number): void {
  const question = current();
  const option = state.order[place];
  if (!question || option === undefined || state.checked) return;
  const others = state.chosen.filter((each) => each !== option);
  const wasChosen = others.length < state.chosen.length;
  if (question.choose === 1) change({ chosen: [option] });
  else change({ chosen: wasChosen ? others : [...others, option] });
  for (const [at, input] of [...inputs()].entries()) input.checked = state.chosen.includes(state.order[at] ?? -1);
  inputs()[place]?.focus();
  drawCheck(question);
}

function check(): void {
  const question = current();
  if (!question || state.checked || state.chosen.length !== question.choose) return;
  change({ checked: true });
  post({ answered: question.id, isRight: isRight(question) });
  draw();
  byId('next').focus();
}

const inputs = (): NodeListOf<HTMLInputElement> => document.querySelectorAll<HTMLInputElement>('#options input');

function focusFirst(): void {
  inputs()[0]?.focus({ preventScroll: true });
}

function draw(): void {
  byId('title').textContent = view.title;
  fill(
    'section',
    view.sections.map(({ section, title }) => [`${section}`, title]),
  );
  fill('topic', topicsIn(state.section));
  fill(
    'level',
    [...new Set(view.questions.map(({ level }) => level))].map((level) => [level, level]),
  );
  for (const name of ['missed', 'unseen'] as const) boxes[name].checked = state[name];
  drawProgress();
  const question = current();
  form.hidden = question === undefined;
  byId('none').hidden = question !== undefined;
  byId('verdict').textContent = '';
  byId('answer').hidden = question === undefined || !state.checked;
  if (!question) return;
  drawQuestion(question);
  if (state.checked) drawAnswer(question);
}

function topicsIn(section: string): (readonly [string, string])[] {
  const found = view.questions.filter((each) => section === '' || `${each.section}` === section);
  const topics = new Map(found.flatMap(({ topics: each }) => each.map(({ id, title }) => [id, title] as const)));
  return [...topics].sort(([, a], [, b]) => a.localeCompare(b));
}

function fill(name: keyof typeof selects, values: readonly (readonly [string, string])[]): void {
  const options = [['', 'All'] as const, ...values].map(([value, title]) => {
    const option = made('option', title);
    option.value = value;
    return option;
  });
  selects[name].replaceChildren(...options);
  selects[name].value = state[name];
}

function drawProgress(): void {
  const asked = view.questions.filter(({ id }) => view.progress[id]);
  const missed = asked.filter(({ id }) => view.progress[id]?.last === 'missed').length;
  const right = asked.length - missed;
  const all = view.questions.length;
  byId('progress').textContent =
    asked.length === 0
      ? `${all} questions, none answered yet`
      : `${asked.length} of ${all} answered: ${right} right, ${missed} missed`;
  byId('bar-right').style.width = `${(100 * right) / Math.max(1, all)}%`;
  byId('bar-missed').style.width = `${(100 * missed) / Math.max(1, all)}%`;
  byId('reset').hidden = asked.length === 0;
}

function drawQuestion(question: QuestionJson): void {
  const all = offered();
  const section = view.sections.find(({ section: each }) => each === question.section)?.title ?? '';
  const place = `Question ${all.indexOf(question) + 1} of ${all.length}`;
  byId('about').textContent = [place, section, question.level, before(question.id)].filter(Boolean).join(' · ');
  const text = byId('text');
  text.replaceChildren(...question.question.split(/\n{2,}/).map((part) => around('span', part.replaceAll('\n', ' '))));
  byId('choose').textContent = question.choose === 1 ? '' : `Choose ${NUMBERS[question.choose] ?? question.choose}.`;
  byId('options').replaceChildren(...state.order.map((option, place) => optionOf(question, option, place)));
  byId('last-key').textContent = `${question.options.length}`;
  drawCheck(question);
}

const NUMBERS: readonly string[] = ['none', 'one', 'two', 'three', 'four'];

/** How it went before this time. */
function before(id: string): string {
  const entry = view.progress[id];
  if (!entry || state.checked) return '';
  return entry.last === 'right' ? 'last time right' : 'last time missed';
}

function optionOf({ options, choose: count }: QuestionJson, index: number, place: number): HTMLElement {
  const { text = '', right = false, reason = '' } = options[index] ?? {};
  const isChosen = state.chosen.includes(index);
  const verdict = state.checked ? (right ? 'right' : isChosen ? 'wrong' : 'other') : '';
  const box = made('div', '', `option ${verdict}`);
  const label = made('label');
  const input = made('input');
  input.type = count === 1 ? 'radio' : 'checkbox';
  input.name = 'option';
  input.checked = isChosen;
  input.disabled = state.checked;
  input.addEventListener('change', () => choose(place));
  const key = made('kbd', `${place + 1}`);
  key.setAttribute('aria-hidden', 'true');
  label.append(input, key, around('span', text, 'option-text'));
  box.append(label);
  if (!state.checked) return box;
  label.append(made('span', tagOf(right, isChosen), 'tag'));
  const why = made('div', '', 'why');
  why.append(...blocks(reason));
  box.append(why);
  return box;
}

const tagOf = (right: boolean, isChosen: boolean): string =>
  right ? (isChosen ? '✓ Right, your choice' : '✓ Right') : isChosen ? '✗ Wrong, your choice' : '✗ Wrong';

function drawCheck(question: QuestionJson): void {
  const ready = state.chosen.length === question.choose;
  const main = byId<HTMLButtonElement>('check');
  main.hidden = state.checked;
  main.setAttribute('aria-disabled', String(!ready));
}

function drawAnswer(question: QuestionJson): void {
  const right = rightNumbers(question);
  const verdict = byId('verdict');
  verdict.className = isRight(question) ? 'right' : 'wrong';
  verdict.textContent = isRight(question)
    ? '✓ Right.'
    : `✗ Not right: the ${right.length === 1 ? 'answer is' : 'answers are'} ${right.join(' and ')}.`;
  const { outdated } = question;
  byId('today').hidden = outdated === undefined;
  byId('today-text').replaceChildren(
    ...(outdated ? [...blocks(`**Printed:** ${outdated.printed}`), ...blocks(`**Today:** ${outdated.today}`)] : []),
  );
  const topics = question.topics.map(({ id, title }) => button(title, 'link', () => post({ topic: id })));
  byId('topics').replaceChildren(...(topics.length > 0 ? [made('span', 'Read more:', 'detail'), ...topics] : []));
  drawProof();
}

function drawProof(): void {
  const box = byId('proof');
  byId('prove').setAttribute('aria-disabled', String(proof === 'running'));
  if (proof === undefined) box.replaceChildren();
  else if (proof === 'running') box.replaceChildren(made('p', 'Running…', 'detail'));
  else if (proof.run) box.replaceChildren(...stepsOf(proof.run, current()?.proof.steps));
  else box.replaceChildren(made('p', proof.problem ?? '', 'failed'));
}

for (const name of ['section', 'topic', 'level'] as const)
  selects[name].addEventListener('change', () =>
    // A topic of another section would leave nothing.
    filter({ [name]: selects[name].value, ...(name === 'section' ? { topic: '' } : {}) }),
  );
for (const name of ['missed', 'unseen'] as const)
  boxes[name].addEventListener('change', () => filter({ [name]: boxes[name].checked }));
byId('clear').addEventListener('click', () => filter(noFilters));
byId('reset').addEventListener('click', () => post({ reset: true }));
byId('previous').addEventListener('click', () => go(-1));
byId('next').addEventListener('click', () => go(1));
byId('prove').addEventListener('click', () => {
  if (proof === 'running') return;
  proof = 'running';
  drawProof();
  post({ prove: state.question });
});
byId('open').addEventListener('click', () => post({ openProof: state.question }));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  check();
});

document.addEventListener('keydown', (press) => {
  const { key, target, ctrlKey, metaKey, altKey } = press;
  const inField = target instanceof HTMLSelectElement;
  if (inField || ctrlKey || metaKey || altKey) return;
  if (/^[1-9]$/.test(key)) choose(Number(key) - 1);
  else if (key === 'n') go(1);
  else if (key === 'p') go(-1);
  else if (key === 'Enter' && !(target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement)) {
    if (state.checked) go(1);
    else check();
  } else return;
  press.preventDefault();
});

/** Where somebody wants to begin; otherwise where it was left, or at the first question that was not answered. */
function begin({ question, topic, section }: PracticeStart): void {
  if (question !== undefined) {
    change(noFilters);
    return show(view.questions.find(({ id }) => id === question));
  }
  if (topic !== undefined || section !== undefined)
    return filter({ ...noFilters, topic: topic ?? '', section: section ?? '', question: '' });
  if (current()) return draw();
  show(view.questions.find((each) => fits(each) && !view.progress[each.id]) ?? view.questions.find(fits));
}

interface Told {
  readonly view?: PracticeView;
  readonly progress?: ProgressJson;
  readonly proof?: ProofShown;
  readonly problem?: string;
}

window.addEventListener('message', ({ data }: MessageEvent<Told>) => {
  byId('problem').hidden = data.problem === undefined;
  byId('problem').textContent = data.problem ?? '';
  if (data.view) {
    view = data.view;
    begin(view.start);
  }
  if (data.progress) {
    view = { ...view, progress: data.progress };
    drawProgress();
  }
  if (data.proof && data.proof.question === state.question) {
    proof = data.proof;
    drawProof();
  }
});

begin(view.start);
focusFirst();
