import { findAction } from '../facts/actions.ts';
import type { Decision, Verdict } from './decision.ts';
import { isBarred } from './operation-rules.ts';
import { askAll } from './parts.ts';
import { prepare } from './prepared.ts';
import type { AccessRequest } from './request.ts';
import { toDecision, weigh } from './verdict.ts';
import { isLetIn, waysIn } from './ways.ts';
import type { World } from './world.ts';

/**
 * Decides whether KMS would authorize a request. Pure, and the only evaluator there is: the explanation is what it
 * looked at, not a second opinion. docs/decision.md explains the logic.
 *
 * Source: KMS Developer Guide, "Key policies" and "Determining access to AWS KMS keys"; IAM User Guide, "Policy
 * evaluation logic" and "Cross-account policy evaluation logic"; checked 2026-11.
 */
export function decide(request: AccessRequest, world: World): Decision {
  const prepared = prepare(request, world);
  const parts = askAll(world, prepared);
  const barred = isBarred(request);
  return toDecision({ request, parts, barred, ways: barred ? [] : waysIn(request, parts) });
}

/** The verdict alone, by the same rules: for whoever asks about many requests and shows the reasons of few. */
export function verdictOf(request: AccessRequest, world: World): Verdict {
  if (isBarred(request)) return 'denied';
  const parts = askAll(world, prepare(request, world, false));
  return weigh(parts, isLetIn(request, parts)).verdict;
}

/** The permission in AWS's spelling: `kms:decrypt` and `Decrypt` are `Decrypt`. Undefined where KMS has none such. */
export function permissionOf(action: string): string | undefined {
  return findAction(action.replace(/^kms:/i, ''))?.name;
}
