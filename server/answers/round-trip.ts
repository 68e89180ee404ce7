import { type AppliedChange, errorText, type RoundTripReport } from '../../simulator/envelope/round-trip/report.ts';
import type { Demonstrations } from '../../simulator/envelope/round-trip.ts';
import { type Report, ReportWriter, wrap } from './writer.ts';

type Step = RoundTripReport['steps'][number];
type Message = NonNullable<RoundTripReport['message']>;

/** The readable form of an envelope round trip: each step with sizes and fingerprints, then what goes wrong when. */
export function describeRoundTrip(result: RoundTripReport, demonstrations?: Demonstrations): Report {
  return new RoundTripDescription(result, demonstrations).write();
}

/** For the end of a line: `round trip ok: 53 bytes, as a message 486, and back`. */
export function summarizeRoundTrip({ outcome, payload, message, steps }: RoundTripReport): string {
  if (outcome === 'ok' && message)
    return `round trip ok: ${count(payload.bytes, 'byte')}, as a message ${number(message.bytes)}, and back`;
  const stopped = steps.find((step) => step.outcome === 'stopped');
  return `round trip stopped at ${stopped?.title ?? 'the start'}`;
}

class RoundTripDescription {
  private readonly out = new ReportWriter();
  private readonly result: RoundTripReport;
  private readonly demonstrations: Demonstrations | undefined;

  constructor(result: RoundTripReport, demonstrations: Demonstrations | undefined) {
    this.result = result;
    this.demonstrations = demonstrations;
  }

  write(): Report {
    const { out, result } = this;
    out.title(`Envelope round trip: ${this.outcome()}`);
    this.rows('  ', [
      ['key', result.keyArn],
      ['caller', result.principal],
      ...(result.decrypts === result.principal ? [] : [['decrypts', result.decrypts] as const]),
      ['context', pairs(result.encryptionContext)],
      ['payload', sizeText(result.payload)],
    ]);
    out.line();
    this.paragraph('  ', ABOUT);
    if (result.asIfAllowed) this.paragraph('  ', AS_IF_ALLOWED);
    if (result.change) {
      out.heading('What was changed on purpose');
      this.change(result.change);
    }
    out.heading('Step by step');
    result.steps.forEach((step, index) => {
      this.step(step, index + 1);
    });
    if (result.steps.at(-1)?.outcome === 'skipped') out.line();
    if (result.message) this.message(result.message);
    if (this.demonstrations) this.others(this.demonstrations);
    return out.report();
  }

  private others({ note, changes }: Demonstrations): void {
    const { out } = this;
    out.heading('The same with one thing changed');
    if (note) {
      this.paragraph('  ', `${note}.`);
      out.line();
    }
    for (const change of changes) this.change(change);
  }

  private outcome(): string {
    const { outcome, steps } = this.result;
    if (outcome === 'ok') return 'the payload came back unchanged';
    return `stopped at step ${steps.findIndex((step) => step.outcome === 'stopped') + 1}`;
  }

  private step({ title, outcome, facts, because, error }: Step, position: number): void {
    this.out.line(`${MARK[outcome]} ${position}. ${title}${outcome === 'skipped' ? ' (not reached)' : ''}`);
    if (outcome === 'skipped') return;
    if (because) this.paragraph('     ', because);
    this.rows('     ', [
      ...facts.map(({ label, value }) => [label, value] as const),
      ...(error ? [['stopped with', errorText(error)] as const, ['what to do', error.remedy] as const] : []),
    ]);
    this.out.line();
  }

  private message(message: Message): void {
    const { out } = this;
    out.heading('The message, field by field');
    const { bytes, headerBytes, bodyBytes, frames, headerFields, firstFrameFields } = message;
    out.line(
      `  ${count(bytes, 'byte')}: header ${number(headerBytes)}, ${count(frames, 'frame')} ${number(bodyBytes)}`,
    );
    this.fields('header', headerFields);
    this.fields(frames === 1 ? 'the only frame' : `frame 1 of ${number(frames)}`, firstFrameFields);
    out.line();
  }

  private fields(title: string, fields: Message['headerFields']): void {
    this.out.line().line('   byte  size  ', title);
    for (const { offset, length, name, value, hex } of fields) {
      const start = `  ${String(offset).padStart(5)} ${String(length).padStart(5)}  `;
      const labelled = `${start}${name.padEnd(FIELD_NAME_WIDTH)}`;
      const shown = plain(value ?? shortHex(hex));
      if (labelled.length + shown.length <= WIDTH) this.out.line(labelled, shown);
      else {
        this.out.line(labelled);
        this.paragraph(' '.repeat(start.length + 2), shown);
      }
    }
  }

  private change({ title, whatChanged, stoppedAt, error, why, lesson }: AppliedChange): void {
    this.out.line(`${MARK[error ? 'stopped' : 'ok']} ${title}`);
    this.rows('     ', [
      ['changed', whatChanged],
      ['stops at', stoppedAt ?? 'nothing: it goes through'],
      ...(error ? [['with', errorText(error)] as const] : []),
      ['because', why],
      ['lesson', lesson],
    ]);
    this.out.line();
  }

  /** Labels and texts in two columns. */
  private rows(indent: string, rows: readonly (readonly [label: string, text: string])[]): void {
    const width = Math.max(0, ...rows.map(([label]) => label.length));
    for (const [label, text] of rows) this.paragraph(`${indent}${label.padEnd(width)}  `, text);
  }

  /** The text after `start`, and its further lines below where it began. */
  private paragraph(start: string, text: string): void {
    wrap(plain(text), WIDTH - start.length).forEach((line, index) => {
      this.out.line(index === 0 ? start : ' '.repeat(start.length), line);
    });
  }
}

const ABOUT =
  'Everything here is simulated and stays on this machine. Keys and payloads never appear, only sizes and fingerprints: two equal fingerprints mean the same bytes.';
const AS_IF_ALLOWED = 'Shown as if policies allowed everything to everybody but an attacker.';
const MARK = { ok: '✓', stopped: '✗', skipped: '–' } as const;
/** In characters, so that it fits beside the policy; only a word that is longer goes beyond. */
const WIDTH = 68;
const FIELD_NAME_WIDTH = 36;
const HEX_SHOWN = 32;

/** Without the marks of code, and without what would break a line. */
function plain(text: string): string {
  return text.replaceAll('`', '').replace(/\p{Cc}|\u2028|\u2029/gu, escaped);
}

/** `\u000a` for a line feed. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function shortHex(hex: string): string {
  return hex.length > HEX_SHOWN ? `${hex.slice(0, HEX_SHOWN)}…` : hex;
}

function sizeText({ bytes, fingerprint }: RoundTripReport['payload']): string {
  return fingerprint === undefined ? count(bytes, 'byte') : `${count(bytes, 'byte')}, fingerprint ${fingerprint}`;
}

function count(value: number, word: string): string {
  return `${number(value)} ${word}${value === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function pairs(context: Readonly<Record<string, string>>): string {
  const entries = Object.entries(context);
  return entries.length === 0 ? 'none' : entries.map(([name, value]) => `${name} = ${value}`).join(', ');
}
