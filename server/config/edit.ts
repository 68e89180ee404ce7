import { type JsonObject, valueOf } from '../../simulator/json/node.ts';
import { isLoose } from '../../simulator/json/parse.ts';
import { editsBetween, type TextEdit } from '../documents/edits.ts';
import { SourceDocument } from '../documents/source.ts';

/** The edits of a `.kms-lens.json`, or why it cannot be edited. */
export type ConfigEdits = { readonly edits: readonly TextEdit[] } | { readonly problem: string };

/**
 * Changes a configuration. Comments and everything else in the file stay as they are; an empty text becomes a file. A text
 * that is broken, or that has something else where the change belongs, is left to its owner.
 *
 * @param unfit why the change cannot be made in this object
 * @param change gives the changed text; what it gets is an object for sure
 */
export function editConfig(
  uri: string,
  text: string,
  unfit: (root: JsonObject) => string | undefined,
  change: (text: string) => string,
): ConfigEdits {
  const original = configDocument(uri, text);
  const { root, problems } = original.parsed;
  if (problems.some((problem) => !isLoose(problem) && problem.code !== 'empty'))
    return { problem: 'it is no proper JSON' };
  if (root && root.type !== 'object') return { problem: 'it is no JSON object' };
  const problem = root && unfit(root);
  if (problem) return { problem };
  return { edits: editsBetween(original, change(root ? text : withObject(text))) };
}

/** Why a member cannot be added to: it is of another type, or nobody knows which of several counts. */
export function whyUnfit(root: JsonObject, name: string, type: 'object' | 'array'): string | undefined {
  if (1 < root.members.filter(({ key }) => key.value === name).length) return `\`${name}\` is given twice`;
  const value = valueOf(root, name);
  if (!value || value.type === type) return undefined;
  return `\`${name}\` is no ${type === 'array' ? 'list' : 'object'}`;
}

export function configDocument(uri: string, text: string): SourceDocument {
  return new SourceDocument({ uri, text, languageId: 'jsonc' });
}

/** A file of comments alone, or of nothing. */
const withObject = (text: string): string => (text.trim() === '' ? '{}\n' : `${text.trimEnd()}\n{}\n`);
