import { findKeySpec } from '../../../simulator/facts/key-specs.ts';
import type { PolicyUse } from '../../../simulator/scenario/outline.ts';
import type { DocumentFacts } from '../rule.ts';

/** What a scenario tells of the principal or the key whose policy stands in it, as far as it makes sense. */
export function factsOfUse({ account = '', key }: PolicyUse): DocumentFacts {
  const spec = findKeySpec(key?.spec ?? '');
  return {
    ...(/^\d{12}$/.test(account) ? { account } : {}),
    ...(spec && key?.spec ? { keySpec: key.spec } : {}),
    ...(spec?.uses.some(({ usage }) => usage === key?.usage) && key?.usage ? { keyUsage: key.usage } : {}),
  };
}
