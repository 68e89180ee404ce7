import type { Condition } from '../../simulator/policy/document.ts';
import type { CanEntry } from '../../simulator/scenario/file.ts';

type Part = Pick<CanEntry, 'encryptionContext' | 'via' | 'context'>;

/** The part of a step that satisfies conditions, as far as one can be found. Whoever uses it finds out whether it does. */
export function satisfying(conditions: readonly Condition[]): Part {
  const encryptionContext: Record<string, string> = {};
  const context: Record<string, string | readonly string[] | null> = {};
  let via: string | undefined;
  for (const condition of conditions) {
    const key = condition.key.text;
    const value = valueFor(condition);
    if (value === undefined) continue;
    const pair = /^kms:EncryptionContext:(.+)$/i.exec(key)?.[1];
    const service =
      typeof value === 'string' ? /^([a-z0-9-]+)\.[a-z0-9-]+\.amazonaws\.com$/.exec(value)?.[1] : undefined;
    if (pair !== undefined && typeof value === 'string') encryptionContext[pair] = value;
    else if (/^kms:ViaService$/i.test(key) && service !== undefined) via = service;
    else if (!DERIVED.test(key)) context[key] = value;
  }
  return {
    ...(Object.keys(encryptionContext).length > 0 ? { encryptionContext } : {}),
    ...(via === undefined ? {} : { via }),
    ...(Object.keys(context).length > 0 ? { context } : {}),
  };
}

/** What follows from who calls and on what: a value that contradicts them would make no request. */
const DERIVED =
  /^(kms:(CallerAccount|KeySpec|KeyUsage|KeyOrigin|MultiRegion.*|ResourceAliases)|aws:(Principal(Arn|Account|Type)|userid|username|Resource.*|PrincipalIsAWSService))$/i;

/** A value that an operator accepts; null for a key that must be absent. */
function valueFor({ operator, values }: Condition): string | readonly string[] | null | undefined {
  const [first] = values;
  if (!first) return undefined;
  const sample = sampleFor(operator.base, first.text);
  if (sample === undefined || sample === null) return sample;
  return operator.set === undefined ? sample : [sample];
}

function sampleFor(operator: string | undefined, value: string): string | null | undefined {
  if (/\$\{/.test(value)) return undefined;
  switch (operator) {
    case 'Null':
      return value === 'true' ? null : undefined;
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return value.replaceAll('*', 'example').replaceAll('?', 'x');
    case 'IpAddress':
      return value.replace(/\/\d+$/, '');
    case 'NumericLessThan':
      return String(Number(value) - 1);
    case 'NumericGreaterThan':
      return String(Number(value) + 1);
    case 'StringEquals':
    case 'StringEqualsIgnoreCase':
    case 'Bool':
    case 'NumericEquals':
    case 'NumericLessThanEquals':
    case 'NumericGreaterThanEquals':
    case 'DateEquals':
    case 'DateLessThanEquals':
    case 'DateGreaterThanEquals':
    case 'BinaryEquals':
      return value;
    default:
      return undefined;
  }
}
