import type { Event } from 'vscode';
import { method, type TrailDocument, type TrailView } from '../../server/protocol.ts';
import { openReport } from '../reports.ts';
import { pageFor } from '../webviews/trail/page.ts';
import { copy, type ViewKind, type ViewServer, Views } from './panel.ts';
import { followRuns, jumpToStep } from './runViews.ts';

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
    return jumpToStep(request, uri, Number(step));
  },
  watch: (again, { uri }) => followRuns(again, uri, onRan),
});
