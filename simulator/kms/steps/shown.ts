/** What nobody should read in full, by the names of the API. */
const SECRET: ReadonlySet<string> = new Set(['Plaintext', 'PrivateKeyPlaintext', 'SharedSecret']);

/** So many bytes of text are shown whole. */
const FEW = 32;
/** So many bytes of anything else. */
const SHORT = 12;

/** A response as JSON has it: long bytes cut short, secret ones but for a short text left out. */
export function shownResponse(output: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(output)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, shown(name, value)]),
  );
}

function shown(name: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return SECRET.has(name) ? secretBytes(value) : someBytes(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((each) => shown(name, each));
  return typeof value === 'object' && value !== null ? shownResponse(value) : value;
}

function secretBytes(value: Uint8Array): string {
  const text = Buffer.from(value).toString('utf8');
  return value.length <= FEW && /^[\x20-\x7e]+$/.test(text) ? `text:${text}` : `(${lengthOf(value)})`;
}

function someBytes(value: Uint8Array): string {
  const start = Buffer.from(value.subarray(0, SHORT)).toString('base64');
  return value.length <= SHORT ? `base64:${start}` : `base64:${start}… (${lengthOf(value)})`;
}

const lengthOf = ({ length }: Uint8Array): string => `${length} ${length === 1 ? 'byte' : 'bytes'}`;
