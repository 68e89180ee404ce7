import type { NearMiss } from '../../simulator/access/changes.ts';
import type { ElementResult } from '../../simulator/access/decision.ts';
import { parseOperator } from '../../simulator/policy/syntax/operator.ts';
import { layerNames, statementName } from './names.ts';

/** A condition as a statement of a policy has it: `StringEquals`, `kms:ViaService`, the values. */
export type ConditionWords = Pick<ElementResult, 'operator' | 'key' | 'expected'>;

/** `` `kms:ViaService` StringEquals `s3.us-east-1.amazonaws.com` ``. */
export function conditionWords({ operator = '', key = '', expected }: ConditionWords): string {
  return `\`${key}\` ${operator} ${valuesInWords(expected)}`;
}

/** Which requests a Deny with these conditions spares. */
export function sparingWords(conditions: readonly ConditionWords[]): string {
  if (conditions.length === 0) return 'it has no condition, so nothing that a request brings spares it';
  const spared = conditions.map((condition) => `for which ${failingWords(condition)}`);
  return `it spares requests ${spared.join(', or ')}`;
}

export function nearMissInWords({ layer, statement, condition }: NearMiss): string {
  return `${statementName(statement)} (${layerNames[layer]}) would allow a request for which ${conditionWords(condition)}`;
}

/** How a condition does not hold. A negated one, the usual guard of a Deny, reads best the other way round. */
function failingWords({ operator = '', key = '', expected }: ConditionWords): string {
  const { base, negated, set, ifExists } = parseOperator(operator);
  const values = valuesInWords(expected);
  if (base === 'Null') return `\`${key}\` is ${expected[0]?.toLowerCase() === 'true' ? 'present' : 'absent'}`;
  if (negated && !set && base) return `\`${key}\` ${base.replace('Not', '')} ${values}`;
  const absent = ifExists || negated || set === 'ForAllValues' ? '' : ', or that have none';
  return `\`${key}\` does not match ${operator} ${values}${absent}`;
}

function valuesInWords(values: readonly string[]): string {
  const shown = values.slice(0, 3).map((value) => `\`${value}\``);
  const more = values.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ') || 'nothing';
}
