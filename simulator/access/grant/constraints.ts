import { findGrantOperation } from '../../facts/grant-operations.ts';
import type { Truth } from '../../policy/truth.ts';
import type { AssumptionId } from '../assumptions.ts';
import type { GrantCheck, Need } from '../decision.ts';
import type { PreparedRequest } from '../prepared.ts';
import { childGrant } from './child.ts';
import type { CompiledGrant } from './compiled.ts';
import { compareContext, type Pairs, shownPairs } from './pairs.ts';

export interface Checked {
  readonly checks: readonly GrantCheck[];
  readonly assumed: readonly AssumptionId[];
}

/**
 * Compares the constraints of a grant with a request. Those on the encryption context count for operations that carry
 * one, on symmetric keys; for CreateGrant the new grant must be as strict.
 * Source: AWS KMS API Reference, GrantConstraints; KMS Developer Guide, "Grants in AWS KMS"; checked 2026-11.
 */
export function checkConstraints(compiled: CompiledGrant, prepared: PreparedRequest): Checked {
  const { request } = prepared;
  const how = findGrantOperation(request.action)?.contextConstraint;
  const checks: GrantCheck[] = [];
  const assumed: AssumptionId[] = [];
  const takesContext = request.key?.spec === undefined || request.key.spec === 'SYMMETRIC_DEFAULT';
  if (how === 'request' && takesContext) {
    for (const [part, pairs] of contextConstraints(compiled)) {
      const { matched, otherCase } = compareContext(part, pairs, request.encryptionContext ?? {});
      checks.push({
        part,
        matched,
        expected: shownPairs(pairs),
        actual: shownPairs(request.encryptionContext ?? {}),
      });
      if (otherCase) assumed.push('grant-context-key-case');
    }
  }
  if (how === 'child-grant') checks.push(...childGrant(compiled.grant, request));
  if (compiled.sourceArn) {
    const check = sourceArn(compiled, prepared);
    checks.push(check);
    if (check.matched === true && check.actual[0] !== compiled.sourceArn.pattern)
      assumed.push('grant-source-arn-pattern');
  }
  return { checks, assumed };
}

type ContextConstraint = readonly ['EncryptionContextEquals' | 'EncryptionContextSubset', Pairs];

export function contextConstraints({ grant }: CompiledGrant): readonly ContextConstraint[] {
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = grant;
  const constraints: ContextConstraint[] = [];
  if (equals) constraints.push(['EncryptionContextEquals', equals]);
  if (subset) constraints.push(['EncryptionContextSubset', subset]);
  return constraints;
}

/** Only services that call as themselves, for one of their resources, bring its ARN. */
function sourceArn({ grant, sourceArn: wanted }: CompiledGrant, { values }: PreparedRequest): GrantCheck {
  const value = values.get('aws:sourcearn');
  const actual = value.state === 'present' ? value.values : [];
  const matched: Truth =
    value.state === 'unknown' ? 'unknown' : actual.length === 1 && wanted?.matches(actual[0] ?? '') === true;
  const need: Need = { type: 'context-key', key: 'aws:SourceArn', place: grant.place ?? { path: [] }, effect: 'Allow' };
  return {
    part: 'SourceArn',
    matched,
    expected: wanted ? [wanted.pattern] : [],
    actual,
    ...(matched === 'unknown' ? { need } : {}),
  };
}
