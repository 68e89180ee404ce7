import type { PolicyDocument } from '../../../simulator/policy/document.ts';
import { noted } from '../../../simulator/policy/notes.ts';

/** The same question about a policy, asked once for each version of it, since several rules and every finding may ask. */
export function perPolicy<T>(ask: (policy: PolicyDocument) => T): (policy: PolicyDocument) => T {
  return noted(ask);
}
