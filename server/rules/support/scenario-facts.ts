import { keyArn } from '../../../simulator/access/request.ts';
import { findKeySpec } from '../../../simulator/facts/key-specs.ts';
import { resolvePath } from '../../../simulator/json/place.ts';
import type { PolicyDocument } from '../../../simulator/policy/document.ts';
import type { PolicyUse } from '../../../simulator/scenario/outline.ts';
import type { SourceDocument } from '../../documents/source.ts';
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

/** The key policies that stand in a scenario, by the names of the keys. */
export function inlineKeyPolicies({ policies }: SourceDocument): ReadonlyMap<string, PolicyDocument> {
  const found = new Map<string, PolicyDocument>();
  for (const { policy, use } of policies) {
    const [section, name] = use?.path ?? [];
    if (section === 'keys' && typeof name === 'string') found.set(name, policy);
  }
  return found;
}

/** What a scenario says of the policies of its keys by itself: of those in files only that there are some. */
export function keyPoliciesIn(document: SourceDocument): DocumentFacts {
  const { scenario } = document;
  if (!scenario) return {};
  const inline = inlineKeyPolicies(document);
  const keyPolicies = scenario.names.declaredKeys
    .filter(({ name }) => resolvePath(scenario.root, ['keys', name, 'policy'])?.node)
    .map(({ name, description }) => [keyArn(description), inline.get(name)] as const);
  return keyPolicies.length > 0 ? { keyPolicies: new Map(keyPolicies) } : {};
}
