import { clientCommand } from '../server/protocol.ts';

/** The commands of the manifest that only the client knows. */
export const ownCommand = {
  restartServer: 'kms-lens.restartServer',
  showLog: 'kms-lens.showLog',
  treatAsKeyPolicy: 'kms-lens.treatAsKeyPolicy',
  setKind: 'kms-lens.setKind',
  openExample: 'kms-lens.openExample',
  stopLocalKms: 'kms-lens.stopLocalKms',
  restartLocalKms: 'kms-lens.restartLocalKms',
  showLocalKms: 'kms-lens.showLocalKms',
  copyLocalKmsAddress: 'kms-lens.copyLocalKmsAddress',
  localKmsMenu: 'kms-lens.localKmsMenu',
} as const;

/** Every command that the entry registers. */
export const allCommands: readonly string[] = [...Object.values(clientCommand), ...Object.values(ownCommand)];

/** Keys for `when` clauses. */
export const contextKey = {
  /** The language server was started, or starting it was tried. */
  started: 'kms-lens.started',
  /** The active editor shows plain JSON that is served as a policy. */
  jsonPolicy: 'kms-lens.jsonPolicy',
  /** A proof was run, which a step of the walkthrough waits for. */
  proved: 'kms-lens.proved',
  /** A practice question was answered, likewise. */
  answered: 'kms-lens.answered',
  /** The local KMS of this window runs. */
  localKmsRunning: 'kms-lens.localKmsRunning',
} as const;
