import { recordOf } from '../arguments.ts';
import type { Store } from '../memory.ts';
import type { Answered, ProgressJson } from './types.ts';

/** What a person has answered, kept from session to session. */
export class Progress {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  all(): ProgressJson {
    const stored = Object.entries(recordOf(this.#store.get(PROGRESS_KEY)) ?? {});
    return Object.fromEntries(stored.flatMap(([id, entry]) => readAnswered(entry).map((read) => [id, read])));
  }

  async add(id: string, isRight: boolean): Promise<ProgressJson> {
    const all = this.all();
    const { right, missed } = all[id] ?? { right: 0, missed: 0 };
    const entry: Answered = isRight
      ? { right: right + 1, missed, last: 'right' }
      : { right, missed: missed + 1, last: 'missed' };
    const next = { ...all, [id]: entry };
    await this.#store.update(PROGRESS_KEY, next);
    return next;
  }

  async reset(): Promise<ProgressJson> {
    await this.#store.update(PROGRESS_KEY, {});
    return {};
  }
}

/** Where it is kept; settings sync may take it to a person's other machines. */
export const PROGRESS_KEY = 'kms-lens.practice';

/** Empty for what an older version stored in another shape. */
function readAnswered(stored: unknown): Answered[] {
  const { right, missed, last } = recordOf(stored) ?? {};
  if (typeof right !== 'number' || typeof missed !== 'number') return [];
  return [{ right, missed, last: last === 'missed' ? 'missed' : 'right' }];
}
