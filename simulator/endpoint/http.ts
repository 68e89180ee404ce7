/** A request as it came over HTTP, its body whole. */
export interface HttpRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** By names in small letters; values of headers that came several times are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Goes on after the body: it is handed a function that writes more, and gives back one that ends it. */
  readonly follow?: (write: (text: string) => void) => () => void;
}

/** Requests that are longer are refused: the longest of the API has less than half of it. */
export const MOST_BODY = 1024 * 1024;
