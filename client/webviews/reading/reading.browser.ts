import type {
  ComparisonCell,
  ComparisonPage,
  ProofLink,
  ReadingPage,
  TopicLink,
  TopicPage,
} from '../../../server/protocol.ts';
import type { ProofResult } from '../../practice/types.ts';
import { around, blocks, linkTo } from '../shared/markdown.browser.ts';
import { button, byId, firstView, made, post } from '../shared/page.browser.ts';
import { stepsOf } from '../shared/steps.browser.ts';

// Runs in the page of the webview.

let view = firstView<ReadingPage>();

function draw(): void {
  byId('title').textContent = view.title;
  byId('page').replaceChildren(...(view.kind === 'topic' ? topicParts(view) : comparisonParts(view)));
}

function topicParts(topic: TopicPage): HTMLElement[] {
  const { section, questions, comparisons, proofs, decisions, previous, next } = topic;
  return [
    made('p', section, 'detail'),
    besides(topic),
    sourcesOf(topic),
    ...(proofs.length > 0 ? [part('See it happen', proofs.map(proofOf))] : []),
    ...(decisions.length > 0 ? [part('Follow a decision, layer by layer', [decisionLinks(topic)])] : []),
    ...(questions.length > 0 ? [part('Practise', [practise(topic)])] : []),
    ...(comparisons.length > 0 ? [part('Compare', [links(comparisons, (comparison) => post({ comparison }))])] : []),
    turning(previous, next),
  ];
}

/** What exam material says, and beside it what holds today. */
function besides({ exam, trap, today, sources }: TopicPage): HTMLElement {
  const both = made('div', '', 'besides');
  const old = part('As exam material says', blocks(exam));
  if (trap) old.append(...blocks(`**Trap:** ${trap}`));
  const now = part(
    `Today (${
      sources
        .map(({ date }) => date)
        .sort()
        .at(-1) ?? ''
    })`,
    today ? blocks(today) : [made('p', 'AWS does the same today.')],
  );
  now.classList.add(today ? 'differs' : 'same');
  both.append(old, now);
  return both;
}

function sourcesOf({ sources }: TopicPage): HTMLElement {
  const line = made('p', 'Read at AWS: ', 'detail');
  for (const [index, { title, url, date }] of sources.entries())
    line.append(...(index > 0 ? [' · '] : []), linkTo(url, title), ` (${date})`);
  return line;
}

function proofOf({ uri, title }: ProofLink): HTMLElement {
  const box = made('div', '', 'proof');
  const tools = made('div', '', 'tools');
  const result = made('div', '', 'result');
  result.setAttribute('role', 'status');
  result.dataset['proof'] = uri;
  const run = button('Show me', 'tool main', () => {
    result.replaceChildren(made('p', 'Running…', 'detail'));
    post({ prove: uri });
  });
  tools.append(
    run,
    button('Open the scenario', 'tool', () => post({ open: uri })),
  );
  box.append(around('p', title), tools, result);
  return box;
}

function decisionLinks({ decisions }: TopicPage): HTMLElement {
  const named = decisions.map(({ title }, index) => ({ id: `${index}`, title }));
  return links(named, (index) => post({ decision: Number(index) }));
}

function practise({ id, questions }: TopicPage): HTMLElement {
  const box = made('div');
  box.append(links(questions, (question) => post({ question })));
  if (questions.length > 1) box.append(button('Practise all of them', 'tool', () => post({ practice: id })));
  return box;
}

function turning(previous: TopicLink | undefined, next: TopicLink | undefined): HTMLElement {
  const line = made('nav', '', 'tools turning');
  line.setAttribute('aria-label', 'Topics of this section');
  if (previous) line.append(button(`◀ ${previous.title}`, 'tool', () => post({ topic: previous.id })));
  line.append(made('span', '', 'gap'));
  if (next) line.append(button(`${next.title} ▶`, 'tool', () => post({ topic: next.id })));
  return line;
}

function part(title: string, children: readonly Node[]): HTMLElement {
  const section = made('section');
  section.append(made('h2', title), ...children);
  return section;
}

function links(to: readonly TopicLink[], pressed: (id: string) => void): HTMLElement {
  const list = made('ul', '', 'links');
  for (const { id, title } of to) {
    const item = made('li');
    item.append(button(title, 'link', () => pressed(id)));
    list.append(item);
  }
  return list;
}

function comparisonParts(page: ComparisonPage): HTMLElement[] {
  const tools = made('div', '', 'tools');
  const label = made('label', 'Filter ');
  const filter = made('input');
  filter.type = 'search';
  filter.placeholder = 'any text of a row';
  label.append(filter);
  const count = made('span', '', 'detail');
  count.setAttribute('role', 'status');
  tools.append(label, count);
  const { table, show } = tableOf(page);
  const shown = () => {
    const left = show(filter.value.toLowerCase());
    count.textContent = left === page.rows.length ? `${left} rows` : `${left} of ${page.rows.length} rows`;
  };
  filter.addEventListener('input', shown);
  shown();
  const wide = made('div', '', 'wide');
  wide.tabIndex = 0;
  wide.setAttribute('role', 'region');
  wide.setAttribute('aria-labelledby', 'title');
  wide.append(table);
  return [
    around('p', page.summary),
    tools,
    wide,
    ...(page.topics.length > 0 ? [part('As exam material says, and today', [saidAndToday(page)])] : []),
    part('Other tables', [links(page.comparisons, (comparison) => post({ comparison }))]),
  ];
}

/** The topics of a table: what exam material says, and beside it what holds today. */
function saidAndToday({ topics }: ComparisonPage): HTMLElement {
  const head = made('tr');
  head.append(...['Topic', 'As exam material says', 'Today'].map((title) => header(title, 'col')));
  const heads = made('thead');
  heads.append(head);
  const body = made('tbody');
  for (const { id, title, exam, today, date } of topics) {
    const line = made('tr');
    const topic = header('', 'row');
    topic.append(button(title, 'link', () => post({ topic: id })));
    const said = made('td');
    said.append(...blocks(exam));
    const now = made('td');
    now.append(...blocks(today ?? 'AWS does the same today.'), made('p', `as of ${date}`, 'detail'));
    line.append(topic, said, now);
    body.append(line);
  }
  const table = made('table', '', 'said');
  table.append(heads, body);
  return table;
}

function header(title: string, scope: 'col' | 'row'): HTMLTableCellElement {
  const cell = made('th', title);
  cell.scope = scope;
  return cell;
}

function tableOf({ columns, rows }: ComparisonPage): { table: HTMLTableElement; show(wanted: string): number } {
  const table = made('table');
  const head = made('tr');
  for (const column of columns) {
    head.append(header(column, 'col'));
  }
  const heads = made('thead');
  heads.append(head);
  const lines = rows.map((row) => {
    const line = made('tr');
    line.append(...row.map(cellOf));
    const text = row.map(({ text: each, note = '' }) => `${each} ${note}`).join(' ');
    return { line, text: text.toLowerCase() };
  });
  const body = made('tbody');
  body.append(...lines.map(({ line }) => line));
  table.append(heads, body);
  return {
    table,
    show(wanted) {
      for (const { line, text } of lines) line.hidden = !text.includes(wanted);
      return lines.filter(({ line }) => !line.hidden).length;
    },
  };
}

/** With a space that keeps the mark on the line of its first word. */
const MARKS = { yes: '✓\u00a0', no: '✗\u00a0', partly: '◐\u00a0' } as const;

function cellOf({ text, mark, note }: ComparisonCell, index: number): HTMLElement {
  const cell = made(index === 0 ? 'th' : 'td', '', mark ?? '');
  if (cell instanceof HTMLTableCellElement && index === 0) cell.scope = 'row';
  cell.append(mark ? MARKS[mark] : '', around('span', text));
  if (note) {
    cell.title = note;
    cell.append(made('span', ` ${note}`, 'hidden'));
  }
  return cell;
}

interface Told {
  readonly view?: ReadingPage;
  readonly proof?: ProofResult & { readonly uri: string };
  readonly problem?: string;
}

window.addEventListener('message', ({ data }: MessageEvent<Told>) => {
  byId('problem').hidden = data.problem === undefined;
  byId('problem').textContent = data.problem ?? '';
  if (data.view) {
    view = data.view;
    draw();
    scrollTo(0, 0);
    byId('page').focus({ preventScroll: true });
  }
  const { proof } = data;
  const result = [...document.querySelectorAll<HTMLElement>('.result')].find(
    ({ dataset }) => dataset['proof'] === proof?.uri,
  );
  if (!proof || !result) return;
  result.replaceChildren(...(proof.run ? stepsOf(proof.run) : [made('p', proof.problem ?? '', 'failed')]));
});

draw();
