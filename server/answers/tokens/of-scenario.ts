import { resolvePath } from '../../../simulator/json/place.ts';
import type { ScenarioOutline } from '../../../simulator/scenario/outline.ts';
import type { NameKind } from '../../../simulator/scenario/shape.ts';
import { arnParts, principalParts } from './arn.ts';
import { actionParts } from './of-policies.ts';
import type { TokenType, TokenWriter } from './token.ts';

/** The names that a scenario gives and uses, the ARNs of its principals, and what its steps do. */
export function tokensOfScenario(writer: TokenWriter, { names, uses, steps, root }: ScenarioOutline): void {
  const textAt = (path: readonly (string | number)[]): string | undefined => {
    const node = resolvePath(root, path)?.node;
    return node?.type === 'string' ? node.value : undefined;
  };
  for (const { kind, name, place } of names.definitions) {
    writer.whole(name, place, TYPES[kind], ['declaration']);
    const arnPath = [...place.path, 'arn'];
    const arn = kind === 'principal' ? textAt(arnPath) : undefined;
    if (arn !== undefined) writer.add(arn, { path: arnPath }, principalParts(arn));
  }
  for (const { kind, text, place, definition } of uses) {
    // ARNs and services stand for somebody by themselves.
    const parts = text.includes(':') ? (kind === 'principal' ? principalParts(text) : arnParts(text)) : [];
    if (parts.length > 0) writer.add(text, place, parts);
    else if (definition) writer.whole(text, place, TYPES[kind]);
  }
  for (const { kind, path } of steps) {
    const what = kind === 'service' ? 'do' : kind;
    if (what !== 'can' && what !== 'call' && what !== 'do') continue;
    const action = textAt([...path, what]);
    if (action !== undefined) writer.add(action, { path: [...path, what] }, actionParts(action));
  }
}

const TYPES: Readonly<Record<NameKind, TokenType>> = {
  principal: 'class',
  key: 'variable',
  'key-store': 'namespace',
  grant: 'interface',
  'vpc-endpoint': 'namespace',
  saved: 'parameter',
};
