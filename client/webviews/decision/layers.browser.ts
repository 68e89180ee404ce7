import type { DecisionStatement, DecisionStep, DecisionView } from '../../../server/protocol.ts';
import { around } from '../shared/markdown.browser.ts';
import { button, byId, firstView, made, post } from '../shared/page.browser.ts';

// Runs in the page of the webview.

let view = firstView<DecisionView>();
/** The layer that is looked at; undefined: all of them. */
let at: number | undefined;

const MARKS = { yes: '✓', no: '✗', unknown: '?', on: '→', none: '–' } as const;
const VERDICTS = { allowed: '✓ Allowed', denied: '✗ Denied', depends: '? It depends' } as const;

function draw(): void {
  byId('title').textContent = view.title;
  const request = view.request.flatMap(([what, value]) => [made('dt', what), made('dd', value)]);
  byId('request').replaceChildren(...request);
  byId('layers').replaceChildren(...view.steps.map(layerOf));
  const isOver = at === undefined || at >= view.steps.length - 1;
  byId('verdict').className = isOver ? view.verdict : 'open';
  byId('verdict-title').textContent = isOver ? VERDICTS[view.verdict] : 'Not decided yet';
  byId('because').replaceChildren(...(isOver ? [around('span', `${capital(view.because)}.`)] : []));
  byId('previous').setAttribute('aria-disabled', String(at === undefined || at === 0));
  byId('next').setAttribute('aria-disabled', String(at !== undefined && at >= view.steps.length - 1));
}

function layerOf(step: DecisionStep, index: number): HTMLElement {
  const isAhead = at !== undefined && index > at;
  const item = made('li', '', [step.mark, step.decides ? 'decides' : '', isAhead ? 'ahead' : ''].join(' '));
  if (index === at) item.setAttribute('aria-current', 'step');
  const mark = made('span', isAhead ? '' : MARKS[step.mark], 'mark');
  mark.setAttribute('aria-hidden', 'true');
  const box = made('div', '', 'layer');
  box.append(made('h2', capital(step.title)));
  if (!isAhead) {
    box.append(made('p', capital(step.words), 'words'));
    if (step.decides) box.append(made('p', 'This decides.', 'decisive'));
    if (at === undefined || at === index)
      box.append(...step.statements.map((each, place) => statementOf(each, index, place)));
  }
  item.append(mark, box);
  return item;
}

function statementOf(
  { name, effect, matched, at: place, parts }: DecisionStatement,
  step: number,
  statement: number,
): HTMLElement {
  const box = made('div', '', `statement ${truthOf(matched)}`);
  const head = made('div', '', 'head');
  head.append(made('span', `${markOf(matched)} ${effect} `));
  head.append(place ? button(name, 'link', () => post({ step, statement })) : made('span', name));
  head.append(made('span', WORDS[truthOf(matched)], 'detail'));
  const list = made('ul');
  list.append(
    ...parts.map((part) => {
      const line = made('li', '', truthOf(part.matched));
      line.append(made('span', `${markOf(part.matched)} ${part.name}: `, 'part'), around('span', part.words));
      return line;
    }),
  );
  box.append(head, list);
  return box;
}

const WORDS = { is: ' applies', not: ' does not apply', open: ' hangs on something unknown' } as const;

const truthOf = (matched: boolean | 'unknown'): 'is' | 'not' | 'open' =>
  matched === 'unknown' ? 'open' : matched ? 'is' : 'not';

const markOf = (matched: boolean | 'unknown'): string => (matched === 'unknown' ? '?' : matched ? '✓' : '✗');

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function go(to: number | undefined): void {
  at = to === undefined ? undefined : Math.min(view.steps.length - 1, Math.max(0, to));
  draw();
  document.querySelector('[aria-current=step]')?.scrollIntoView({ block: 'nearest' });
}

const next = (): void => go(at === undefined ? 0 : at + 1);
const previous = (): void => {
  if (at !== undefined) go(at - 1);
};

byId('next').addEventListener('click', next);
byId('previous').addEventListener('click', previous);
byId('all').addEventListener('click', () => go(undefined));
document.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
  if (ctrlKey || metaKey || altKey) return;
  if (key === 'n' || key === 'ArrowRight') next();
  else if (key === 'p' || key === 'ArrowLeft') previous();
});
window.addEventListener('message', ({ data }: MessageEvent<{ view?: DecisionView; problem?: string }>) => {
  byId('problem').hidden = data.problem === undefined;
  byId('problem').textContent = data.problem ?? '';
  if (!data.view) return;
  view = data.view;
  draw();
});

draw();
