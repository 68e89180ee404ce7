import { cursorAt } from '../../documents/cursor.ts';
import type { SourceDocument } from '../../documents/source.ts';
import { contextOf, type Surroundings } from './context.ts';
import { isCompletedByJsonService, withoutJsonService } from './json-service.ts';
import { offersAt } from './offers.ts';
import { type Written, write } from './write.ts';

export interface CompletionQuestion extends Surroundings {
  /** The editor has a JSON service of its own, whose proposals stand beside ours. */
  readonly jsonService: boolean;
}

/** What can be written at an offset, the most likely first; undefined where nothing can. */
export function completionsAt(
  source: SourceDocument,
  offset: number,
  { jsonService, ...around }: CompletionQuestion,
): readonly Written[] | undefined {
  // The escapes of a policy inside a string leave no room for typing.
  if (source.kind.candidates.length === 0 || source.policy?.outer) return undefined;
  const cursor = cursorAt(source.text, source.parsed.root, offset);
  if (!cursor) return undefined;
  const context = contextOf(source, cursor, around);
  const all = offersAt(context);
  const offers = jsonService && isCompletedByJsonService(source) ? withoutJsonService(all, context) : all;
  return offers.map((offer) => write(offer, cursor, source.text));
}
