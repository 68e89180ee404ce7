import type { ServerCapabilities } from 'vscode-languageserver';
import type { Session } from '../session.ts';

/** One feature of the language server: what it tells the client it can do, and its handlers. */
export interface Feature {
  /** The file's name. */
  readonly id: string;
  readonly capabilities: Partial<ServerCapabilities>;
  /** Called once, before the first request. A handler that fails costs its own answer only. */
  register(session: Session): void;
}

/** Runs a handler once the configuration is read; a failure is logged and answered with `fallback`. */
export async function answer<T>(session: Session, what: string, fallback: T, work: () => T | Promise<T>): Promise<T> {
  try {
    await session.configs.settled();
    return await work();
  } catch (error) {
    session.log(`${what} failed`, error);
    return fallback;
  }
}
