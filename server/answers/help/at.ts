import { findElement } from '../../../simulator/facts/elements.ts';
import { parseActionPattern } from '../../../simulator/policy/syntax/action.ts';
import { parsePrincipal } from '../../../simulator/policy/syntax/principal.ts';
import { parseTemplate } from '../../../simulator/policy/syntax/variable.ts';
import { characterOf, findAt, spanOfFound } from '../../documents/at.ts';
import type { DocumentKind } from '../../documents/kinds.ts';
import { type Part, partOf } from '../../documents/part.ts';
import type { SourceDocument, Span } from '../../documents/source.ts';
import { actionHelp } from './action.ts';
import { resourceHelp } from './arn.ts';
import { conditionKeyHelp } from './condition-key.ts';
import { conditionValueHelp } from './condition-value.ts';
import { documentHelp, elementHelp, elementValueHelp, principalMemberHelp } from './element.ts';
import { contextPairHelp, grantHelp, grantMemberHelp, grantValueHelp } from './grant.ts';
import type { Help } from './help.ts';
import { operatorHelp } from './operator.ts';
import { principalHelp } from './principal.ts';
import { statementHelp } from './statement.ts';
import { variableHelp } from './variable.ts';

export interface HelpAt {
  readonly help: Help;
  /** The characters of the document that it is about. */
  readonly span: Span;
}

/** What there is to say about a position of a document. `region` is that of request quotas. */
export function helpAt(source: SourceDocument, offset: number, region: string): HelpAt | undefined {
  const found = findAt(source, offset);
  const part = found && partOf(source, found);
  if (!found || !part) return undefined;
  const variable = variableAt(source, part, characterOf(source, found));
  const within = variable && spanOfFound(source, found, variable.span);
  // On the quote before it the value as a whole is pointed at.
  if (variable && within && within.start <= offset) return { help: variable.help, span: within };
  const help = helpOf(source, part, region);
  if (!help) return undefined;
  const { start, end } = spanOfFound(source, found);
  // Braces are pointed at, not what they hold.
  const span = { start, end: found.node.type === 'object' ? start + 1 : end };
  // In the middle of an escape that follows it, nothing is pointed at any more.
  return offset <= span.end ? { help, span } : undefined;
}

function helpOf(source: SourceDocument, part: Part, region: string): Help | undefined {
  const kind = kindOf(source);
  switch (part.part) {
    case 'policy':
      return kind && documentHelp(kind);
    case 'statement':
      return statementHelp(part.statement, kind);
    case 'element':
      return elementHelp(part.name, part.level, source.kind.kind ?? undefined);
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
  source: SourceDocument,
  part: Part,
  character: number | undefined,
): { readonly help: Help; readonly span: Span } | undefined {
  if (character === undefined || (part.part !== 'resource' && part.part !== 'condition-value')) return undefined;
  const { parts } = parseTemplate(part.text, { version: '2012-10-17' });
  const template = parts.find(({ span }) => span.start <= character && character < span.end);
  if (!template) return undefined;
  const help = variableHelp(template, part.text.slice(template.span.start, template.span.end), {
    active: source.policy?.policy.variables === true,
    operator: part.part === 'condition-value' ? part.condition.operator.base : undefined,
  });
  return help && { help, span: template.span };
}

/** Where the content leaves several kinds possible, the likeliest. */
const kindOf = ({ kind }: SourceDocument): DocumentKind | undefined => kind.kind ?? kind.candidates[0];
