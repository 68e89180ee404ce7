import type { RoundTripReport } from '../../simulator/envelope/round-trip.ts';
import { type Report, ReportWriter } from './writer.ts';

/** The readable form of an envelope round trip: each step with sizes and fingerprints, then what goes wrong when. */
export function describeRoundTrip(result: RoundTripReport): Report {
  const out = new ReportWriter();
  out.title(`Envelope round trip: ${result.outcome === 'ok' ? 'the payload came back unchanged' : 'stopped'}`);
  out.table([
    ['key', result.keyArn],
    ['caller', result.principal],
    ['context', pairs(result.encryptionContext)],
    ['payload', `${result.payload.bytes} bytes, fingerprint ${result.payload.fingerprint}`],
  ]);
  out
    .line()
    .line('  Everything here is simulated and stays on this machine. Keys and payloads never appear, only sizes and');
  out.line('  fingerprints: two equal fingerprints mean the same bytes.');

  out.heading('Step by step');
  result.steps.forEach(({ title, outcome, facts, because, error }, index) => {
    out.line(`${MARK[outcome]} ${index + 1}. ${title}`);
    if (because) out.line(`      ${plain(because)}`);
    if (error) out.line(`      ${error.name}${error.message ? `: ${plain(error.message)}` : ''}`);
    if (error?.remedy) out.line(`      what to do: ${plain(error.remedy)}`);
    const width = Math.max(0, ...facts.map(({ label }) => label.length));
    for (const { label, value } of facts) out.line(`      ${label.padEnd(width)}  ${plain(value)}`);
    out.line();
  });

  const { message } = result;
  if (message) {
    out.heading('The message, field by field');
    out.line(
      `  ${message.bytes} bytes: header ${message.headerBytes}, body ${message.bodyBytes} in ${count(message.frames, 'frame')}; ${message.overheadBytes} more than the payload`,
    );
    out.line();
    for (const { offset, length, name, value, hex } of message.headerFields)
      out.line(
        `  ${String(offset).padStart(5)} ${String(length).padStart(4)}  ${name.padEnd(NAME_WIDTH)}  ${plain(value ?? short(hex))}`,
      );
    out.line();
  }

  out.heading('The same with one thing changed');
  if (result.demonstrationsNote) out.line(`  ${plain(result.demonstrationsNote)}`).line();
  for (const { title, whatChanged, stoppedAt, error, why, lesson } of result.demonstrations) {
    out.line(`✗ ${title}`);
    out.table([
      ['    changed', plain(whatChanged)],
      ['    stops at', plain(stoppedAt)],
      ['    with', `${error.name}${error.message ? `: ${plain(error.message)}` : ''}`],
      ['    because', plain(why)],
      ['    lesson', plain(lesson)],
    ]);
    out.line();
  }
  return out.report();
}

/** For the end of a line: `round trip ok: 57 bytes → 432 bytes → 57 bytes`. */
export function summarizeRoundTrip({ outcome, payload, message, steps }: RoundTripReport): string {
  if (outcome === 'ok' && message)
    return `round trip ok: ${payload.bytes} bytes, as a message ${message.bytes}, and back`;
  const stopped = steps.find((step) => step.outcome === 'stopped');
  return `round trip stopped at ${stopped?.title ?? 'the start'}`;
}

const MARK = { ok: '✓', stopped: '✗', skipped: '–' } as const;
const NAME_WIDTH = 28;
const HEX_SHOWN = 32;

const plain = (text: string): string => text.replaceAll('`', '');

const short = (hex: string): string => (hex.length > HEX_SHOWN ? `${hex.slice(0, HEX_SHOWN)}…` : hex);

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

function pairs(context: Readonly<Record<string, string>>): string {
  const entries = Object.entries(context);
  return entries.length === 0 ? 'none' : entries.map(([name, value]) => `${name} = ${value}`).join(', ');
}
