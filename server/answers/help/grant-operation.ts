import { findAction } from '../../../simulator/facts/actions.ts';
import { constraintEffects } from '../../../simulator/facts/grant-members.ts';
import { findGrantOperation } from '../../../simulator/facts/grant-operations.ts';
import { actionPage } from '../../../simulator/facts/pages.ts';
import { type Help, help } from './help.ts';
import { code } from './markdown.ts';

/** An operation that a grant allows. Undefined for names that no grant can have; the rules report those. */
export function grantOperationHelp(name: string): Help | undefined {
  const fact = findGrantOperation(name);
  if (!fact) return undefined;
  const page = actionPage(fact.operation.name);
  const usages = fact.keyUsages?.map(code).join(', ');
  return help({
    about: 'operation of a grant',
    title: code(name),
    text: [findAction(name)?.summary ?? fact.operation.summary],
    rows: [
      ['Keys', usages ? `with usage ${usages}` : 'all'],
      ['Context constraint', constraintEffects[fact.contextConstraint]],
      ['Other accounts', fact.operation.crossAccount === 'yes' ? 'yes' : 'no'],
    ],
    links: page ? [page] : [],
    subjects: [`action:${name}`, 'grant:Operations'],
  });
}
