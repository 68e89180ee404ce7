import type { PolicyDocument } from '../../../simulator/policy/document.ts';

/** The same question about a policy, asked once for each version of it, since several rules and every finding may ask. */
export function perPolicy<T>(ask: (policy: PolicyDocument) => T): (policy: PolicyDocument) => T {
  const answers = new WeakMap<PolicyDocument, { readonly answer: T }>();
  return (policy) => {
    let known = answers.get(policy);
    if (!known) {
      known = { answer: ask(policy) };
      answers.set(policy, known);
    }
    return known.answer;
  };
}
