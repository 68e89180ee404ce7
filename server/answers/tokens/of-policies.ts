import { findAction } from '../../../simulator/facts/actions.ts';
import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import type { Path } from '../../../simulator/json/place.ts';
import type { ActionItem, Condition, Statement } from '../../../simulator/policy/document.ts';
import type { Span } from '../../documents/source.ts';
import { arnParts, principalParts } from './arn.ts';
import type { Painted, TokenWriter } from './token.ts';

/** @param within statements that lie outside of it are left out */
export function tokensOfPolicies(writer: TokenWriter, within: Span | undefined): void {
  for (const { policy } of writer.source.policies) {
    for (const statement of policy.statements) {
      if (!statement.object) continue;
      const { start, end } = writer.source.spanOf({ path: statement.path });
      if (!within || (start <= within.end && within.start <= end))
        tokensOfStatement(writer, statement, policy.variables);
    }
  }
}

function tokensOfStatement(writer: TokenWriter, statement: Statement, variables: boolean): void {
  const { effect, path, principal, action, resource, conditions } = statement;
  if (effect) writer.whole(effect, { path: [...path, 'Effect'] }, 'keyword');
  for (const { text, path: at } of principal?.items ?? [])
    writer.add(text, { path: at }, principalParts(text), { wildcards: true, variables });
  for (const item of action?.items ?? []) tokensOfAction(writer, item);
  for (const { text, path: at } of resource?.items ?? [])
    writer.add(text, { path: at }, arnParts(text), { wildcards: true, variables });
  for (const condition of conditions) tokensOfCondition(writer, condition, variables);
}

function tokensOfAction(writer: TokenWriter, { text, path, pattern }: ActionItem): void {
  if (pattern.kind === 'pattern') writer.add(text, { path }, actionParts(text), { wildcards: true });
}

/** `kms:Decrypt`, or without the service. */
export function actionParts(text: string): readonly Painted[] {
  const colon = text.indexOf(':');
  const isKnown = (colon < 0 || /^kms:/i.test(text)) && findAction(text.slice(colon + 1)) !== undefined;
  const name: Painted = {
    start: colon + 1,
    end: text.length,
    type: 'method',
    modifiers: isKnown ? ['defaultLibrary'] : [],
  };
  return colon < 0 ? [name] : [{ start: 0, end: colon, type: 'namespace' }, name];
}

function tokensOfCondition(
  writer: TokenWriter,
  { operator, operatorPath, key, path, values }: Condition,
  variables: boolean,
): void {
  if (operator.base) tokensOfOperator(writer, operator.text, operatorPath);
  const colon = key.text.indexOf(':');
  if (key.kind === 'key' && 0 < colon) {
    const end = key.variable?.span.start ?? key.text.length;
    const modifiers = findConditionKey(key.text) ? (['defaultLibrary'] as const) : [];
    const parts: Painted[] = [
      { start: 0, end: colon, type: 'namespace' },
      { start: colon + 1, end: key.variable ? end - 1 : end, type: 'property', modifiers },
    ];
    if (key.variable) parts.push({ ...key.variable.span, type: 'parameter' });
    writer.add(key.text, { path, part: 'key' }, parts);
  }
  const wildcards = operator.family === 'Arn' || (operator.base?.endsWith('Like') ?? false);
  for (const { text, path: at, type } of values)
    if (type === 'string') writer.add(text, { path: at }, arnParts(text), { wildcards, variables });
}

function tokensOfOperator(writer: TokenWriter, text: string, path: Path): void {
  const colon = text.indexOf(':');
  const parts: Painted[] = [{ start: colon + 1, end: text.length, type: 'operator' }];
  if (0 < colon) parts.push({ start: 0, end: colon, type: 'keyword' });
  writer.add(text, { path, part: 'key' }, parts);
}
