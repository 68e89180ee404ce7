import { keySpecs } from '../../simulator/facts/key-specs.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { type DocumentFacts, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { atKey, effectWithoutKey, factOf, holdsWithoutKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

const withSpec = (spec: string): string =>
  `"StringEquals": {\n  "kms:KeySpec": "${spec}",\n  "kms:EncryptionContext:stage": "prod"\n}`;

export const kmsContextOnAsymmetric = rule({
  id: 'kms-context-on-asymmetric',
  group: 'invalid',
  kinds: policyKinds,
  yieldsTo: ['kms-context-on-noncontext-action'],
  title: 'an encryption context asked of a key that takes none',
  documentation: {
    what: 'A condition on the encryption context for an asymmetric or HMAC key: the statement demands such a `kms:KeySpec` or `kms:KeyUsage`, or the key of the policy is known to be one.',
    why: 'Only symmetric encryption keys take an encryption context. Requests for other keys never have one, so an `Allow` never applies; in a `Deny` it is a warning.',
    spares: 'Keys of which nothing is known, and in an `Allow` conditions that hold without an encryption context.',
    bad: keyPolicyWithCondition(withSpec('RSA_2048')),
    good: keyPolicyWithCondition(withSpec('SYMMETRIC_DEFAULT')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Encryption context',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html',
      },
      kmsConditionKeys,
    ],
  },
  check: {
    statement(statement, { kind, facts, report }) {
      const { conditions, effect } = statement;
      if (!effect) return;
      let which: string | undefined;
      for (const condition of conditions) {
        if (!factOf(condition)?.name.startsWith('kms:EncryptionContext')) continue;
        const holds = holdsWithoutKey(condition);
        if (holds === undefined || (effect === 'Allow' && holds)) continue;
        which ??= demandedKey(statement) ?? (kind.kind === 'key-policy' ? knownKey(facts) : undefined);
        if (which === undefined) return;
        report({
          at: atKey(condition),
          message: `a key with ${which} takes no encryption context`,
          why: `\`${condition.key.text}\` is never in a request for it, ${effectWithoutKey(condition, statement)}`,
          next: 'remove the condition, or mean symmetric encryption keys',
          ...(effect === 'Deny' ? { severity: 'warning' } : {}),
        });
      }
    },
  },
});

const OTHER_SPECS: ReadonlySet<string> = new Set(
  keySpecs.filter(({ type }) => type !== 'symmetric').map(({ name }) => name),
);
const OTHER_USAGES: ReadonlySet<string> = new Set(
  keySpecs.flatMap(({ uses }) => uses.map(({ usage }) => usage)).filter((usage) => usage !== 'ENCRYPT_DECRYPT'),
);

/** The spec or usage that the statement demands, where no key that takes an encryption context has it. */
function demandedKey({ conditions }: Statement): string | undefined {
  for (const condition of conditions) {
    const { operator, values } = condition;
    if (operator.base !== 'StringEquals' || operator.ifExists || operator.set || values.length === 0) continue;
    const others = OTHERS.get(factOf(condition)?.name ?? '');
    const [first] = values;
    if (others && first && values.every(({ text }) => others.has(text)))
      return `\`${condition.key.text}\` \`${first.text}\``;
  }
  return undefined;
}

const OTHERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['kms:KeySpec', OTHER_SPECS],
  ['kms:KeyUsage', OTHER_USAGES],
]);

function knownKey({ keySpec = '', keyUsage = '' }: DocumentFacts): string | undefined {
  if (OTHER_SPECS.has(keySpec)) return `spec \`${keySpec}\``;
  return OTHER_USAGES.has(keyUsage) ? `usage \`${keyUsage}\`` : undefined;
}
