import { type CancellationToken, CancellationTokenSource, ProgressLocation, window } from 'vscode';

/**
 * Runs something that may take a while: a notification with a Cancel button appears once it has.
 *
 * @returns undefined when the person cancelled
 */
export async function withCancelButton<T>(
  title: string,
  work: (token: CancellationToken) => Promise<T>,
): Promise<T | undefined> {
  const source = new CancellationTokenSource();
  const running = work(source.token);
  const notice = setTimeout(() => {
    window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_progress, token) => {
      token.onCancellationRequested(() => source.cancel());
      return running.then(ignore, ignore);
    });
  }, PATIENCE);
  try {
    const result = await running;
    return source.token.isCancellationRequested ? undefined : result;
  } catch (error) {
    if (source.token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    clearTimeout(notice);
    source.dispose();
  }
}

/** In milliseconds. Most answers are there before; a notification that flashes up only disturbs. */
const PATIENCE = 400;

function ignore(): void {}
