import { codeAction } from './code-action.ts';
import { codeLens } from './code-lens.ts';
import { configuration } from './configuration.ts';
import { diagnostics } from './diagnostics.ts';
import { documentSymbol } from './document-symbol.ts';
import { envelope } from './envelope.ts';
import { executeCommand } from './execute-command.ts';
import type { Feature } from './feature.ts';
import { hover } from './hover.ts';
import { report } from './report.ts';
import { simulate } from './simulate.ts';

/** Every feature of the language server. */
export const features: readonly Feature[] = [
  codeAction,
  codeLens,
  configuration,
  diagnostics,
  documentSymbol,
  envelope,
  executeCommand,
  hover,
  report,
  simulate,
];
