/** Why a state cannot be read. The message names the file and the place in it; the remedy says what to do. */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

const RESTORE = 'nothing was changed; bring the whole folder back from a backup, or start with a new one';

export const damaged = (file: string, what: string): StateError => new StateError(`\`${file}\` ${what}`, RESTORE);

export const newer = (file: string, version: number): StateError =>
  new StateError(
    `\`${file}\` has version ${version} of the format, which this version of KMS Lens does not know`,
    'nothing was changed; use the version of KMS Lens that wrote it, or a later one',
  );
