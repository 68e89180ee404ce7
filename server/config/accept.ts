import { valueOf } from '../../simulator/json/node.ts';
import { withElement, withValue } from '../documents/append.ts';
import { type ConfigEdits, configDocument, editConfig, whyUnfit } from './edit.ts';

/** An entry of `suppress`, its members in the order in which they are written. */
export interface WrittenSuppression {
  readonly rule: string;
  readonly path?: string;
  readonly sid?: string;
  readonly reason: string;
}

/** Adds a suppression behind those that are there. */
export function addSuppression(uri: string, text: string, entry: WrittenSuppression): ConfigEdits {
  return editConfig(
    uri,
    text,
    (root) => whyUnfit(root, 'suppress', 'array'),
    (whole) => {
      const document = configDocument(uri, whole);
      const { root } = document.parsed;
      const list = root?.type === 'object' ? valueOf(root, 'suppress') : undefined;
      if (list?.type === 'array') return withElement(document, list, { ...entry });
      return withValue(document, ['suppress'], [{ ...entry }]);
    },
  );
}

/** Switches a rule off for everything that the file is for. */
export function switchOff(uri: string, text: string, rule: string): ConfigEdits {
  return editConfig(
    uri,
    text,
    (root) => whyUnfit(root, 'rules', 'object'),
    (whole) => withValue(configDocument(uri, whole), ['rules', rule], 'off'),
  );
}
