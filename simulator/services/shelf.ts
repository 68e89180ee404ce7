import type { Play } from '../scenario/play.ts';

/** One kind of what services keep from step to step: objects, volumes, tables. */
export class Shelf<T> {
  /** In messages: `object`. */
  readonly what: string;
  private readonly byPlay = new WeakMap<Play, Map<string, T>>();

  constructor(what: string) {
    this.what = what;
  }

  /** By name. */
  in(play: Play): Map<string, T> {
    const known = this.byPlay.get(play) ?? new Map<string, T>();
    this.byPlay.set(play, known);
    return known;
  }
}
