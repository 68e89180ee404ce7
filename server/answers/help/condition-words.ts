import { findConditionOperator } from '../../../simulator/facts/operators.ts';
import { serviceName } from '../../../simulator/facts/services.ts';
import type { Condition } from '../../../simulator/policy/document.ts';
import { parseViaService } from '../../../simulator/policy/syntax/via-service.ts';
import { CONTEXT } from './condition-key.ts';
import { code, series } from './markdown.ts';

/** A condition as the words after `if`: ``the encryption context has `service` = `orders` ``. */
export function conditionInWords(condition: Condition): string {
  const { operator, key } = condition;
  if (operator.base === 'Null') return nullInWords(condition);
  const said = viaServiceInWords(condition) ?? contextInWords(condition) ?? plainInWords(condition);
  return operator.ifExists ? `${said} (or the request lacks ${code(key.text)})` : said;
}

function nullInWords({ key, values }: Condition): string {
  const [value] = values;
  if (value?.text.toLowerCase() === 'false') return `the request has ${code(key.text)}`;
  if (value?.text.toLowerCase() === 'true') return `the request lacks ${code(key.text)}`;
  return `${code(key.text)} is absent: ${valuesInWords(
    values.map(({ text }) => text),
    false,
  )}`;
}

/** Services have names; a value that is none of a service is left as it is. */
function viaServiceInWords({ operator, key, values, operator: { base } }: Condition): string | undefined {
  if (key.lower !== 'kms:viaservice' || operator.set || (base !== 'StringEquals' && base !== 'StringLike'))
    return undefined;
  const names = values.map(({ text }) => {
    const via = parseViaService(text);
    const name = via.kind === 'via-service' ? serviceName(via.service) : undefined;
    if (!name) return undefined;
    return via.region === undefined || via.region === '*' ? name : `${name} in ${code(via.region)}`;
  });
  const known = names.flatMap((name) => name ?? []);
  if (known.length === 0 || known.length < names.length) return undefined;
  return `the call comes through ${series([...new Set(known)], 'or')}`;
}

function contextInWords({ operator, key, values }: Condition): string | undefined {
  if (!key.lower.startsWith(CONTEXT.toLowerCase()) || key.text.length === CONTEXT.length) return undefined;
  const name = code(key.text.slice(CONTEXT.length));
  const texts = values.map(({ text }) => text);
  if (operator.base === 'StringEquals' && !operator.set && texts.length > 0)
    return `the encryption context has ${name} = ${valuesInWords(texts, false)}`;
  return comparison(operator, `${name} in the encryption context`, texts);
}

function plainInWords({ operator, key, values }: Condition): string {
  const texts = values.map(({ text }) => text);
  if (!operator.base) return `${code(operator.text)} of ${code(key.text)} and ${valuesInWords(texts, false)} holds`;
  return comparison(operator, code(key.text), texts);
}

function comparison({ set, base, negated }: Condition['operator'], subject: string, texts: readonly string[]): string {
  // "Every value does not fit" could be read as "not every value fits".
  if (set === 'ForAllValues' && negated)
    return `no value of ${subject} ${relation(base?.replace('Not', ''))} ${valuesInWords(texts, false)}`;
  const quantity = set === undefined ? '' : set === 'ForAllValues' ? 'every value of ' : 'some value of ';
  return `${quantity}${subject} ${relation(base)} ${valuesInWords(texts, negated)}`;
}

const relation = (base: string | undefined): string => (base && findConditionOperator(base)?.relation) ?? 'is';

function valuesInWords(texts: readonly string[], negated: boolean): string {
  if (texts.length === 0) return 'nothing';
  return `${negated && texts.length > 1 ? 'any of ' : ''}${series(texts.map(code), 'or')}`;
}
