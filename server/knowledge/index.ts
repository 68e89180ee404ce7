import type { RulePage } from '../rules/page.ts';
import type { Question, SectionTitle } from './question.ts';
import type { Subject, Topic } from './topic.ts';

/** What there is to read: about rules, and for exams. */
export class Knowledge {
  readonly rulePages: readonly RulePage[];
  readonly topics: readonly Topic[];
  private readonly bySubject = new Map<string, readonly Topic[]>();

  constructor({ rulePages, topics }: Pick<Knowledge, 'rulePages' | 'topics'>) {
    this.rulePages = rulePages;
    this.topics = topics;
    /** With each topic, at what place of the topic's list the subject stands. */
    const places = new Map<string, { readonly topic: Topic; readonly place: number }[]>();
    for (const topic of topics) {
      for (const [place, subject] of topic.subjects.entries())
        places.set(subject, [...(places.get(subject) ?? []), { topic, place }]);
    }
    for (const [subject, about] of places) {
      about.sort((a, b) => a.place - b.place);
      this.bySubject.set(
        subject,
        about.map(({ topic }) => topic),
      );
    }
  }

  /** What there is to learn about a subject, the topic first that is closest to it: the earlier in its list, the closer. */
  topicsAbout(subject: Subject): readonly Topic[] {
    return this.bySubject.get(subject) ?? [];
  }

  /** The topic of this id; undefined where there is none. */
  topic(id: string): Topic | undefined {
    return this.topics.find((topic) => topic.id === id);
  }

  /** The page of the rule of this id; undefined where there is none. */
  rulePage(id: string): RulePage | undefined {
    return this.rulePages.find((page) => page.id === id);
  }
}

let loaded: Promise<Knowledge> | undefined;

/** Read when it is first asked for. */
export function loadKnowledge(): Promise<Knowledge> {
  loaded ??= import('./pages.ts').then((pages) => new Knowledge(pages));
  return loaded;
}

export interface Practice {
  /** By section, then by level, then by id. */
  readonly questions: readonly Question[];
  readonly sectionTitles: readonly SectionTitle[];
}

/** The practice questions, read when they are first asked for. */
export function loadPractice(): Promise<Practice> {
  return import('./questions.ts');
}
