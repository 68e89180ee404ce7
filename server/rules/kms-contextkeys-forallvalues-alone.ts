import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { multivaluedKeys } from './support/condition-sources.ts';
import { atKey, holdsWithoutKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

const KEYS = '"ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["stage", "team"] }';

export const kmsContextkeysForallvaluesAlone = rule({
  id: 'kms-contextkeys-forallvalues-alone',
  group: 'exposure',
  kinds: policyKinds,
  title: '`ForAllValues` on the keys of the encryption context, which lets in requests without one',
  documentation: {
    what: '`ForAllValues:` with `kms:EncryptionContextKeys` in an `Allow`, where no other condition demands an encryption context.',
    why: 'The condition says which keys may be in the encryption context, not that there has to be one: it holds for a request without. Whoever leaves the context out passes.',
    spares:
      'Statements with a condition on a pair or on the presence of the keys, negated operators, which keep keys out, and every `Deny`.',
    bad: keyPolicyWithCondition(KEYS),
    good: keyPolicyWithCondition(`${KEYS},\n"Null": { "kms:EncryptionContextKeys": "false" }`),
    sources: [kmsConditionKeys, multivaluedKeys],
  },
  check: {
    statement(statement, { report }) {
      const { effect, conditions } = statement;
      if (effect !== 'Allow') return;
      const condition = conditions.find(isOpen);
      if (!condition || conditions.some(demandsContext)) return;
      report({
        at: atKey(condition),
        message: `\`${condition.operator.text}\` on \`${condition.key.text}\` holds for requests without an encryption context`,
        why: 'whoever leaves the context out is let in',
        next: 'add `"Null": { "kms:EncryptionContextKeys": "false" }`',
        fixes: demandingKeys(statement),
      });
    },
  },
});

function isOpen({ operator, key }: Condition): boolean {
  const positive = operator.set === 'ForAllValues' && operator.family === 'String' && !operator.negated;
  return positive && key.lower === 'kms:encryptioncontextkeys';
}

function demandsContext(condition: Condition): boolean {
  const { stem } = condition.key;
  const isContext = stem === 'kms:encryptioncontext:' || stem === 'kms:encryptioncontextkeys';
  return isContext && holdsWithoutKey(condition) === false;
}

/** Takes access from requests without a context, some of which may have been meant. */
function demandingKeys({ path, conditions }: Statement): Fix[] {
  const isTaken = conditions.some(
    ({ operator, key }) => operator.base === 'Null' && key.lower === 'kms:encryptioncontextkeys',
  );
  if (isTaken) return [];
  const at = [...path, 'Condition', 'Null', 'kms:EncryptionContextKeys'];
  return [{ title: 'demand an encryption context', safe: false, edits: [{ op: 'set', path: at, value: 'false' }] }];
}
