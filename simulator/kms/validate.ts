import { type EncryptionContext, illFormedKey } from './encryption-context.ts';
import { invalid, KmsError } from './errors.ts';
import { type Members, problemsOf, wrongType } from './shapes.ts';

/** Throws what AWS answers to a request whose members have wrong types or break their constraints. */
export function validate(members: Members, input: Readonly<Record<string, unknown>>): void {
  const wrong = wrongType(members, input);
  if (wrong)
    throw new KmsError(
      'SerializationException',
      `${jsonType(wrong.value)} can not be converted to a${/^[AEIOU]/.test(wrong.type) ? 'n' : ''} ${wrong.type}`,
      `give \`${wrong.member}\` as the API has it`,
    );
  const problems = problemsOf(members, input);
  if (problems.length > 0) {
    const errors = problems.length === 1 ? 'validation error' : 'validation errors';
    throw invalid(`${problems.length} ${errors} detected: ${problems.join('; ')}`, remedyFor(problems));
  }
  for (const name in input) if (name.endsWith('EncryptionContext')) wellFormed(input[name]);
}

/** AWS documents no answer to text that has no UTF-8 form; refusing it keeps every context distinct. */
function wellFormed(context: unknown): void {
  if (!isContext(context) || illFormedKey(context) === undefined) return;
  throw invalid('', 'remove the unpaired surrogate from the encryption context');
}

const isContext = (value: unknown): value is EncryptionContext => typeof value === 'object' && value !== null;

/** As AWS's own parser names JSON values. */
function jsonType(value: unknown): string {
  if (typeof value === 'string') return 'STRING_VALUE';
  if (typeof value === 'number') return 'NUMBER_VALUE';
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
}

function remedyFor(problems: readonly string[]): string {
  if (problems.some((each) => each.includes("'plaintext'")))
    return 'give 1 to 4096 bytes; for more, ask for a data key and encrypt locally';
  if (problems.some((each) => each.includes("'ciphertextBlob'")))
    return 'give the ciphertext as KMS returned it, 1 to 6144 bytes; a locally encrypted message goes to the program that made it, which sends KMS the encrypted data key alone';
  return 'mend the members that are named';
}
