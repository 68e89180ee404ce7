import type { Reading } from './question.ts';
import { fullAction } from './words.ts';

/** Reads what a person types for “which operation”: `kms:Decrypt` or `Decrypt`. Whether it exists, the server says. */
export function readAction(text: string): Reading {
  const [service = '', ...rest] = fullAction(text).split(':');
  const name = rest.join(':');
  if (service.toLowerCase() !== 'kms') {
    return { problem: `only KMS actions can be simulated: write \`kms:Decrypt\`, not \`${text}\`` };
  }
  if (/[*?]/.test(name)) return { problem: 'a request asks for one action: write its name without wildcards' };
  if (!/^[A-Za-z]+$/.test(name))
    return { problem: `\`${text}\` is not an action: write \`kms:Decrypt\` or \`Decrypt\`` };
  return { value: `kms:${name}`, meaning: `asks for kms:${name}` };
}
