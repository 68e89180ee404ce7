import { type EncryptionContext, illFormedKey } from './encryption-context.ts';
import { KmsError } from './errors.ts';

/** Throws AWS's ValidationException for what was found wrong with the members of a request, if anything was. */
export function checkConstraints(problems: readonly (string | undefined)[], remedy: string): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length === 0) return;
  const errors = found.length === 1 ? 'validation error' : 'validation errors';
  throw new KmsError('ValidationException', `${found.length} ${errors} detected: ${found.join('; ')}`, remedy);
}

/** For plaintexts and ciphertexts, whose value AWS leaves out of the message. */
export function bytesLength(member: string, value: Uint8Array, maximum: number): string | undefined {
  return lengthProblem(`Value at '${member}'`, value.length, maximum);
}

export function textLength(member: string, value: string | undefined, maximum: number): string | undefined {
  return value === undefined ? undefined : lengthProblem(`Value '${value}' at '${member}'`, value.length, maximum);
}

/** For whole numbers. Fractions cannot be sent to AWS, which thus has no message for them; they are refused in ours. */
export function range(member: string, value: number | undefined, minimum: number, maximum: number): string | undefined {
  if (value === undefined) return undefined;
  if (!Number.isInteger(value)) return `${failed(`Value '${value}' at '${member}'`)} be a whole number`;
  if (value >= minimum && value <= maximum) return undefined;
  const bound = value > maximum ? `less than or equal to ${maximum}` : `greater than or equal to ${minimum}`;
  return `${failed(`Value '${value}' at '${member}'`)} have value ${bound}`;
}

export function oneOf(member: string, value: string | undefined, allowed: readonly string[]): string | undefined {
  if (value === undefined || allowed.includes(value)) return undefined;
  return `${failed(`Value '${value}' at '${member}'`)} satisfy enum value set: [${allowed.join(', ')}]`;
}

/** AWS documents no answer to text that has no UTF-8 form; refusing it keeps every context distinct. */
export function wellFormedContext(context: EncryptionContext | undefined): void {
  if (context === undefined || illFormedKey(context) === undefined) return;
  const message = 'The encryption context contains text that is not valid Unicode.';
  throw new KmsError('ValidationException', message, 'remove the unpaired surrogate from the encryption context');
}

function lengthProblem(what: string, length: number, maximum: number): string | undefined {
  if (length < 1) return `${failed(what)} have length greater than or equal to 1`;
  return length > maximum ? `${failed(what)} have length less than or equal to ${maximum}` : undefined;
}

function failed(what: string): string {
  return `${what} failed to satisfy constraint: Member must`;
}
