import { Disposable, type Event, workspace } from 'vscode';
import { method, type ScenarioTests, type TrailDocument, type TrailView } from '../../server/protocol.ts';
import { openReport } from '../reports.ts';
import { pageFor } from '../webviews/trail/page.ts';
import { afterPauses, copy, jumpTo, type ViewKind, type ViewServer, Views } from './panel.ts';

/** What CloudTrail recorded in the last runs of scenarios, one table for each. They follow new runs. */
export class TrailViews extends Views<string, TrailView> {
  /** @param onRan told of each scenario that ran */
  constructor(request: ViewServer, onRan: Event<string>) {
    super(kindOf(request, onRan), (uri) => request(method.trailView, { uri }));
  }
}

const kindOf = (request: ViewServer, onRan: Event<string>): ViewKind<TrailView, string> => ({
  type: 'kms-lens.trail',
  page: pageFor,
  async asked({ text, copied, step }, { uri, rows }) {
    if (text === 'open') return openReport((await request<TrailDocument>(method.trail, { uri })).report);
    if (text === 'copy') return copy((await request<TrailDocument>(method.trail, { uri })).text, 'the events as JSON');
    const row = rows[Number(copied)];
    if (row) return copy(JSON.stringify(row.record, null, 2), 'the event as JSON');
    const { steps } = (await request<ScenarioTests | null>(method.scenario, { uri })) ?? { steps: [] };
    const range = steps[Number(step)]?.range;
    return range && jumpTo({ uri, range });
  },
  watch(again, { uri }) {
    const later = afterPauses(again);
    return Disposable.from(
      later,
      onRan((ran) => {
        if (ran === uri) again();
      }),
      // An edit makes the run one of an older text.
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.toString() === uri) later();
      }),
    );
  },
});
