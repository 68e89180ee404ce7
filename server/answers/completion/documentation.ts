import { findDocumentedPattern } from '../../../simulator/facts/action-patterns.ts';
import { findConditionKey } from '../../../simulator/facts/condition-keys.ts';
import { findElement } from '../../../simulator/facts/elements.ts';
import { findGrantMember } from '../../../simulator/facts/grant-members.ts';
import { findGrantOperation } from '../../../simulator/facts/grant-operations.ts';
import { findKeySpec, keyUsages } from '../../../simulator/facts/key-specs.ts';
import { conditionOperators, ifExists, setOperators } from '../../../simulator/facts/operators.ts';
import { expirationModels, origins, wrappingAlgorithms } from '../../../simulator/facts/origins.ts';
import { principalTypes } from '../../../simulator/facts/principal-types.ts';
import { findServiceContextKey } from '../../../simulator/facts/service-contexts.ts';
import { findServicePrincipal } from '../../../simulator/facts/service-principals.ts';
import { findViaService } from '../../../simulator/facts/via-services.ts';
import { parseActionPattern } from '../../../simulator/policy/syntax/action.ts';
import { parseOperator } from '../../../simulator/policy/syntax/operator.ts';
import { actionHelp } from '../action-help.ts';
import type { About } from './offer.ts';

/** What there is to know about an offer, in Markdown. */
export function documentationOf({ type, name, of }: About, region: string): string | undefined {
  switch (type) {
    case 'element':
      return findElement(name)?.summary;
    case 'action':
      return paragraphs(findDocumentedPattern(name)?.summary, actionHelp(parseActionPattern(name), region));
    case 'operator':
      return operatorHelp(name);
    case 'condition-key':
      return conditionKeyHelp(name);
    case 'value':
      return valueHelp(name, of ?? '');
    case 'principal-type':
      return principalTypes.find((each) => each.name === name)?.summary;
    case 'service-principal': {
      const fact = findServicePrincipal(name)?.fact;
      return fact && paragraphs(`${fact.service}: ${fact.summary}`, recipe(fact.recipe));
    }
    case 'context-key': {
      const fact = findServiceContextKey(name);
      return fact && `${fact.serviceName} sets it. ${fact.summary}`;
    }
    case 'grant-member':
      return (findGrantMember(name, 'grant') ?? findGrantMember(name, 'list'))?.summary;
    case 'grant-constraint':
      return findGrantMember(name, 'constraints')?.summary;
    case 'grant-operation':
      return findGrantOperation(name)?.operation.summary;
  }
}

function operatorHelp(name: string): string | undefined {
  const { base, set, ifExists: soft } = parseOperator(name);
  const fact = conditionOperators.find((each) => each.name === base);
  if (!fact) return undefined;
  const setFact = setOperators.find((each) => each.name === set);
  if (setFact) return paragraphs(setFact.summary, fact.summary, setFact.absent);
  return paragraphs(fact.summary, soft ? ifExists.summary : fact.absent);
}

function conditionKeyHelp(name: string): string | undefined {
  const found = findConditionKey(name.replace(/\$\{\w+\}/, '0'));
  if (!found) return undefined;
  const { summary, present, multivalued } = found.key;
  const context = findServiceContextKey(found.variable ?? '');
  return paragraphs(
    context ? `${context.serviceName} sets it. ${context.summary}` : summary,
    present,
    multivalued ? 'One request has several values: use `ForAllValues:` or `ForAnyValue:`.' : undefined,
  );
}

function valueHelp(name: string, of: string): string | undefined {
  switch (of) {
    case 'kms:ViaService':
      return findViaService(name)?.name;
    case 'kms:KeySpec':
    case 'kms:DataKeyPairSpec':
      return findKeySpec(name)?.summary;
    case 'kms:KeyUsage':
      return keyUsages.find((each) => each.name === name)?.summary;
    case 'kms:KeyOrigin':
      return origins.find((each) => each.name === name)?.summary;
    case 'kms:ExpirationModel':
      return expirationModels.find((each) => each.name === name)?.summary;
    case 'kms:WrappingAlgorithm':
      return wrappingAlgorithms.find((each) => each.name === name)?.summary;
    case 'kms:GrantOperations':
      return findGrantOperation(name)?.operation.summary;
    default:
      return findElement(of)?.summary ?? findConditionKey(of)?.key.summary;
  }
}

function recipe(statements: readonly { readonly actions: readonly string[] }[] | undefined): string | undefined {
  if (!statements) return undefined;
  const actions = [...new Set(statements.flatMap((each) => each.actions))].map((action) => `\`${action}\``);
  return `AWS's recipe allows it ${actions.join(', ')}.`;
}

function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}
