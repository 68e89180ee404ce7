/** What the command line says to whoever started it. */
export const EXIT = {
  fine: 0,
  /** Findings at or above `--fail-on`, failed steps, an `--expect` that did not hold. */
  findings: 1,
  /** Wrong usage, or a file that cannot be read. */
  usage: 2,
} as const;

/** Wrong usage or an unreadable file. The message names it and says what to do; it ends the run with exit code 2. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
