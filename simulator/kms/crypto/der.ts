/** As much of DER as keys and signatures need. */

export const SEQUENCE = 0x30;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;

export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Uint8Array.of(tag, ...lengthOf(content.length)), content]);
}

export function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return (bytes[0] ?? 0) & 0x80 ? der(INTEGER, Uint8Array.of(0), bytes) : der(INTEGER, bytes);
}

/** A bit string of whole bytes. */
export const derBits = (bytes: Uint8Array): Buffer => der(BIT_STRING, Uint8Array.of(0), bytes);

export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  /** With its tag and length. */
  readonly whole: Buffer;
}

/** The values that follow each other in the bytes; undefined where they are no DER. */
export function readDer(bytes: Uint8Array): readonly DerValue[] | undefined {
  const data = Buffer.from(bytes);
  const values: DerValue[] = [];
  for (let at = 0; at < data.length; ) {
    const tag = data[at] ?? 0;
    const first = data[at + 1] ?? 0x80;
    const extra = first < 0x80 ? 0 : first - 0x80;
    if (first === 0x80 || extra > 2) return undefined;
    const start = at + 2 + extra;
    const length = extra === 0 ? first : start <= data.length ? data.readUIntBE(at + 2, extra) : data.length;
    const whole = data.subarray(at, start + length);
    const content = whole.subarray(2 + extra);
    if (content.length !== length || !der(tag, content).equals(whole)) return undefined;
    values.push({ tag, content, whole });
    at = start + length;
  }
  return values;
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
