import { findDocumentKind } from '../../../simulator/facts/document-kinds.ts';
import { findElementValue } from '../../../simulator/facts/element-values.ts';
import { type ElementFact, findElement } from '../../../simulator/facts/elements.ts';
import { principalMembers } from '../../../simulator/facts/principal-kinds.ts';
import type { DocumentKind } from '../../documents/kinds.ts';
import { type Help, help } from './help.ts';
import { code, series } from './markdown.ts';

/** An element of a policy; undefined where the policy language has none of this name there. */
export function elementHelp(
  name: string,
  level: ElementFact['level'] | undefined,
  kind: DocumentKind | undefined,
): Help | undefined {
  const fact = findElement(name);
  if (!fact || (level && fact.level !== level)) return undefined;
  return help({
    about: `element of a ${fact.level}`,
    title: code(fact.name),
    text: [fact.summary],
    rows: [
      ['Needed', needed(fact, kind)],
      ...(fact.counterpart ? [['Instead', `\`${fact.counterpart}\`, never both`] as const] : []),
      ...(fact.values ? [['Values', series(fact.values.map(code), 'or')] as const] : []),
    ],
    subjects: [`element:${fact.name}`],
  });
}

/** The value of `Version` or `Effect`. */
export function elementValueHelp(element: string, value: string): Help | undefined {
  const fact = findElementValue(element, value);
  if (!fact) return undefined;
  return help({
    about: element === 'Version' ? 'version of the policy language' : 'effect',
    title: code(value),
    text: [fact.summary],
    subjects: element === 'Effect' ? [`effect:${value}`, 'element:Effect'] : ['element:Version'],
  });
}

/** `AWS`, `Service`, … of a Principal element. */
export function principalMemberHelp(name: string): Help | undefined {
  const fact = principalMembers.find((member) => member.name === name);
  return fact && help({ about: 'kind of principal', title: code(name), text: [fact.summary] });
}

/** A document as a whole. */
export function documentHelp(kind: string): Help | undefined {
  const fact = findDocumentKind(kind);
  return fact && help({ about: 'document', title: fact.title, text: [fact.summary], subjects: [`document:${kind}`] });
}

function needed({ requiredIn, kinds }: ElementFact, kind: DocumentKind | undefined): string {
  const inKind = (list: readonly string[]): boolean => kind !== undefined && list.includes(kind);
  if (kind !== undefined && !inKind(kinds)) return 'not allowed in this kind of policy';
  if (kind !== undefined) return inKind(requiredIn) ? 'yes' : 'no';
  if (requiredIn.length === 0) return 'no';
  const names = requiredIn.map((each) => findDocumentKind(each)?.title ?? each);
  return requiredIn.length === 5 ? 'yes' : `in: ${series(names, 'and', 5)}`;
}
