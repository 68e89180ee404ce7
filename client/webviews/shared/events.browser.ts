import { colouredJson } from './json.browser.ts';
import { button, made } from './page.browser.ts';

// What tables of events share: rows that open to show the event as JSON.

/**
 * The button of a row that opens it, as a click anywhere in the row does.
 *
 * @param focus by which it is found again when the rows are made anew
 */
export function opener(
  line: HTMLElement,
  text: string,
  isOpen: boolean,
  focus: string,
  toggle: () => void,
): HTMLButtonElement {
  line.addEventListener('click', ({ target }) => {
    // Who selects text to copy it, or presses a button, wants no more than that.
    if (target instanceof Element && !target.closest('button') && String(getSelection()) === '') toggle();
  });
  const name = button(text, 'name', toggle);
  name.dataset['focus'] = focus;
  name.setAttribute('aria-expanded', String(isOpen));
  name.addEventListener('keydown', move);
  return name;
}

/** Up and down lead from event to event. */
function move(press: KeyboardEvent): void {
  const way = press.key === 'ArrowDown' ? 1 : press.key === 'ArrowUp' ? -1 : 0;
  if (way === 0) return;
  press.preventDefault();
  const events = [...document.querySelectorAll<HTMLButtonElement>('button.name')];
  events[events.indexOf(press.currentTarget as HTMLButtonElement) + way]?.focus();
}

export function jsonOf(record: object, label: string): HTMLElement {
  const json = made('pre');
  json.tabIndex = 0;
  json.setAttribute('aria-label', label);
  json.append(...colouredJson(record));
  return json;
}

/** A cell with a line for each text. */
export function lines(texts: readonly string[]): HTMLElement {
  const cell = made('td');
  cell.append(...texts.map((text) => made('div', text)));
  return cell;
}

/** A row that says something. */
export function note(text: string, columns: number): HTMLElement {
  const line = made('tr');
  const cell = made('td', text, 'detail');
  cell.colSpan = columns;
  line.append(cell);
  return line;
}
