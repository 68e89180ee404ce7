import { headerRows, keyName, measuredText, rowLines } from '../../server/answers/inspection.ts';
import type { Measured } from '../../simulator/envelope/counted.ts';
import type { MessageHeader } from '../../simulator/envelope/format/header.ts';
import type { InspectedFile } from '../../simulator/envelope/inspect.ts';
import { suiteNumber } from '../../simulator/envelope/suites.ts';
import type { Sink } from '../output/terminal.ts';

/** A file by what may be told of it. */
export interface MeasuredFile extends Measured {
  readonly file: string;
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
  const rows = [[before, measuredText(input)] as const, [after, measuredText(output)] as const, ...headerRows(header)];
  for (const line of rowLines(rows, colours)) sink.line(line);
}

export function inspectionJson(file: string, { bytes, fingerprint, isBase64, inspection }: InspectedFile): object {
  const { fields, header, body, frames, footer, problem } = inspection;
  return {
    version: 1,
    input: { file, bytes, fingerprint, encoding: isBase64 ? 'base64' : 'binary' },
    message: header ? headerJson(header) : null,
    fields,
    body: body ?? null,
    frames,
    footer,
    problem: problem ?? null,
  };
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
