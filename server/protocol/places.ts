// Places in documents, and edits of them.

/** A statement of a document, as an RFC 6901 pointer; left out, the document as a whole. */
export interface DocumentTarget {
  readonly uri: string;
  readonly statement?: string;
}

export interface DocumentEdits {
  readonly uri: string;
  /** Of the open document that the edits were made for; null where it is not open. */
  readonly version: number | null;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

/** As in the Language Server Protocol: lines and characters from 0, characters in UTF-16 code units. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}
