import type { GrantCheck, Need } from '../decision.ts';
import type { AccessRequest } from '../request.ts';
import type { Grant } from '../world.ts';
import { covers, type Pairs, sameSize, shownPairs } from './pairs.ts';

/**
 * A grant that is created by the right of another has no operation that the other lacks, and constraints as strict.
 * Source: KMS Developer Guide, "Creating grants" (grants from CreateGrant permission in a grant); checked 2026-11.
 */
export function childGrant(parent: Grant, { input }: AccessRequest): GrantCheck[] {
  const checks: GrantCheck[] = [operations(parent, input)];
  const child = input === undefined ? undefined : constraintsOf(input);
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = parent;
  const stricter: readonly [GrantCheck['part'], Pairs | undefined, (child: ChildConstraints) => boolean][] = [
    ['EncryptionContextEquals', equals, (each) => hasEqual(each.equals, equals ?? {})],
    ['EncryptionContextSubset', subset, (each) => covers(each.equals ?? each.subset ?? {}, subset ?? {})],
  ];
  for (const [part, pairs, isAsStrict] of stricter) {
    if (!pairs) continue;
    checks.push({
      part,
      matched: child ? isAsStrict(child) : 'unknown',
      expected: shownPairs(pairs),
      actual: shownPairs(child?.equals ?? child?.subset ?? {}),
      ...(child ? {} : { need: need('kms:EncryptionContextKeys', parent) }),
    });
  }
  if (parent.sourceArn !== undefined) {
    checks.push({
      part: 'SourceArn',
      matched: child ? child.sourceArn === parent.sourceArn : 'unknown',
      expected: [parent.sourceArn],
      actual: child?.sourceArn === undefined ? [] : [child.sourceArn],
      ...(child ? {} : { need: need('kms:GrantConstraintSourceArn', parent) }),
    });
  }
  return checks;
}

function operations(parent: Grant, input: AccessRequest['input']): GrantCheck {
  const listed = input?.['Operations'];
  const asked = Array.isArray(listed) ? listed.map(String) : undefined;
  return {
    part: 'Operations',
    matched: input ? (asked ?? []).every((operation) => parent.operations.includes(operation)) : 'unknown',
    expected: parent.operations,
    actual: asked ?? [],
    ...(input ? {} : { need: need('kms:GrantOperations', parent) }),
  };
}

interface ChildConstraints {
  readonly equals: Pairs | undefined;
  readonly subset: Pairs | undefined;
  readonly sourceArn: string | undefined;
}

function constraintsOf(input: Readonly<Record<string, unknown>>): ChildConstraints {
  const given = record(input['Constraints']) ?? {};
  const arn = given['SourceArn'];
  return {
    equals: pairs(given['EncryptionContextEquals']),
    subset: pairs(given['EncryptionContextSubset']),
    sourceArn: typeof arn === 'string' ? arn : undefined,
  };
}

const hasEqual = (child: Pairs | undefined, parent: Pairs): boolean =>
  child !== undefined && covers(child, parent) && sameSize(child, parent);

function pairs(value: unknown): Pairs | undefined {
  const given = record(value);
  return given && Object.fromEntries(Object.entries(given).map(([name, each]) => [name, String(each)]));
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
}

const need = (key: string, { place }: Grant): Need => ({
  type: 'context-key',
  key,
  place: place ?? { path: [] },
  effect: 'Allow',
});
