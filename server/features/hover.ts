import { type Hover, MarkupKind } from 'vscode-languageserver';
import { findElement } from '../../simulator/facts/elements.ts';
import { parseActionPattern } from '../../simulator/policy/syntax/action.ts';
import { actionHelp } from '../answers/action-help.ts';
import { type Found, findAt } from '../documents/at.ts';
import type { SourceDocument } from '../documents/source.ts';
import { answer, type Feature } from './feature.ts';

/** What stands under the pointer: actions and the elements of a policy. */
export const hover: Feature = {
  id: 'hover',
  capabilities: { hoverProvider: true },
  register(session) {
    session.connection.onHover(({ textDocument: { uri }, position }) =>
      answer(session, 'hovering', null, async () => {
        const source = session.source(uri);
        const found = source && findAt(source, source.offsetAt(position));
        if (!source?.policy || !found) return null;
        const { region } = await session.settingsOf(uri);
        return hoverOf(source, found, region);
      }),
    );
  },
};

function hoverOf(source: SourceDocument, found: Found, region: string): Hover | null {
  const value = found.part === 'key' ? elementHelp(found) : valueHelp(found, region);
  if (value === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value },
    range: source.rangeOf({ path: found.path, part: found.part }),
  };
}

function elementHelp({ path, node }: Found): string | undefined {
  const inStatement = path.includes('Statement') && path.at(-1) !== 'Statement';
  if (node.type !== 'string') return undefined;
  // Condition operators and keys have names of their own, which are no elements.
  const depth = path.length - 1 - path.lastIndexOf('Statement');
  if (inStatement && depth > 2) return undefined;
  const element = findElement(node.value);
  if (!element || (element.level === 'statement') !== inStatement) return undefined;
  return `**\`${element.name}\`**\n\n${element.summary}`;
}

function valueHelp({ path, node }: Found, region: string): string | undefined {
  if (node.type !== 'string') return undefined;
  const element = path.findLast((step) => typeof step === 'string');
  if (element !== 'Action' && element !== 'NotAction') return undefined;
  return actionHelp(parseActionPattern(node.value), region);
}
