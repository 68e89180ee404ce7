import { ResponseError } from 'vscode-languageserver';
import { SourceDocument } from '../documents/source.ts';
import { method, type ScenarioParams, type TimelineDocument, type TimelineView } from '../protocol.ts';
import { shortName } from '../scenarios/trail-view.ts';
import type { Session } from '../session.ts';
import type { timelineJob } from '../timelines/job.ts';
import type { KeptTimeline } from '../timelines/kept.ts';
import { describeTimeline } from '../timelines/text.ts';
import type { Feature } from './feature.ts';
import { jobFor } from './scenario.ts';
import { INVALID_REQUEST } from './simulate.ts';
import { nameOfUri } from './uris.ts';

/** What happens to the keys of a scenario over time, as lanes and as text. */
export const timeline: Feature = {
  id: 'timeline',
  register(session) {
    session.connection.onRequest(method.timelineView, async ({ uri }: ScenarioParams) => {
      const kept = await timelineOf(session, uri);
      const now = await session.readAs(uri, 'scenario');
      return viewOf(uri, kept, now?.text !== kept.text);
    });
    session.connection.onRequest(method.timeline, (params: ScenarioParams) => timelineDocument(session, params));
  },
};

export async function timelineDocument(session: Session, { uri }: ScenarioParams): Promise<TimelineDocument> {
  const kept = await timelineOf(session, uri);
  const view = viewOf(uri, kept, false);
  const ran = new SourceDocument({ uri, text: kept.text, configured: 'scenario' });
  const report = describeTimeline(view, (index, text) => {
    const step = ran.scenario?.steps[index];
    if (!step) return text;
    const { line, character } = ran.rangeOf({ path: step.path }).start;
    return { text, target: `${uri}#L${line + 1},${character + 1}` };
  });
  const count = view.lanes.reduce((sum, { marks }) => sum + marks.length, 0);
  const keys = view.lanes.filter(({ arn }) => arn !== '').length;
  return {
    summary: `${view.title}: ${keys} ${keys === 1 ? 'key' : 'keys'}, ${count} ${count === 1 ? 'mark' : 'marks'}`,
    report: session.reports.add(view.title, report),
    text: report.text,
  };
}

const viewOf = (uri: string, { timeline: parts }: KeptTimeline, isOld: boolean): TimelineView => ({
  uri,
  title: `Timeline of ${shortName(nameOfUri(uri))}`,
  isOld,
  ...parts,
});

/** That of the last run; a run of single steps is played whole, too. @throws {ResponseError} where nothing happens */
async function timelineOf(session: Session, uri: string): Promise<KeptTimeline> {
  const known = session.timelines.get(uri);
  if (known) return known;
  const { document, job } = await jobFor(session, uri);
  const result = await session.runner.run<Awaited<ReturnType<typeof timelineJob>>>('timeline', job);
  if ('problem' in result) throw new ResponseError(INVALID_REQUEST, result.problem);
  const made = { timeline: result.ok, text: document.text };
  session.timelines.add(uri, made);
  return made;
}
