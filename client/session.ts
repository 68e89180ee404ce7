import { type CancellationToken, type TextDocument, Uri, window, workspace } from 'vscode';
import { type AccessOptions, type DocumentTarget, method } from '../server/protocol.ts';
import type { DecisionViews } from './decisionView.ts';
import type { EnvelopeViews } from './envelopeView.ts';
import type { LocalKms } from './localKms/localKms.ts';
import type { LocalKmsViews } from './localKms/view.ts';
import type { LastRuns } from './memory.ts';
import type { PracticeViews } from './practice/view.ts';
import type { Previews } from './preview.ts';
import type { ReadingViews } from './reading/view.ts';
import type { AccessViews } from './scenarios/accessView.ts';
import type { ScenarioExplorer } from './scenarios/explorer.ts';
import type { TimelineViews } from './scenarios/timelineView.ts';
import type { TrailViews } from './scenarios/trailView.ts';
import type { Verdicts } from './verdicts.ts';

/** What the commands work with. */
export interface Session {
  /** Sends a custom request; rejects with the server's message. */
  request<R>(method: string, params: unknown, token: CancellationToken): Promise<R>;
  /** Makes sure that the server sees a document, whatever it looks like. */
  insist(document: TextDocument): void;
  /** Takes the verdict of a document away, here and in the server. */
  forget(uri: string): void;
  /** Stops the server if it runs and starts it anew. */
  restart(): Promise<void>;
  readonly verdicts: Verdicts;
  readonly lastRuns: LastRuns;
  readonly previews: Previews;
  readonly scenarios: ScenarioExplorer;
  readonly accessViews: AccessViews;
  readonly trailViews: TrailViews;
  readonly timelineViews: TimelineViews;
  readonly envelopeViews: EnvelopeViews;
  readonly practiceViews: PracticeViews;
  readonly decisionViews: DecisionViews;
  readonly readingViews: ReadingViews;
  readonly localKms: LocalKms;
  readonly localKmsViews: LocalKmsViews;
}

/**
 * The document that a command is about: the one of its argument, else the one in the active editor.
 *
 * @throws {Error} when there is neither
 */
export async function documentFor(uri: string | undefined): Promise<TextDocument> {
  if (uri !== undefined) return workspace.openTextDocument(Uri.parse(uri, true));
  const document = window.activeTextEditor?.document;
  if (document === undefined) throw new Error('no policy is open: open one and run the command again');
  return document;
}

/**
 * What can be asked about a document.
 *
 * @throws {Error} when it holds no policy
 */
export async function accessOptions(
  session: Session,
  document: TextDocument,
  statement: string | undefined,
  token: CancellationToken,
): Promise<AccessOptions> {
  session.insist(document);
  const options = await session.request<AccessOptions | null>(
    method.accessOptions,
    targetOf(document, statement),
    token,
  );
  if (options === null) {
    throw new Error(`\`${nameOf(document)}\` holds no policy that could be simulated: it needs a \`Statement\``);
  }
  return options;
}

export function targetOf(document: TextDocument, statement: string | undefined): DocumentTarget {
  return { uri: document.uri.toString(), ...(statement === undefined ? {} : { statement }) };
}

function nameOf(document: TextDocument): string {
  return workspace.asRelativePath(document.uri);
}
