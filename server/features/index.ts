import { accessTable } from './access-table.ts';
import { allowThis } from './allow-this.ts';
import { callHierarchy } from './call-hierarchy.ts';
import { codeAction } from './code-action.ts';
import { codeLens } from './code-lens.ts';
import { completion } from './completion.ts';
import { configuration } from './configuration.ts';
import { definition } from './definition.ts';
import { diagnostics } from './diagnostics.ts';
import { documentHighlight } from './document-highlight.ts';
import { documentLink } from './document-link.ts';
import { documentSymbol } from './document-symbol.ts';
import { envelope } from './envelope.ts';
import { executeCommand } from './execute-command.ts';
import type { Feature } from './feature.ts';
import { foldingRange } from './folding-range.ts';
import { hover } from './hover.ts';
import { inlayHint } from './inlay-hint.ts';
import { inspectMessage } from './inspect-message.ts';
import { localKms } from './local-kms.ts';
import { practice } from './practice.ts';
import { reading } from './reading.ts';
import { references } from './references.ts';
import { rename } from './rename.ts';
import { report } from './report.ts';
import { scenario } from './scenario.ts';
import { selectionRange } from './selection-range.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { simulate } from './simulate.ts';
import { timeline } from './timeline.ts';
import { trail } from './trail.ts';
import { workspaceDiagnostics } from './workspace-diagnostics.ts';
import { workspaceSymbol } from './workspace-symbol.ts';

/** Every feature of the language server. */
export const features: readonly Feature[] = [
  accessTable,
  allowThis,
  callHierarchy,
  codeAction,
  codeLens,
  completion,
  configuration,
  definition,
  diagnostics,
  documentHighlight,
  documentLink,
  documentSymbol,
  envelope,
  executeCommand,
  foldingRange,
  hover,
  inlayHint,
  inspectMessage,
  localKms,
  practice,
  reading,
  references,
  rename,
  report,
  scenario,
  selectionRange,
  semanticTokens,
  simulate,
  trail,
  timeline,
  workspaceSymbol,
  workspaceDiagnostics,
];
