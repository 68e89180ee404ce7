import type { SourceDocument, Span } from '../../documents/source.ts';
import type { Knowledge } from '../../knowledge/index.ts';
import type { Subject, Topic } from '../../knowledge/topic.ts';
import { helpAt } from './at.ts';
import { topicsOf } from './render.ts';

/** A place of a document whose hover shows a topic. */
export interface TopicPlace {
  readonly topic: Topic;
  /** What the place is, for the topic. */
  readonly subject: Subject;
  readonly span: Span;
}

/** The places of a document whose hovers show topics, in order: every string is pointed at. */
export function topicPlaces(source: SourceDocument, region: string, knowledge: Knowledge): readonly TopicPlace[] {
  return [...source.text.matchAll(/"(?:[^"\\\n]|\\.)*"/g)].flatMap(({ index }) => {
    const found = helpAt(source, index + 1, region);
    if (!found) return [];
    const { help, span } = found;
    return topicsOf(help.subjects, knowledge).flatMap((topic) => {
      const subject = help.subjects.find((each) => topic.subjects.includes(each));
      return subject ? [{ topic, subject, span }] : [];
    });
  });
}
