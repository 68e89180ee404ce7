import { topics } from './generated/topics.ts';
import type { Subject, Topic } from './topic.ts';

/** With each topic, at what place of the topic's list the subject stands. */
const bySubject = new Map<string, { readonly topic: Topic; readonly place: number }[]>();
for (const topic of topics) {
  for (const [place, subject] of topic.subjects.entries())
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), { topic, place }]);
}
for (const about of bySubject.values()) about.sort((a, b) => a.place - b.place);

/** What there is to learn about a subject, the topic first that is closest to it: the earlier in its list, the closer. */
export function topicsAbout(subject: Subject): readonly Topic[] {
  return bySubject.get(subject)?.map(({ topic }) => topic) ?? [];
}

/** The topic of this id; undefined where there is none. */
export function findTopic(id: string): Topic | undefined {
  return topics.find((topic) => topic.id === id);
}
