import { topics } from './generated/topics.ts';
import type { Subject, Topic } from './topic.ts';

const bySubject = new Map<string, Topic[]>();
for (const topic of topics) {
  for (const subject of topic.subjects) bySubject.set(subject, [...(bySubject.get(subject) ?? []), topic]);
}

/** What there is to learn about a subject, in the order of the topics' ids. */
export function topicsAbout(subject: Subject): readonly Topic[] {
  return bySubject.get(subject) ?? [];
}

/** The topic of this id; undefined where there is none. */
export function findTopic(id: string): Topic | undefined {
  return topics.find((topic) => topic.id === id);
}
