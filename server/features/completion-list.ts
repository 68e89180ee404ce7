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
  return new ListMaker(options).make(written);
}

type Ranges = Range | { readonly insert: Range; readonly replace: Range };

class ListMaker {
  private readonly options: ListOptions;
  /** One step of indentation, as the text has it. */
  private readonly unit: string;
  private readonly modeOnce: boolean;
  /** Nearly all items of a list have the same ranges. */
  private readonly ranges = new Map<string, Ranges>();

  constructor(options: ListOptions) {
    const { source, client } = options;
    this.options = options;
    this.unit = /\n([ \t]+)\S/.exec(source.text)?.[1] ?? '  ';
    this.modeOnce = client.adjustIndentation && client.itemDefaults.includes('insertTextMode');
  }

  make(written: readonly Written[]): CompletionList {
    const [first] = written;
    const once = this.options.client.itemDefaults.includes('editRange');
    const common = first && once ? this.rangesOf(first) : undefined;
    const items = written.map((each, index) => this.item(each, index, common));
    const itemDefaults = {
      ...(common ? { editRange: common } : {}),
      ...(this.modeOnce ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
    };
    return { isIncomplete: false, items, ...(common || this.modeOnce ? { itemDefaults } : {}) };
  }

  private item(written: Written, index: number, common: Ranges | undefined): CompletionItem {
    const { offer, before, filter } = written;
    const { source, client, suggestsAgain } = this.options;
    const isSnippet = client.snippets && hasStops(written.text);
    const text = indented(isSnippet ? written.text : resolved(written.text), this.unit);
    const ranges = this.rangesOf(written);
    const ownMode = client.adjustIndentation && !this.modeOnce && text.includes('\n');
    return {
      label: offer.label,
      kind: KIND[offer.kind],
      sortText: String(index).padStart(4, '0'),
      ...(filter === undefined ? {} : { filterText: filter }),
      ...(ranges === common
        ? text === offer.label
          ? {}
          : { textEditText: text }
        : { textEdit: editOf(ranges, text) }),
      ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
      ...(ownMode ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
      ...(before ? { additionalTextEdits: [insertion(source, before)] } : {}),
      ...noteOf(offer.note, client),
      ...(offer.about ? { data: { about: offer.about, uri: source.uri } } : {}),
      ...(offer.again && isSnippet && suggestsAgain ? { command: SUGGEST } : {}),
    };
  }

  private rangesOf({ span, mayKeepRest }: Written): Ranges {
    const { source, offset, client } = this.options;
    const keeps = client.insertReplace && mayKeepRest && offset < span.end;
    const name = `${span.start} ${span.end} ${keeps}`;
    const known = this.ranges.get(name);
    if (known) return known;
    const replace = source.rangeOfSpan(span);
    const ranges = keeps ? { insert: source.rangeOfSpan({ start: span.start, end: offset }), replace } : replace;
    this.ranges.set(name, ranges);
    return ranges;
  }
}

const SUGGEST = { title: 'Suggest', command: 'editor.action.triggerSuggest' };

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
  file: CompletionItemKind.File,
  whole: CompletionItemKind.Snippet,
};
