import type fc from 'fast-check';
import type { Example } from '../reference/model.ts';

/** Worlds that each property is tried on. */
export const WORLDS = Number(process.env['KMS_LENS_WORLDS'] ?? 5_000);
/** Milliseconds that nobody waits for in a run of the usual size. */
export const LONG = 60 * 60 * 1000;

/** Something that holds for every example; what is generated is plain JSON, so that a failure can be kept as a file. */
export interface Property {
  /** Says what holds, and names the files of its failures. */
  readonly name: string;
  readonly generated: fc.Arbitrary<unknown>;
  /** Throws where it does not hold. */
  readonly check: (value: unknown) => void;
}

export function property<T>(name: string, generated: fc.Arbitrary<T>, check: (value: T) => void): Property {
  return { name, generated, check: (value) => check(revived(value) as T) };
}

/** JSON drops members that are undefined, and a request always says whether it concerns a key. */
function revived(value: unknown): unknown {
  const { example } = value as { readonly example?: Example };
  if (!example) return value;
  return { ...(value as object), example: { ...example, request: { ...example.request, key: example.request.key } } };
}
