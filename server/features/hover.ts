import { pointedAt, pointedSpan, renderHover } from '../answers/help/hover.ts';
import { isConfigUri } from '../config/uris.ts';
import { findAt } from '../documents/at.ts';
import type { SourceDocument } from '../documents/source.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { topicUrl } from '../knowledge/url.ts';
import { clientCommand } from '../protocol.ts';
import { renderResponse, renderVerdict, stepAt, verdictNow } from '../scenarios/step-verdict.ts';
import type { Session } from '../session.ts';
import { answer, type Feature } from './feature.ts';
import { markup } from './markup.ts';

/** What stands under the pointer, why rules report it, and what an exam asks about it. */
export const hover: Feature = {
  id: 'hover',
  register(session) {
    session.connection.onHover(({ textDocument: { uri }, position }) =>
      answer(session, 'hovering', null, async () => {
        const source = session.source(uri);
        if (!source) return null;
        const settings = await session.settingsOf(uri);
        const diagnostics = isConfigUri(uri) ? [] : await session.shown(source);
        const pointed = pointedAt(source, source.offsetAt(position), settings.region, diagnostics);
        if (!pointed) return null;
        const help = renderHover(pointed, settings.hover.examTips, await loadKnowledge(), ({ id }) =>
          topicLink(session, id),
        );
        const verdict = await verdictAt(session, source, source.offsetAt(position));
        const value = verdict === undefined ? help : `${verdict}\n\n---\n\n${help}`;
        const span = pointedSpan(pointed);
        return {
          contents: markup(value, session.client.markdownHovers),
          ...(span ? { range: source.rangeOfSpan(span) } : {}),
        };
      }),
    );
  },
};

/** Opens the page of a topic where the client has one; elsewhere it is on the web. */
function topicLink({ options }: Session, topic: string): string {
  if (!options.clientCommands?.includes(clientCommand.openTopic)) return topicUrl(topic);
  return `command:${clientCommand.openTopic}?${encodeURIComponent(JSON.stringify([{ topic }]))}`;
}

/** Of a step the verdict of its last run, else that which it has now. */
async function verdictAt(session: Session, source: SourceDocument, offset: number): Promise<string | undefined> {
  const step = stepAt(source, offset);
  if (!step) return undefined;
  const { uri } = source;
  const taken = session.scenarioResults.get(uri, step.index);
  if (!taken) {
    const verdict = await verdictNow(await session.openScenarios.get(uri), step);
    return verdict && renderVerdict(verdict);
  }
  // Whoever points at something within a member wants to know of that.
  const path = findAt(source, offset)?.path ?? [];
  const response = path.length <= step.path.length + 1 ? renderResponse(taken) : undefined;
  return [renderVerdict(taken), ...(response === undefined ? [] : [response])].join('\n\n');
}
