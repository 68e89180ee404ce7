// What the scripts of all pages share. It runs in the webview.

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const vscode = acquireVsCodeApi();

export const post = (message: object): void => vscode.postMessage(message);

/** What the page kept of itself: it comes back when VS Code shows the page again. */
export const kept = <T>(): Partial<T> | undefined => vscode.getState() as Partial<T> | undefined;
export const keep = (state: object): void => vscode.setState(state);

/** The answer that the page was made with. */
export const firstView = <View>(): View => JSON.parse(byId('view').textContent ?? '');

export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as E;
}

export function made<K extends keyof HTMLElementTagNameMap>(name: K, text = '', kind = ''): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.textContent = text;
  element.className = kind;
  return element;
}

export function button(text: string, kind: string, pressed: () => void): HTMLButtonElement {
  const element = made('button', text, kind);
  element.type = 'button';
  element.addEventListener('click', pressed);
  return element;
}

/** How a person has sorted and filtered; it stays when the answer changes. */
export interface Chosen {
  readonly column: string | undefined;
  readonly descending: boolean;
  readonly filter: string;
}

interface TablePage<View, Row, C extends Chosen> {
  /** What is chosen at first. */
  readonly chosen: C;
  rows(view: View): readonly Row[];
  /** Where the filter looks. */
  text(row: Row): string;
  /** Whether the other filters leave it. */
  fits?(row: Row, chosen: C): boolean;
  /** What a column is sorted by. */
  value(row: Row, column: string): string | number;
  /** Elements of the body of the table, for the rows that are left. */
  draw(rows: readonly Placed<Row>[], view: View, chosen: C): readonly Node[];
  /** What rows are called: `row`, `event`. */
  readonly noun: string;
  /** The answer with what a message of another kind says; undefined for one that changes nothing. */
  told?(view: View, message: object): View | undefined;
}

/** A row with its place in the answer. */
export interface Placed<Row> {
  readonly row: Row;
  readonly index: number;
}

/** A page that is a table: sorted by its columns, filtered by a text, with buttons for the whole as text. */
export function tablePage<View extends { readonly title: string }, Row, C extends Chosen>(
  page: TablePage<View, Row, C>,
): { choose(change: Partial<C>): void; chosen(): C } {
  let chosen: C = { ...page.chosen, ...kept<C>() };
  let view = firstView<View>();
  const filter = byId<HTMLInputElement>('filter');
  const headers = [...document.querySelectorAll<HTMLButtonElement>('button[data-column]')];

  const shown = (): Placed<Row>[] => {
    const { column, descending } = chosen;
    const wanted = chosen.filter.toLowerCase();
    const rows = page
      .rows(view)
      .map((row, index) => ({ row, index }))
      .filter(({ row }) => (page.fits?.(row, chosen) ?? true) && page.text(row).toLowerCase().includes(wanted));
    if (column === undefined) return rows;
    const sign = descending ? -1 : 1;
    return rows.sort(
      (a, b) => sign * compare(page.value(a.row, column), page.value(b.row, column)) || a.index - b.index,
    );
  };

  const draw = (): void => {
    const rows = shown();
    const all = page.rows(view).length;
    const count = rows.length === all ? `${all}` : `${rows.length} of ${all}`;
    byId('title').textContent = view.title;
    byId('count').textContent = `${count} ${count === '1' ? page.noun : `${page.noun}s`}`;
    // The elements are made anew, and a person's place among them stays.
    const focused = document.activeElement?.getAttribute('data-focus');
    byId('rows').replaceChildren(...page.draw(rows, view, chosen));
    if (focused) document.querySelector<HTMLElement>(`[data-focus="${focused}"]`)?.focus();
    for (const { dataset, parentElement } of headers) {
      const order = chosen.descending ? 'descending' : 'ascending';
      parentElement?.setAttribute('aria-sort', dataset['column'] === chosen.column ? order : 'none');
    }
  };

  const choose = (change: Partial<C>): void => {
    chosen = { ...chosen, ...change };
    keep(chosen);
    if (filter.value !== chosen.filter) filter.value = chosen.filter;
    draw();
  };

  for (const header of headers)
    header.addEventListener('click', () => {
      const column = header.dataset['column'];
      choose({ column, descending: chosen.column === column && !chosen.descending } as Partial<C>);
    });
  for (const each of document.querySelectorAll<HTMLButtonElement>('button[data-text]'))
    each.addEventListener('click', () => post({ text: each.dataset['text'] }));
  filter.value = chosen.filter;
  filter.addEventListener('input', () => choose({ filter: filter.value } as Partial<C>));
  window.addEventListener('message', ({ data }: MessageEvent<{ view?: View; problem?: string }>) => {
    const problem = byId('problem');
    problem.hidden = data.problem === undefined;
    problem.textContent =
      data.problem === undefined ? '' : `${data.problem}. The table is that of the last text without it.`;
    view = data.view ?? page.told?.(view, data) ?? view;
    draw();
  });
  draw();
  return { choose, chosen: () => chosen };
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
