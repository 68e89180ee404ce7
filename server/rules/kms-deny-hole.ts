import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { multivaluedKeys } from './support/condition-sources.ts';
import { atKey, factOf, holdsWithoutKey, underOperator } from './support/conditions.ts';
import { allows } from './support/home-account.ts';
import { policyKinds } from './support/kinds.ts';
import { perPolicy } from './support/per-policy.ts';
import { kmsConditionKeys } from './support/sources.ts';

const DENY = { effect: 'Deny', action: '"kms:CreateGrant"' } as const;

export const kmsDenyHole = rule({
  id: 'kms-deny-hole',
  group: 'exposure',
  kinds: policyKinds,
  title: 'a `Deny` that the caller slips past by saying less, or more',
  documentation: {
    what:
      'A `Deny` whose condition the caller can make fail and still get what it forbids: by naming the key by its id where ' +
      'it tests `kms:RequestAlias`, without a parameter where it tests `kms:ExpirationModel` or `kms:ValidTo`, with a ' +
      'grant that has no constraint where it tests one, and with one value more where it tests a list with `ForAllValues`.',
    why:
      'A `Deny` applies only while its condition holds, and a condition fails for a request that lacks the key. Whoever ' +
      'shapes the request decides whether it is denied.',
    spares:
      'Negated operators, `IfExists` and `Null` `true`, which deny requests without the key, also in another statement; ' +
      'the encryption context of encrypting and decrypting, since AWS KMS binds it to the ciphertext; and keys that the ' +
      'caller does not choose.',
    bad: keyPolicyWithCondition(
      '"ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt", "CreateGrant"] }',
      DENY,
    ),
    good: keyPolicyWithCondition(
      '"ForAnyValue:StringEquals": { "kms:GrantOperations": ["Decrypt", "CreateGrant"] }',
      DENY,
    ),
    sources: [kmsConditionKeys, multivaluedKeys],
  },
  check: {
    policy(policy, { report }) {
      for (const statement of policy.statements) {
        for (const { hole, condition } of holesIn(statement)) {
          if (!hole.any && deniedWithout(policy).has(condition.key.lower)) continue;
          report({
            at: atKey(condition),
            message: `the \`Deny\` does not apply to ${hole.passes}`,
            why: hole.why,
            next: hole.any
              ? `use \`${hole.any}\``
              : `deny requests without \`${condition.key.text}\` as well, or test something else`,
            fixes: hole.any ? underOperator(condition, statement, hole.any, false) : [],
          });
        }
      }
    },
  },
});

interface Hole {
  /** The requests that get past the Deny. */
  readonly passes: string;
  readonly why: string;
  /** The operator that closes it, where another one does. */
  readonly any?: string;
}

/** The keys, in small letters, without which some Deny of the policy applies. */
const deniedWithout = perPolicy(({ statements }): ReadonlySet<string> => {
  const denying = statements.filter(({ effect }) => effect === 'Deny');
  const holding = denying.flatMap(({ conditions }) => conditions.filter((each) => holdsWithoutKey(each)));
  return new Set(holding.map(({ key }) => key.lower));
});

const holesIn = perStatement((statement) => {
  if (statement.effect !== 'Deny') return [];
  return statement.conditions.flatMap((condition) => {
    const hole = holeOf(condition, statement);
    return hole ? [{ hole, condition }] : [];
  });
});

function holeOf(condition: Condition, statement: Statement): Hole | undefined {
  const { operator } = condition;
  const name = factOf(condition)?.name;
  if (name === undefined || operator.base === undefined || operator.base === 'Null' || operator.negated)
    return undefined;
  if (operator.set === 'ForAllValues') return LISTS.has(name) ? oneMore(condition) : undefined;
  return holdsWithoutKey(condition) === false ? HOLES.get(name)?.(condition, statement) : undefined;
}

/** Keys that hold all that the caller lists, and that no ciphertext is bound to. */
const LISTS: ReadonlySet<string> = new Set(['aws:TagKeys', 'kms:GrantOperations']);

function oneMore({ operator, key }: Condition): Hole {
  return {
    passes: `requests that name one more value for \`${key.text}\``,
    why: `\`${operator.text}\` holds only while all of them are in the list`,
    any: operator.text.replace('ForAllValues', 'ForAnyValue').replace(/IfExists$/, ''),
  };
}

type Judge = (condition: Condition, statement: Statement) => Hole | undefined;

const HOLES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  [
    'kms:RequestAlias',
    () => ({
      passes: 'requests that name the key by its id or ARN',
      why: 'they have no `kms:RequestAlias`, though they use the same key',
    }),
  ],
  [
    'kms:ExpirationModel',
    ({ values }) =>
      values.some(({ text }) => text === 'KEY_MATERIAL_EXPIRES')
        ? {
            passes: 'requests that leave the expiration model out',
            why: 'they have no `kms:ExpirationModel`, and AWS KMS takes them as `KEY_MATERIAL_EXPIRES`',
          }
        : undefined,
  ],
  [
    'kms:ValidTo',
    ({ operator }) =>
      operator.base?.includes('GreaterThan')
        ? {
            passes: 'key material that never expires',
            why: 'such requests have no `kms:ValidTo`, which is later than any date',
          }
        : undefined,
  ],
  ['kms:GrantConstraintType', (_, statement) => unconstrained(statement, true)],
  ['kms:GrantConstraintSourceArn', (_, statement) => unconstrained(statement, true)],
  ['kms:EncryptionContext:${EncryptionContextKey}', (_, statement) => unconstrained(statement, false)],
  ['kms:EncryptionContextKeys', (_, statement) => unconstrained(statement, false)],
]);

/** A Deny of Decrypt as well, which no grant gets past, closes the way around a test of the encryption context. */
function unconstrained(statement: Statement, always: boolean): Hole | undefined {
  if (!allows(statement, 'CreateGrant') || (!always && allows(statement, 'Decrypt'))) return undefined;
  return {
    passes: 'grants without the constraint',
    why: 'they allow what the constraint would have limited',
  };
}
