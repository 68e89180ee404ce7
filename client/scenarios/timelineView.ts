import type { Event } from 'vscode';
import { method, type TimelineDocument, type TimelineView } from '../../server/protocol.ts';
import { openReport } from '../reports.ts';
import { pageFor } from '../webviews/timeline/page.ts';
import { copy, type ViewKind, type ViewServer, Views } from './panel.ts';
import { followRuns, jumpToStep } from './runViews.ts';

/** What happened to the keys of scenarios, and when, one page for each scenario. They follow new runs. */
export class TimelineViews extends Views<string, TimelineView> {
  /** @param onRan told of each scenario that ran */
  constructor(request: ViewServer, onRan: Event<string>) {
    super(kindOf(request, onRan), (uri) => request(method.timelineView, { uri }));
  }
}

const kindOf = (request: ViewServer, onRan: Event<string>): ViewKind<TimelineView, string> => ({
  type: 'kms-lens.timeline',
  page: pageFor,
  async asked({ text, step }, { uri }) {
    if (text !== 'open' && text !== 'copy') return jumpToStep(request, uri, Number(step));
    const made = await request<TimelineDocument>(method.timeline, { uri });
    return text === 'open' ? openReport(made.report) : copy(made.text, 'the timeline as text');
  },
  watch: (again, { uri }) => followRuns(again, uri, onRan),
});
