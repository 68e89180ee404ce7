import { findDocumentedPattern } from '../../../simulator/facts/action-patterns.ts';
import { apiMembers } from '../../../simulator/facts/api.ts';
import { findServicePrincipal } from '../../../simulator/facts/service-principals.ts';
import { findViaService } from '../../../simulator/facts/via-services.ts';
import { parseActionPattern } from '../../../simulator/policy/syntax/action.ts';
import { parsePrincipal } from '../../../simulator/policy/syntax/principal.ts';
import { isMeaning } from '../../../simulator/scenario/shape.ts';
import { rowOf } from '../../../simulator/scenario/spot.ts';
import { actionHelp } from '../help/action.ts';
import { conditionKeyHelp, contextKeyText } from '../help/condition-key.ts';
import { valueHelp } from '../help/condition-value.ts';
import { elementHelp, elementValueHelp, principalMemberHelp } from '../help/element.ts';
import { grantMemberHelp } from '../help/grant.ts';
import { grantOperationHelp } from '../help/grant-operation.ts';
import type { Help } from '../help/help.ts';
import { operatorHelp } from '../help/operator.ts';
import { principalHelp } from '../help/principal.ts';
import { renderHelp } from '../help/render.ts';
import { memberHelp } from '../help/scenario/member.ts';
import { namedParameterHelp } from '../help/scenario/parameter.ts';
import { meaningHelp } from '../help/scenario/value.ts';
import type { About } from './offer.ts';
import { snippetText } from './snippets.ts';

/** What there is to know about an offer, in Markdown: what a hover on it would say, without the exam's material. */
export function documentationOf(about: About, region: string): string | undefined {
  const help = helpOf(about, region);
  const texts = [before(about), help && renderHelp(help), after(about)].filter((text) => text !== undefined);
  return texts.length > 0 ? texts.join('\n\n') : undefined;
}

function helpOf({ type, name, of = '', part }: About, region: string): Help | undefined {
  switch (type) {
    case 'element':
      return elementHelp(name, undefined, undefined);
    case 'action':
      return actionHelp(parseActionPattern(name), region);
    case 'operator':
      return operatorHelp(name);
    case 'condition-key':
      return conditionKeyHelp(name.replace(/\$\{\w+\}/, '0'));
    case 'value':
      return of === 'Principal'
        ? principalHelp(parsePrincipal(name, '*'))
        : (valueHelp(name, of) ?? elementValueHelp(of, name) ?? conditionKeyHelp(of));
    case 'principal-type':
      return principalMemberHelp(name);
    case 'service-principal':
      return principalHelp(parsePrincipal(name, 'Service'));
    case 'grant-member':
      return grantMemberHelp(name, 'grant') ?? grantMemberHelp(name, 'list');
    case 'grant-constraint':
      return grantMemberHelp(name, 'constraints');
    case 'grant-operation':
      return grantOperationHelp(name);
    case 'scenario-member': {
      const row = rowOf(name);
      return row && memberHelp(row);
    }
    case 'scenario-value':
      return isMeaning(of) ? meaningHelp(of, name, region) : undefined;
    case 'parameter':
      return namedParameterHelp(name, of, part && apiMembers(of, part)?.[name], part);
    case 'context-key':
    case 'snippet':
      return undefined;
  }
}

function before({ type, name, of }: About): string | undefined {
  if (type === 'action') return findDocumentedPattern(name)?.summary;
  if (type === 'context-key') return contextKeyText(name);
  if (type === 'snippet') return snippetText(name, of ?? '');
  return of === 'kms:ViaService' ? findViaService(name)?.name : undefined;
}

function after({ type, name }: About): string | undefined {
  const recipe = type === 'service-principal' ? findServicePrincipal(name)?.fact.recipe : undefined;
  if (!recipe) return undefined;
  const actions = [...new Set(recipe.flatMap((each) => each.actions))].map((action) => `\`${action}\``);
  return `AWS's recipe allows it ${actions.join(', ')}.`;
}
