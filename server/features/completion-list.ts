import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { OfferKind } from '../answers/completion/offer.ts';
import { hasStops, indented, resolved } from '../answers/completion/snippet.ts';
import type { Written } from '../answers/completion/write.ts';
import type { SourceDocument } from '../documents/source.ts';

/** What the client can do with completions. */
export interface CompletionFeatures {
  readonly snippets: boolean;
  readonly insertReplace: boolean;
  readonly labelDetails: boolean;
  readonly markdown: boolean;
  readonly adjustIndentation: boolean;
  /** The fields of items that may stand once for the whole list. */
  readonly itemDefaults: readonly string[];
}

export function completionFeatures({ textDocument }: ClientCapabilities): CompletionFeatures {
  const { completionItem, completionList } = textDocument?.completion ?? {};
  return {
    snippets: completionItem?.snippetSupport === true,
    insertReplace: completionItem?.insertReplaceSupport === true,
    labelDetails: completionItem?.labelDetailsSupport === true,
    markdown: completionItem?.documentationFormat?.includes('markdown') === true,
    adjustIndentation:
      completionItem?.insertTextModeSupport?.valueSet.includes(InsertTextMode.adjustIndentation) === true,
    itemDefaults: completionList?.itemDefaults ?? [],
  };
}

export interface ListOptions {
  readonly source: SourceDocument;
  /** Where the cursor stands. */
  readonly offset: number;
  readonly client: CompletionFeatures;
  readonly suggestsAgain: boolean;
}

/** Offers as the protocol has them, in their order. */
export function toCompletionList(written: readonly Written[], options: ListOptions): CompletionList {
  const { client } = options;
  const [first] = written;
  const common = first && client.itemDefaults.includes('editRange') ? rangesOf(first, options) : undefined;
  const mode = client.adjustIndentation && client.itemDefaults.includes('insertTextMode');
  const items = written.map((each, index) => itemOf(each, index, common, options));
  const defaults = {
    ...(common ? { editRange: common } : {}),
    ...(mode ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
  };
  return { isIncomplete: false, items, ...(common || mode ? { itemDefaults: defaults } : {}) };
}

type Ranges = Range | { readonly insert: Range; readonly replace: Range };

function itemOf(written: Written, index: number, common: Ranges | undefined, options: ListOptions): CompletionItem {
  const { offer, before, filter } = written;
  const { source, client } = options;
  const isSnippet = client.snippets && hasStops(written.text);
  const unit = /\n([ \t]+)\S/.exec(source.text)?.[1] ?? '  ';
  const text = indented(isSnippet ? written.text : resolved(written.text), unit);
  const ranges = rangesOf(written, options);
  const isCommon = common !== undefined && sameRanges(common, ranges);
  return {
    label: offer.label,
    kind: KIND[offer.kind],
    sortText: String(index).padStart(4, '0'),
    ...(filter === undefined ? {} : { filterText: filter }),
    ...(isCommon ? (text === offer.label ? {} : { textEditText: text }) : { textEdit: editOf(ranges, text) }),
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(client.adjustIndentation && !client.itemDefaults.includes('insertTextMode') && text.includes('\n')
      ? { insertTextMode: InsertTextMode.adjustIndentation }
      : {}),
    ...(before ? { additionalTextEdits: [insertion(source, before)] } : {}),
    ...noteOf(offer.note, client),
    ...(offer.about ? { data: { about: offer.about, uri: source.uri } } : {}),
    ...(offer.again && isSnippet && options.suggestsAgain ? { command: SUGGEST } : {}),
  };
}

const SUGGEST = { title: 'Suggest', command: 'editor.action.triggerSuggest' };

function rangesOf({ span, mayKeepRest }: Written, { source, offset, client }: ListOptions): Ranges {
  const replace = source.rangeOfSpan(span);
  if (!client.insertReplace || !mayKeepRest || offset === span.end) return replace;
  return { insert: source.rangeOfSpan({ start: span.start, end: offset }), replace };
}

const sameRanges = (a: Ranges, b: Ranges): boolean => JSON.stringify(a) === JSON.stringify(b);

const editOf = (ranges: Ranges, newText: string): NonNullable<CompletionItem['textEdit']> =>
  'insert' in ranges ? { newText, ...ranges } : { newText, range: ranges };

const insertion = (source: SourceDocument, { at, text }: { at: number; text: string }): TextEdit => ({
  range: source.rangeOfSpan({ start: at, end: at }),
  newText: text,
});

function noteOf(note: string | undefined, client: CompletionFeatures): Partial<CompletionItem> {
  if (note === undefined) return {};
  return client.labelDetails ? { labelDetails: { description: note } } : { detail: note };
}

const KIND: Readonly<Record<OfferKind, CompletionItemKind>> = {
  element: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  action: CompletionItemKind.Method,
  operator: CompletionItemKind.Operator,
  'condition-key': CompletionItemKind.Field,
  principal: CompletionItemKind.Constant,
  whole: CompletionItemKind.Snippet,
};
