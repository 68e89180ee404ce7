import { commands, Uri, ViewColumn, window, workspace } from 'vscode';
import {
  clientCommand,
  type DecisionView,
  type KeepReportParams,
  type LocalKmsView,
  method,
} from '../../server/protocol.ts';
import { ownCommand } from '../commandIds.ts';
import { decisionKind } from '../decisionView.ts';
import { openReport } from '../reports.ts';
import { copy, type ViewKind, type ViewServer, Views } from '../scenarios/panel.ts';
import { pageFor } from '../webviews/localKms/page.ts';
import { moveClock, resetWorld } from './clock.ts';
import type { LocalKms } from './localKms.ts';
import { requestsAsText } from './text.ts';

/** The page of the local KMS: where it is, and what is asked of it as it is asked. */
export class LocalKmsViews extends Views<null, LocalKmsView> {
  constructor(kms: LocalKms, request: ViewServer, decisions: LocalDecisionViews) {
    super(kindOf(kms, request, decisions), async () => kms.view);
  }
}

/** Why calls of programs were refused, each by the id of its request. */
export class LocalDecisionViews extends Views<string, DecisionView> {
  constructor(kms: LocalKms) {
    super(
      { ...decisionKind(), single: true, column: ViewColumn.Active },
      async (requestId) => (await kms.explain(requestId)).view,
    );
  }
}

const kindOf = (kms: LocalKms, request: ViewServer, decisions: LocalDecisionViews): ViewKind<LocalKmsView, null> => {
  const read = async (report: KeepReportParams): Promise<void> =>
    openReport(await request<string>(method.keepReport, report));
  const asked: ViewKind<LocalKmsView, null>['asked'] = async (message) => {
    const { command, pointer, advance, reset, clear, why, explain, record, text, goto } = message;
    const { view } = kms;
    if (typeof command === 'string') return runFromPage(command, view);
    if (pointer !== undefined) {
      const [what, copied] = view.pointers[Number(pointer)] ?? [];
      return copied && copy(copied, what === 'Address' ? copied : `the line for ${what}`);
    }
    if (advance !== undefined) return moveClock(kms, Number(advance));
    if (reset) return resetWorld(kms);
    if (clear) return kms.clear();
    if (typeof why === 'string') return decisions.open(why);
    if (typeof explain === 'string') {
      const { title, text: written, links } = await kms.explain(explain);
      return read({ title, text: written, links });
    }
    if (Array.isArray(record)) {
      const [number, index] = record;
      const found = view.rows.find((row) => row.number === number)?.records[Number(index)];
      return found && copy(JSON.stringify(found, null, 2), 'the event as JSON');
    }
    if (goto && view.of?.uri !== undefined) return openScenario(view.of.uri);
    const title = 'Local KMS';
    if (text === 'open') return read({ title, text: requestsAsText(view) });
    if (text === 'copy') return copy(requestsAsText(view), 'the requests as text');
    if (text === 'trail') return read({ title: 'CloudTrail of the local KMS', text: trailOf(view), ending: '.json' });
    return undefined;
  };
  return {
    type: 'kms-lens.localKms',
    single: true,
    page: pageFor,
    async asked(...given) {
      try {
        return await asked(...given);
      } catch (error) {
        return window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
    },
    watch(again, _view, tell) {
      const watched = [kms.onChanged(again), kms.onAdded((added) => void tell({ added }))];
      return { dispose: () => watched.forEach((each) => void each.dispose()) };
    },
  };
};

/** In the shape of the log files that CloudTrail delivers. */
const trailOf = ({ rows }: LocalKmsView): string =>
  `${JSON.stringify({ Records: rows.flatMap(({ records }) => records) }, null, 2)}\n`;

const FROM_PAGE: readonly string[] = [clientCommand.startLocalKms, ownCommand.stopLocalKms, ownCommand.restartLocalKms];

async function runFromPage(command: string, { of }: LocalKmsView): Promise<unknown> {
  const id = FROM_PAGE.find((each) => each.endsWith(`.${command}`));
  // What ran last is what a person wants again.
  const again = of && (of.uri === undefined ? { empty: true } : { uri: of.uri });
  return id && commands.executeCommand(id, id === clientCommand.startLocalKms ? again : undefined);
}

async function openScenario(uri: string): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri, true));
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  await window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? ViewColumn.One });
}
