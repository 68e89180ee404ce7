import type { EncryptedDataKey, MessageHeader } from '../../simulator/envelope/format/header.ts';
import type { InspectedField, Inspection } from '../../simulator/envelope/inspect.ts';
import { suiteNumber } from '../../simulator/envelope/suites.ts';
import type { Sink } from '../output/terminal.ts';

/** A file by what may be told of it. */
export interface MeasuredFile {
  readonly file: string;
  readonly bytes: number;
  readonly fingerprint: string;
}

export interface Report {
  readonly operation: 'encrypt' | 'decrypt';
  readonly input: MeasuredFile;
  readonly output: MeasuredFile;
  readonly header: MessageHeader;
  readonly milliseconds: number;
}

export function reportJson({ operation, input, output, header, milliseconds }: Report): object {
  return { version: 1, operation, input, output, message: headerJson(header), milliseconds: Math.round(milliseconds) };
}

export function printReport({ operation, input, output, header, milliseconds }: Report, sink: Sink): void {
  const { colours } = sink;
  sink.line(`${colours.bold(`${operation}ed`)} ${input.file} to ${output.file} in ${Math.round(milliseconds)} ms`);
  const before = operation === 'encrypt' ? 'payload' : 'message';
  const after = operation === 'encrypt' ? 'message' : 'payload';
  printRows(sink, [[before, measured(input)], [after, measured(output)], ...headerRows(header)]);
}

export function inspectionJson(input: MeasuredFile, inspection: Inspection): object {
  const { fields, header, body, footer, problem } = inspection;
  return {
    version: 1,
    input,
    message: header ? headerJson(header) : null,
    fields,
    body: body ?? null,
    footer,
    problem: problem ?? null,
  };
}

export function printInspection(input: MeasuredFile, inspection: Inspection, sink: Sink): void {
  const { fields, header, body, footer, problem } = inspection;
  const { colours } = sink;
  sink.line(`${colours.bold(input.file)}: ${measured(input)}`);
  if (header) printRows(sink, headerRows(header));
  printFields(sink, 'header', fields);
  if (body) {
    const { frames, length, contentLength, firstFrame } = body;
    const parts = header?.framed ? `${count(frames, 'frame')} with` : 'without frames,';
    sink.line();
    sink.line(`body: ${count(length, 'byte')}, ${parts} ${count(contentLength, 'byte')} of payload`);
    printFields(sink, frames === 1 ? 'all of it' : 'the first frame', firstFrame);
  }
  if (footer.length > 0) printFields(sink, 'signature', footer);
  if (problem) sink.line(`\n${colours.red('problem')}: ${plain(problem.message)}`);
  else sink.line('\nNothing of this is authenticated: that needs the data key.');
}

function headerJson(header: MessageHeader): object {
  const { suite, encryptionContext, encryptedDataKeys, framed, frameLength } = header;
  return {
    format: suite.version,
    suite: suiteNumber(suite.id),
    signed: suite.signature !== undefined,
    frameLength: framed ? frameLength : null,
    encryptionContext,
    encryptedDataKeys: encryptedDataKeys.map((key) => ({ provider: key.providerId, key: keyName(key) })),
  };
}

type Row = readonly [label: string, value: string];

function headerRows({ suite, encryptionContext, encryptedDataKeys, framed, frameLength }: MessageHeader): Row[] {
  const pairs = Object.entries(encryptionContext).map(([key, value]) => `${key} = ${value}`);
  return [
    ['suite', `${suiteNumber(suite.id)}, ${suite.name}, message format ${suite.version}`],
    ['frames', framed ? `of ${count(frameLength, 'byte')}` : 'none'],
    ['context', pairs.length === 0 ? 'none' : pairs.join(', ')],
    ...encryptedDataKeys.map((key): Row => ['data key', `from ${key.providerId}, ${keyName(key) || 'without a name'}`]),
  ];
}

/** The name of a raw key is followed by binary numbers. */
function keyName({ providerId, providerInfo }: EncryptedDataKey): string {
  const bytes = Buffer.from(providerInfo);
  return bytes.toString(
    'utf8',
    0,
    providerId === 'aws-kms' ? bytes.length : Math.max(0, bytes.length - RAW_KEY_NUMBERS),
  );
}

/** Tag length, vector length and vector. */
const RAW_KEY_NUMBERS = 4 + 4 + 12;
const HEX_SHOWN = 48;
const NAME_WIDTH = 36;

function printRows(sink: Sink, rows: readonly Row[]): void {
  for (const [label, value] of rows) sink.line(`  ${sink.colours.dim(label.padEnd(9))} ${plain(value)}`);
}

function printFields(sink: Sink, title: string, fields: readonly InspectedField[]): void {
  sink.line(`\n${'byte'.padStart(10)}${'size'.padStart(9)}  ${sink.colours.bold(title)}`);
  for (const { name, offset, length, value, hex } of fields) {
    const shown = value ?? (hex.length > HEX_SHOWN ? `${hex.slice(0, HEX_SHOWN)}…` : hex);
    const start = `${String(offset).padStart(10)}${String(length).padStart(9)}`;
    sink.line(`${sink.colours.dim(start)}  ${name.padEnd(NAME_WIDTH)} ${plain(shown)}`.trimEnd());
  }
}

function measured({ bytes, fingerprint }: MeasuredFile): string {
  return `${count(bytes, 'byte')}, fingerprint ${fingerprint}`;
}

function count(value: number, word: string): string {
  return `${value.toLocaleString('en-US')} ${word}${value === 1 ? '' : 's'}`;
}

/** Without what would move the cursor or break the line: a message may come from anybody. */
function plain(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (each) => `\\u${(each.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
