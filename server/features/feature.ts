import type { Session } from '../session.ts';

/** One feature of the language server: its handlers. What a client is told of it stands in `server/capabilities.ts`. */
export interface Feature {
  /** The file's name. */
  readonly id: string;
  /** Called once, before the first request. A handler that fails costs its own answer only. */
  register(session: Session): void;
}

/** Runs a handler once the configuration is read; a failure is logged and answered with `fallback`. */
export async function answer<T>(session: Session, what: string, fallback: T, work: () => T | Promise<T>): Promise<T> {
  session.answering += 1;
  try {
    await session.configs.settled();
    return await work();
  } catch (error) {
    session.log(`${what} failed`, error);
    return fallback;
  } finally {
    session.answering -= 1;
  }
}
