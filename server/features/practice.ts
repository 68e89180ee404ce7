import { ResponseError } from 'vscode-languageserver';
import { SourceDocument } from '../documents/source.ts';
import { exampleUri } from '../examples.ts';
import { loadKnowledge, loadPractice } from '../knowledge/index.ts';
import type { Question } from '../knowledge/question.ts';
import {
  EXAMPLE_SCHEME,
  type ExampleText,
  method,
  type QuestionBank,
  type ScenarioParams,
  type TopicLink,
} from '../protocol.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { INVALID_REQUEST } from './simulate.ts';
import { nameOfUri } from './uris.ts';

/** The practice questions, and the scenarios that prove their answers. */
export const practice: Feature = {
  id: 'practice',
  register(session) {
    session.connection.onRequest(method.questions, questionBank);
    session.connection.onRequest(method.example, (params: ScenarioParams) => exampleText(session, params));
  },
};

async function questionBank(): Promise<QuestionBank> {
  const [knowledge, { questions, sectionTitles }] = await Promise.all([loadKnowledge(), loadPractice()]);
  const linkTo = (id: string): TopicLink[] => {
    const topic = knowledge.topic(id);
    return topic ? [{ id, title: topic.title }] : [];
  };
  return {
    sections: sectionTitles,
    questions: questions.map(({ items: _, topics, proof, steps, ...question }: Question) => ({
      ...question,
      topics: topics.flatMap(linkTo),
      proof: { uri: exampleUri(proof), steps },
    })),
  };
}

/** @throws {ResponseError} where there is no such example */
async function exampleText(session: Session, { uri }: ScenarioParams): Promise<ExampleText> {
  const text = uri.startsWith(`${EXAMPLE_SCHEME}:`) ? await session.workspace.read(uri) : undefined;
  if (text === undefined) throw new ResponseError(INVALID_REQUEST, `there is no example \`${nameOfUri(uri)}\``);
  const { scenario } = new SourceDocument({ uri, text });
  const named = (scenario?.policies ?? []).some(({ file }) => file !== undefined);
  return { text, needsFiles: named || (scenario?.files ?? []).length > 0 };
}
