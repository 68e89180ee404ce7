import { escapeForString } from '../../../simulator/json/strings.ts';
import { savedName } from '../../../simulator/scenario/format/texts.ts';
import { whyNoName } from '../../../simulator/scenario/names.ts';
import { type NameAt, nameAt, occurrencesOf } from '../../documents/scenario-names.ts';
import type { SourceDocument, Span } from '../../documents/source.ts';

/** Why something cannot be renamed: a sentence for the user. */
export interface Refusal {
  readonly problem: string;
}

export interface Renaming {
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/** The name at a position if it can be another one; undefined where there is no name. */
export function renamableAt(source: SourceDocument, offset: number): NameAt | Refusal | undefined {
  const found = nameAt(source, offset);
  if (!found) return undefined;
  const { kind, text, definition } = found;
  if (kind === 'vpc-endpoint') return { problem: `\`${text}\` is the ID that AWS gave the endpoint, and no name` };
  if (!definition) {
    if (kind === 'principal' && whyNoName(kind, text) !== undefined)
      return { problem: `\`${text}\` stands for somebody by itself, and is no name of this file` };
    return { problem: `\`${text}\` is no name of this file` };
  }
  if (definition.name !== text)
    return { problem: `\`${text}\` is no name, but another way to say \`${definition.name}\`: rename that` };
  return found;
}

/** The changes of a text that give something another name wherever it has the old one. */
export function renamed(source: SourceDocument, offset: number, name: string): Renaming | Refusal | undefined {
  const found = renamableAt(source, offset);
  if (!found || 'problem' in found) return found;
  const { kind, definition } = found;
  if (!definition || definition.name === name) return { edits: [] };
  const occurrences = occurrencesOf(source, definition);
  const problem = whyNot(source, found, name) ?? (kind === 'key' ? whyKeepsName(source, found) : undefined);
  if (problem !== undefined) return { problem };
  const text = escapeForString(name);
  return { edits: occurrences.filter(({ byName }) => byName).map(({ span }) => ({ span, text })) };
}

function whyNot({ scenario }: SourceDocument, { kind }: NameAt, name: string): string | undefined {
  if (kind === 'saved' && !savedName.pattern.test(name)) return `\`${name}\` ${savedName.otherwise}`;
  const other = scenario?.names.find(kind, name);
  if (other)
    return `\`${name}\` is taken: ${other.name === name ? 'choose another name' : `it says \`${other.name}\``}`;
  return whyNoName(kind, name);
}

/** A key without an id of its own has one that is made from its name. */
function whyKeepsName(source: SourceDocument, { definition }: NameAt): string | undefined {
  const declared = source.scenario?.names.declaredKeys.find(({ name }) => name === definition?.name);
  if (!definition || !declared || declared.entry.id !== undefined) return undefined;
  const { id } = declared.description;
  const byId = occurrencesOf(source, definition).find(({ byName, text }) => !byName && text.includes(id));
  return byId && `\`${byId.text}\` names the key by the id that follows from its name: give the key an \`id\` first`;
}
