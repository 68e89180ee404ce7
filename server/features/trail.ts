import { ResponseError } from 'vscode-languageserver';
import { callingKinds } from '../../simulator/scenario/step.ts';
import { trailFile } from '../../simulator/trail/file.ts';
import { SourceDocument } from '../documents/source.ts';
import { method, type ScenarioParams, type TrailDocument, type TrailView } from '../protocol.ts';
import { trailTitle, trailViewOf } from '../scenarios/trail-view.ts';
import type { KeptTrail } from '../scenarios/trails.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { runScenarioOf, scenarioAt } from './scenario.ts';
import { INVALID_REQUEST } from './simulate.ts';
import { nameOfUri } from './uris.ts';

/** What CloudTrail recorded of the calls of a scenario, as a table and as the text of a log file. */
export const trail: Feature = {
  id: 'trail',
  register(session) {
    session.connection.onRequest(method.trailView, (params: ScenarioParams) => viewOf(session, params));
    session.connection.onRequest(method.trail, (params: ScenarioParams) => trailDocument(session, params));
  },
};

async function viewOf(session: Session, { uri }: ScenarioParams): Promise<TrailView> {
  const { text, ...kept } = await trailOf(session, uri);
  const ran = new SourceDocument({ uri, text, configured: 'scenario' });
  const now = await session.readAs(uri, 'scenario');
  return trailViewOf(ran, { text, ...kept }, nameOfUri(uri), now?.text !== text);
}

export async function trailDocument(session: Session, { uri }: ScenarioParams): Promise<TrailDocument> {
  const events = (await trailOf(session, uri)).entries.map(({ event }) => event);
  const text = trailFile(events);
  const title = trailTitle(nameOfUri(uri));
  const report = session.reports.add(title, { text, links: [] }, '.json');
  return { summary: `${title}: ${events.length} ${events.length === 1 ? 'event' : 'events'}`, report, text };
}

/** Of the last run; a scenario that did not run is run. @throws {ResponseError} where nothing is called */
async function trailOf(session: Session, uri: string): Promise<KeptTrail> {
  const known = session.scenarioTrails.get(uri);
  if (known) return known;
  const document = await scenarioAt(session, uri);
  const calls = document.scenario?.steps.some(({ kind }) => callingKinds.has(kind));
  if (!calls)
    throw new ResponseError(
      INVALID_REQUEST,
      `\`${nameOfUri(uri)}\` calls nothing that CloudTrail could record: add a step such as \`{ "call": "DescribeKey" }\``,
    );
  const { errors } = await runScenarioOf(session, { uri });
  const made = session.scenarioTrails.get(uri);
  if (made) return made;
  throw new ResponseError(
    INVALID_REQUEST,
    errors[0] ? `the scenario has a mistake: ${errors[0].message}` : 'no step could be taken that calls anything',
  );
}
