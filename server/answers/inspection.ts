import type { EncryptedDataKey, MessageHeader } from '../../simulator/envelope/format/header.ts';
import type { InspectedField, InspectedFile, InspectedFrame } from '../../simulator/envelope/inspect.ts';
import { suiteNumber } from '../../simulator/envelope/suites.ts';

/** How the text of a terminal differs from that of a document. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
}

export const PLAIN: Style = { bold: (text) => text, dim: (text) => text, red: (text) => text };

/** What a message says of itself, line by line: all of it but the content of its frames. */
export function describeInspection(name: string, file: InspectedFile, style: Style = PLAIN): string[] {
  const { fields, header, body, frames, footer, problem } = file.inspection;
  const lines = [`${style.bold(plainText(name))}: ${measuredText(file)}`];
  if (file.isBase64) lines.push('  written in base64; bytes are counted in the message, not in the text');
  if (header) lines.push(...rowLines([...headerRows(header), ...protectionRows(header)], style, LABEL_WIDTH + 1));
  lines.push(...fieldLines('header', fields, style));
  if (body) {
    const { length, contentLength } = body;
    const parts = header?.framed ? `${count(body.frames, 'frame')} with` : 'without frames,';
    lines.push('', `body: ${count(length, 'byte')}, ${parts} ${count(contentLength, 'byte')} of payload`);
  }
  if (header?.framed && frames.length > 0) lines.push(...frameLines(frames, style));
  if (body) lines.push(...fieldLines(body.frames === 1 ? 'all of it' : 'the first frame', body.firstFrame, style));
  if (footer.length > 0) lines.push(...fieldLines('signature', footer, style));
  lines.push('');
  if (problem) lines.push(`${style.red('problem')}: ${plainText(problem.message)}`);
  else lines.push('Nothing of this is authenticated: that needs the data key.');
  return lines;
}

/** What each of the fields is for, each once. */
export function describeFields({ inspection }: InspectedFile): string[] {
  const all = [...inspection.fields, ...(inspection.body?.firstFrame ?? []), ...inspection.footer];
  const meanings = new Map<string, string>();
  for (const { name, meaning } of all) {
    if (!meaning.startsWith('length of ')) meanings.set(name.replace(/ \d+$/, ''), meaning);
  }
  if (meanings.size === 0) return [];
  return ['', 'What the fields are for', ...rowLines([...meanings], PLAIN, NAME_WIDTH)];
}

/** For a notification: `orders.enc: a message of 3 frames with 40 bytes of payload`. */
export function summarizeInspection(name: string, { inspection: { header, body, problem } }: InspectedFile): string {
  if (problem) return `${name}: ${problem.message}`;
  const parts = header?.framed ? `${count(body?.frames ?? 0, 'frame')} with ` : '';
  return `${name}: a message of ${parts}${count(body?.contentLength ?? 0, 'byte')} of payload`;
}

/** Whether it is anything else, rather than a message that is broken. */
export function isNoMessage({ inspection: { header, problem } }: InspectedFile): boolean {
  return !header && FIRST_FIELDS.has(problem?.place?.field ?? '');
}

const FIRST_FIELDS: ReadonlySet<string> = new Set(['version', 'type', 'algorithm suite']);

export type Row = readonly [label: string, value: string];

export function rowLines(rows: readonly Row[], { dim }: Style, width = LABEL_WIDTH): string[] {
  return rows.map(([label, value]) => `  ${dim(label.padEnd(width))} ${plainText(value)}`);
}

export function headerRows({ suite, encryptionContext, encryptedDataKeys, framed, frameLength }: MessageHeader): Row[] {
  const pairs = Object.entries(encryptionContext).map(([key, value]) => `${key} = ${value}`);
  return [
    ['suite', `${suiteNumber(suite.id)}, ${suite.name}, message format ${suite.version}`],
    ['frames', framed ? `of ${count(frameLength, 'byte')}` : 'none'],
    ['context', pairs.length === 0 ? 'none' : pairs.join(', ')],
    ...encryptedDataKeys.map((key): Row => {
      const name = keyName(key) || 'without a name';
      return ['data key', `from ${key.providerId}, ${name}`];
    }),
  ];
}

/** The name of a raw key is followed by binary numbers. */
export function keyName({ providerId, providerInfo }: EncryptedDataKey): string {
  const bytes = Buffer.from(providerInfo);
  const end = providerId === 'aws-kms' ? bytes.length : Math.max(0, bytes.length - RAW_KEY_NUMBERS);
  return bytes.toString('utf8', 0, end);
}

export function measuredText({ bytes, fingerprint }: { readonly bytes: number; readonly fingerprint: string }): string {
  return `${count(bytes, 'byte')}, fingerprint ${fingerprint}`;
}

/** Without what would move the cursor or break the line: a message may come from anybody. */
export function plainText(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (each) => `\\u${(each.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** What only an inspection tells. */
function protectionRows({ suite }: MessageHeader): Row[] {
  const committed = suite.version === 2;
  return [
    [
      'commitment',
      committed ? 'to its data key: no other one decrypts it' : 'none: another data key may decrypt it otherwise',
    ],
    ['signature', suite.signature ? `ECDSA ${suite.signature.jwkCurve}, at the end of the message` : 'none'],
  ];
}

function frameLines(frames: readonly InspectedFrame[], style: Style): string[] {
  const lines = [heading('frames', style)];
  let before = 0;
  for (const { number, offset, length, contentLength, final } of frames) {
    const left = number - before - 1;
    if (left > 0) lines.push(`${' '.repeat(PLACE_WIDTH)}  … ${count(left, 'more frame')}`);
    const mark = final ? ', the last one' : '';
    lines.push(
      fieldLine(
        { name: `frame ${number}`, offset, length },
        `${count(contentLength, 'byte')} of content${mark}`,
        style,
      ),
    );
    before = number;
  }
  return lines;
}

function fieldLines(title: string, fields: readonly InspectedField[], style: Style): string[] {
  const shown = fields.slice(0, FIELDS_SHOWN).map((field) => fieldLine(field, valueOf(field), style));
  const left = fields.length - shown.length;
  const more = left > 0 ? [`${' '.repeat(PLACE_WIDTH)}  … ${count(left, 'more field')}`] : [];
  return [heading(title, style), ...shown, ...more];
}

function heading(title: string, { bold }: Style): string {
  return `\n${'byte'.padStart(OFFSET_WIDTH)}${'size'.padStart(PLACE_WIDTH - OFFSET_WIDTH)}  ${bold(title)}`;
}

function fieldLine(
  { name, offset, length }: Pick<InspectedField, 'name' | 'offset' | 'length'>,
  shown: string,
  { dim }: Style,
): string {
  const place = `${String(offset).padStart(OFFSET_WIDTH)}${String(length).padStart(PLACE_WIDTH - OFFSET_WIDTH)}`;
  return `${dim(place)}  ${name.padEnd(NAME_WIDTH)} ${plainText(shown)}`.trimEnd();
}

/** The bytes as hexadecimal digits and, where they stand for something, that beside their beginning. */
function valueOf({ hex, value }: InspectedField): string {
  if (value === undefined) return short(hex, 2 * LONGEST_HEX);
  return `${short(hex, 2 * SHORT_HEX).padEnd(2 * SHORT_HEX + 1)} ${value}`;
}

function short(hex: string, digits: number): string {
  return hex.length > digits ? `${hex.slice(0, digits)}…` : hex;
}

function count(value: number, word: string): string {
  return `${value.toLocaleString('en-US')} ${word}${value === 1 ? '' : 's'}`;
}

/** Tag length, vector length and vector. */
const RAW_KEY_NUMBERS = 4 + 4 + 12;
const LABEL_WIDTH = 9;
const OFFSET_WIDTH = 10;
const PLACE_WIDTH = 19;
const NAME_WIDTH = 34;
/** In bytes: that of a message id or a key commitment, and what leaves room for a value. */
const LONGEST_HEX = 32;
const SHORT_HEX = 8;
/** A header may have hundreds of thousands. */
const FIELDS_SHOWN = 1000;
