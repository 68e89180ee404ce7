import type { CancellationToken } from 'vscode-languageserver';

/** Aborted once the request is cancelled. */
export function signalOf(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  // A request that was cancelled before it was read has a token that never fires.
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
