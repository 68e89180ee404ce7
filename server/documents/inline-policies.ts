import type { Path } from '../../simulator/json/place.ts';
import { type PolicyDocument, readPolicy } from '../../simulator/policy/document.ts';
import type { PolicyUse } from '../../simulator/scenario/outline.ts';
import { isWithin } from '../../simulator/scenario/read.ts';
import type { Found } from './at.ts';
import { type Part, partOfPolicy } from './part.ts';
import type { SourceDocument } from './source.ts';

/** A policy that stands in a scenario. Its paths are those of the scenario. */
export interface InlinePolicy {
  readonly kind: PolicyUse['kind'];
  readonly base: Path;
  readonly policy: PolicyDocument;
}

/** The policy of a scenario that a path leads to or into. */
export function inlinePolicyAt({ scenario }: SourceDocument, path: Path): InlinePolicy | undefined {
  const use = scenario?.policies.find((each) => each.inline && isWithin(path, each.path));
  return use && inlinePolicy(use);
}

/** Every policy that stands in a scenario. */
export function inlinePoliciesOf({ scenario }: SourceDocument): readonly InlinePolicy[] {
  return (scenario?.policies ?? []).flatMap((use) => inlinePolicy(use) ?? []);
}

export function partOfInline({ policy, base }: InlinePolicy, found: Found): Part | undefined {
  return partOfPolicy(policy, found, found.path.slice(base.length));
}

const kept = new WeakMap<PolicyUse, InlinePolicy>();

function inlinePolicy(use: PolicyUse): InlinePolicy | undefined {
  const { kind, path, inline } = use;
  if (!inline) return undefined;
  const known = kept.get(use) ?? { kind, base: path, policy: readPolicy(inline, path) };
  kept.set(use, known);
  return known;
}
