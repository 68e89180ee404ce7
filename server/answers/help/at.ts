import { findElement } from '../../../simulator/facts/elements.ts';
import type { PolicyDocument } from '../../../simulator/policy/document.ts';
import { parseActionPattern } from '../../../simulator/policy/syntax/action.ts';
import { parsePrincipal } from '../../../simulator/policy/syntax/principal.ts';
import { parseTemplate } from '../../../simulator/policy/syntax/variable.ts';
import { characterOf, findAt, pointedSpan, spanOfFound } from '../../documents/at.ts';
import { inlinePolicyAt, partOfInline } from '../../documents/inline-policies.ts';
import type { DocumentKind } from '../../documents/kinds.ts';
import { type Part, partOf } from '../../documents/part.ts';
import type { SourceDocument, Span } from '../../documents/source.ts';
import { actionHelp } from './action.ts';
import { resourceHelp } from './arn.ts';
import { conditionKeyHelp } from './condition-key.ts';
import { conditionValueHelp } from './condition-value.ts';
import { documentHelp, elementHelp, elementValueHelp, principalMemberHelp } from './element.ts';
import { contextPairHelp, grantHelp, grantMemberHelp, grantValueHelp } from './grant.ts';
import type { Help, HelpAt } from './help.ts';
import { operatorHelp } from './operator.ts';
import { principalHelp } from './principal.ts';
import { scenarioHelpAt } from './scenario/at.ts';
import { statementHelp } from './statement.ts';
import { variableHelp } from './variable.ts';

/** What there is to say about a position of a document. `region` is that of request quotas. */
export function helpAt(source: SourceDocument, offset: number, region: string): HelpAt | undefined {
  const found = findAt(source, offset);
  if (!found) return undefined;
  const inline = inlinePolicyAt(source, found.path);
  if (source.scenario && !inline) return scenarioHelpAt(source, source.scenario, found, region);
  const part = inline ? partOfInline(inline, found) : partOf(source, found);
  if (!part) return undefined;
  const { policy, kind } = inline ?? { policy: source.policy?.policy, kind: kindOf(source) };
  const variable = variableAt(policy, part, characterOf(source, found));
  const within = variable && spanOfFound(source, found, variable.span);
  // On the quote before it the value as a whole is pointed at.
  if (variable && within && within.start <= offset) return { help: variable.help, span: within };
  const help = helpOf(part, kind, inline ? kind : (source.kind.kind ?? undefined), region);
  if (!help) return undefined;
  const span = pointedSpan(source, found);
  // In the middle of an escape that follows it, nothing is pointed at any more.
  return offset <= span.end ? { help, span } : undefined;
}

/** @param known the kind where it is certain */
function helpOf(
  part: Part,
  kind: DocumentKind | undefined,
  known: DocumentKind | undefined,
  region: string,
): Help | undefined {
  switch (part.part) {
    case 'policy':
      return kind && documentHelp(kind);
    case 'statement':
      return statementHelp(part.statement, kind);
    case 'element':
      return elementHelp(part.name, part.level, known);
    case 'element-value':
      return elementValueHelp(part.name, part.text) ?? freeValueHelp(part.name);
    case 'principal-member':
      return principalMemberHelp(part.name);
    case 'principal':
      return principalHelp(parsePrincipal(part.text, part.type));
    case 'action':
      return actionHelp(parseActionPattern(part.text), region);
    case 'resource':
      return resourceHelp(part.text, kind === 'key-policy');
    case 'operator':
      return operatorHelp(part.text);
    case 'condition-key':
      return conditionKeyHelp(part.text);
    case 'condition-value':
      return conditionValueHelp(part.text, part.condition);
    case 'grant':
      return grantHelp(part.grant);
    case 'grant-member':
      return grantMemberHelp(part.name, part.level);
    case 'grant-value':
      return grantValueHelp(part.name, part.text);
    case 'context-pair':
      return contextPairHelp(part.key, part.grant);
  }
}

/** The value of an element that takes any text, as `Id` does, says what the element says. */
function freeValueHelp(name: string): Help | undefined {
  return findElement(name)?.values ? undefined : elementHelp(name, undefined, undefined);
}

/** The policy variable at a character of a value in which variables can stand. */
function variableAt(
  policy: PolicyDocument | undefined,
  part: Part,
  character: number | undefined,
): { readonly help: Help; readonly span: Span } | undefined {
  if (character === undefined || (part.part !== 'resource' && part.part !== 'condition-value')) return undefined;
  const { parts } = parseTemplate(part.text, { version: '2012-10-17' });
  const template = parts.find(({ span }) => span.start <= character && character < span.end);
  if (!template) return undefined;
  const help = variableHelp(template, part.text.slice(template.span.start, template.span.end), {
    active: policy?.variables === true,
    operator: part.part === 'condition-value' ? part.condition.operator.base : undefined,
  });
  return help && { help, span: template.span };
}

/** Where the content leaves several kinds possible, the likeliest. */
const kindOf = ({ kind }: SourceDocument): DocumentKind | undefined => kind.kind ?? kind.candidates[0];
