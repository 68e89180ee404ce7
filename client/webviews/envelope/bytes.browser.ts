import type { EnvelopeField, EnvelopeMessage } from '../../../server/protocol.ts';
import { byId, made } from '../shared/page.browser.ts';

/** The fields of the message beside its bytes: one of them is chosen, and stands out in both. */
export function drawBytes(message: EnvelopeMessage | undefined): void {
  byId('message').hidden = message === undefined;
  if (!message) return;
  const fields = [...message.headerFields, ...message.firstFrameFields];
  byId('sizes').textContent = sizesOf(message);
  const list = byId('fields');
  list.replaceChildren(...fields.map((field, index) => optionOf(field, index, index === message.headerFields.length)));
  drawHex(message, fields);
  const tampered = fields.findIndex(({ offset, length }) => isIn(message.tampered?.offset ?? -1, offset, length));
  choose = (index) => chooseIn(fields, Math.min(Math.max(index, 0), fields.length - 1), message);
  choose(tampered < 0 ? Math.min(chosen, fields.length - 1) : tampered);
}

let chosen = 0;
let choose: (index: number) => void = () => undefined;

const isIn = (byte: number, offset: number, length: number): boolean => offset <= byte && byte < offset + length;

function sizesOf({ bytes, headerBytes, bodyBytes, frames }: EnvelopeMessage): string {
  const count = (value: number) => value.toLocaleString('en-US');
  const framesText = frames === 1 ? '1 frame' : `${count(frames)} frames`;
  return `${count(bytes)} bytes: a header of ${count(headerBytes)} and ${framesText} of ${count(bodyBytes)}. Choose a field, or point at a byte.`;
}

function optionOf({ name, offset, length }: EnvelopeField, index: number, startsFrame: boolean): HTMLElement {
  const option = made('div', '', startsFrame ? 'option first-of-frame' : 'option');
  option.id = `field-${index}`;
  option.setAttribute('role', 'option');
  option.append(made('span', String(offset), 'offset'), made('span', name), made('span', String(length), 'length'));
  option.addEventListener('click', () => choose(index));
  return option;
}

function drawHex({ start, tampered, bytes }: EnvelopeMessage, fields: readonly EnvelopeField[]): void {
  const lines: HTMLElement[] = [];
  const count = start.length / 2;
  for (let from = 0; from < count; from += PER_LINE) {
    const line = made('div', '', 'hex-line');
    line.append(made('span', from.toString(16).padStart(4, '0'), 'offset'));
    for (let at = from; at < Math.min(from + PER_LINE, count); at++)
      line.append(byteOf(start, at, fields, tampered?.offset));
    lines.push(line);
  }
  if (count < bytes)
    lines.push(made('div', `… ${(bytes - count).toLocaleString('en-US')} bytes more`, 'hex-line detail'));
  byId('hex').replaceChildren(...lines);
}

const PER_LINE = 16;

/** As it is stored: where a bit was flipped, with that bit flipped. */
function byteOf(
  start: string,
  at: number,
  fields: readonly EnvelopeField[],
  tampered: number | undefined,
): HTMLElement {
  const written = start.slice(2 * at, 2 * at + 2);
  const isTampered = at === tampered;
  const stored = isTampered ? (Number.parseInt(written, 16) ^ 1).toString(16).padStart(2, '0') : written;
  const byte = made('span', stored, isTampered ? 'byte flipped' : 'byte');
  const index = fields.findIndex(({ offset, length }) => isIn(at, offset, length));
  byte.dataset['field'] = String(index);
  if (isTampered) byte.title = `was ${written}`;
  byte.addEventListener('mouseenter', () => choose(index));
  return byte;
}

function chooseIn(fields: readonly EnvelopeField[], index: number, { tampered }: EnvelopeMessage): void {
  const field = fields[index];
  if (!field) return;
  chosen = index;
  const list = byId('fields');
  for (const option of list.querySelectorAll('.option'))
    option.setAttribute('aria-selected', String(option.id === `field-${index}`));
  list.setAttribute('aria-activedescendant', `field-${index}`);
  show(list, list.querySelector<HTMLElement>(`#field-${index}`));
  for (const byte of byId('hex').querySelectorAll<HTMLElement>('.byte'))
    byte.classList.toggle('chosen', byte.dataset['field'] === String(index));
  if (!byId('hex').matches(':hover')) show(byId('hex'), byId('hex').querySelector<HTMLElement>('.chosen'));
  const { name, meaning, value, offset, length } = field;
  const flipped = tampered && isIn(tampered.offset, offset, length) ? ' One bit of it was flipped.' : '';
  const line = byId('field');
  line.replaceChildren(
    made('strong', name),
    document.createTextNode(`: ${meaning.replaceAll('`', '')}.${flipped}`),
    ...(value === undefined ? [] : [made('code', value)]),
  );
}

/** Scrolls a list, and never the page. */
function show(list: HTMLElement, element: HTMLElement | null): void {
  if (!element) return;
  const { top, bottom } = element.getBoundingClientRect();
  const seen = list.getBoundingClientRect();
  if (top < seen.top) list.scrollTop -= seen.top - top;
  if (seen.bottom < bottom) list.scrollTop += bottom - seen.bottom;
}

byId('fields').addEventListener('keydown', (press) => {
  const next: Readonly<Record<string, number>> = {
    ArrowDown: chosen + 1,
    ArrowUp: chosen - 1,
    Home: 0,
    End: Number.MAX_SAFE_INTEGER,
  };
  const index = next[press.key];
  if (index === undefined) return;
  press.preventDefault();
  choose(index);
});
