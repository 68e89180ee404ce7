import {
  DocumentDiagnosticReportKind,
  type PreviousResultId,
  type ResultProgressReporter,
  type WorkDoneProgressReporter,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { ClosedDocuments, ClosedFindings } from '../closed-documents.ts';

export interface WorkspacePullInit {
  readonly closed: ClosedDocuments;
  /** Whether the client has other findings of a document, which these would replace. */
  isHidden(uri: string): boolean;
  readonly workDone: WorkDoneProgressReporter;
  /** Left out: the client waits for one answer with everything. */
  readonly partial: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined;
}

/**
 * One `workspace/diagnostic` request. A client that takes partial results gets them as they are found, and the request
 * stays open, so that nobody has to ask again and again; any other gets its answer once everything is checked.
 */
export class WorkspacePull {
  private readonly init: WorkspacePullInit;
  private readonly reports = new Map<string, WorkspaceDocumentDiagnosticReport>();
  private previous: ReadonlyMap<string, string> = new Map();
  private end: (items: WorkspaceDocumentDiagnosticReport[] | undefined) => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private most = 0;
  private isShown = false;

  constructor(init: WorkspacePullInit) {
    this.init = init;
  }

  /** @returns what is not reported yet; undefined where it was cancelled */
  async answer(previous: readonly PreviousResultId[]): Promise<WorkspaceDocumentDiagnosticReport[] | undefined> {
    const { closed } = this.init;
    this.previous = new Map(previous.map(({ uri, value }) => [uri, value]));
    const stop = closed.listen({
      onFindings: (findings) => this.add(findings),
      onProgress: (left) => this.progress(left),
    });
    try {
      return await new Promise((resolve) => {
        this.end = resolve;
        for (const findings of closed.all()) this.add(findings);
        if (closed.isDone) this.progress(0);
      });
    } finally {
      stop();
      clearTimeout(this.timer);
      this.showDone();
    }
  }

  cancel(): void {
    this.end(undefined);
  }

  private add(findings: ClosedFindings): void {
    const { closed, isHidden, partial } = this.init;
    const { uri } = findings;
    if (isHidden(uri)) return;
    this.reports.set(uri, reportOf(findings, this.previous.get(uri)));
    if (partial && closed.isOn) this.timer ??= setTimeout(() => this.flush(), PAUSE);
  }

  private progress(left: number): void {
    const { closed, partial, workDone } = this.init;
    if (left > 0) {
      if (!this.isShown) workDone.begin('KMS Lens: checking the policies of the workspace', 0);
      this.isShown = true;
      this.most = Math.max(this.most, left);
      workDone.report(Math.floor((100 * (this.most - left)) / this.most));
      return;
    }
    this.showDone();
    this.addGone();
    if (!closed.isOn || !partial) this.end([...this.reports.values()]);
    else this.flush();
  }

  /** What the client has findings of, and is there no more. */
  private addGone(): void {
    const { closed } = this.init;
    const known = new Set(closed.all().map(({ uri }) => uri));
    for (const uri of this.previous.keys()) if (!known.has(uri)) this.add({ uri, items: [], resultId: undefined });
    this.previous = new Map();
  }

  private showDone(): void {
    if (this.isShown) this.init.workDone.done();
    this.isShown = false;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.reports.size === 0) return;
    this.init.partial?.report({ items: [...this.reports.values()] });
    this.reports.clear();
  }
}

/** In milliseconds: results of so long are sent together. */
const PAUSE = 100;

function reportOf(
  { uri, items, resultId }: ClosedFindings,
  previous: string | undefined,
): WorkspaceDocumentDiagnosticReport {
  if (resultId !== undefined && resultId === previous)
    return { kind: DocumentDiagnosticReportKind.Unchanged, uri, version: null, resultId };
  return {
    kind: DocumentDiagnosticReportKind.Full,
    uri,
    version: null,
    items: [...items],
    ...(resultId === undefined ? {} : { resultId }),
  };
}

/** Empty reports for what a client has findings of. */
export const goneOnes = (previous: readonly PreviousResultId[]): WorkspaceDocumentDiagnosticReport[] =>
  previous.map(({ uri }) => reportOf({ uri, items: [], resultId: undefined }, undefined));
