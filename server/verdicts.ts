import type { Proposal } from '../simulator/access/changes.ts';
import type { Range, Verdict } from './protocol.ts';

/** A verdict that stands in a document until it is edited. */
export interface ShownVerdict {
  readonly verdict: Verdict;
  readonly summary: string;
  readonly range: Range;
  readonly report: string;
  readonly wantsIdentityPolicies: boolean;
  /** What would let the request in. */
  readonly proposals: readonly Proposal[];
  /** Whether one of the proposals changes a document that is there. */
  readonly canAllow: boolean;
}

/** The last verdict for each document. */
export class VerdictStore {
  private readonly shown = new Map<string, ShownVerdict>();

  get(uri: string): ShownVerdict | undefined {
    return this.shown.get(uri);
  }

  set(uri: string, verdict: ShownVerdict): void {
    this.shown.set(uri, verdict);
  }

  /** True if there was one. */
  clear(uri: string): boolean {
    return this.shown.delete(uri);
  }
}
