import { ResponseError } from 'vscode-languageserver';
import { exampleNames, exampleUri } from '../examples.ts';
import { comparisons } from '../knowledge/comparisons/index.ts';
import { decisionsOf, type ShownDecision } from '../knowledge/decisions.ts';
import { loadKnowledge, loadPractice } from '../knowledge/index.ts';
import { outlineOf, proofsOf, topicPage } from '../knowledge/reading.ts';
import type { Topic } from '../knowledge/topic.ts';
import {
  type ComparedTopic,
  type ComparisonPage,
  type DecisionLink,
  method,
  type ProofLink,
  type ReadingOutline,
  type ReadingPage,
  type ReadingPlace,
  type TopicPage,
} from '../protocol.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { INVALID_REQUEST } from './simulate.ts';

/** What people learn for an exam, to be read: topics, and tables to compare by. */
export const reading: Feature = {
  id: 'reading',
  register(session) {
    session.connection.onRequest(method.reading, outline);
    session.connection.onRequest(method.readingPage, (place: ReadingPlace) => page(session, place) as Promise<unknown>);
  },
};

async function outline(): Promise<ReadingOutline> {
  return outlineOf(await loadKnowledge(), await loadPractice());
}

async function page(session: Session, { topic: id, comparison }: ReadingPlace): Promise<ReadingPage> {
  if (comparison !== undefined) return comparisonPage(comparison);
  const topic = (await loadKnowledge()).topic(id ?? '');
  if (!topic) throw new ResponseError(INVALID_REQUEST, `there is no topic \`${id ?? ''}\``);
  return pageOf(session, topic);
}

async function pageOf(session: Session, topic: Topic): Promise<TopicPage> {
  const practice = await loadPractice();
  const paths = proofsOf(topic, practice, await exampleNames());
  const proofs = await Promise.all(paths.map((path) => proofAt(session, path)));
  return topicPage(topic, await loadKnowledge(), practice, { proofs, decisions: decisionsOf(topic.id).map(linkTo) });
}

const linkTo = ({ title, policy, identityPolicies, request }: ShownDecision): DecisionLink => ({
  title,
  asked: {
    uri: exampleUri(policy),
    request,
    identityPolicies: identityPolicies.map((path) => ({ uri: exampleUri(path) })),
  },
});

async function proofAt(session: Session, path: string): Promise<ProofLink> {
  const uri = exampleUri(path);
  const { world } = await session.openScenarios.get(uri);
  return { uri, title: world?.file.description ?? path };
}

/** @throws {ResponseError} where there is no such table */
async function comparisonPage(id: string): Promise<ComparisonPage> {
  const found = comparisons.find((each) => each.id === id);
  if (!found) throw new ResponseError(INVALID_REQUEST, `there is no table \`${id}\``);
  const knowledge = await loadKnowledge();
  const topics = found.topics.flatMap((topic) => compared(knowledge.topic(topic)));
  return {
    kind: 'comparison',
    ...found,
    rows: found.rows().map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell))),
    topics,
    comparisons: comparisons.filter((each) => each !== found).map(({ id: other, title }) => ({ id: other, title })),
  };
}

function compared(topic: Topic | undefined): ComparedTopic[] {
  if (!topic) return [];
  const { id, title, exam, today, sources } = topic;
  const date =
    sources
      .map((source) => source.date)
      .sort()
      .at(-1) ?? '';
  return [{ id, title, exam, ...(today === undefined ? {} : { today }), date }];
}
