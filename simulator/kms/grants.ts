import type { Grant } from '../access/world.ts';

/** A grant as the service keeps it. */
export interface KmsGrant {
  readonly id: string;
  /** The `Name` of the request; left out where it had none. */
  readonly name?: string;
  /** The same text for the same request, where a repeated one makes no other grant. */
  readonly request?: string;
  /** What decides access. */
  readonly terms: Grant;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** From when on it counts without its token. */
  readonly everywhere: number;
}

const NOBODY: ReadonlySet<KmsGrant> = new Set();

/** The grants on one key: those that are there, and those that count, which is not the same while changes spread. */
export class KeyGrants {
  private readonly byId = new Map<string, KmsGrant>();
  private readonly byRequest = new Map<string, KmsGrant>();
  private readonly settled = new Set<KmsGrant>();
  private readonly coming = new Set<KmsGrant>();
  /** Ended, with when the last part of KMS hears of it. */
  private readonly going = new Map<KmsGrant, number>();
  private counting: readonly Grant[] | undefined;
  private onChanged: (grant: KmsGrant) => void = () => undefined;

  constructor(grants: Iterable<KmsGrant> = []) {
    for (const grant of grants) this.add(grant);
  }

  get size(): number {
    return this.byId.size;
  }

  get all(): Iterable<KmsGrant> {
    return this.byId.values();
  }

  /** Ended, and counting where nobody has heard of that, with until when. */
  get ended(): ReadonlyMap<KmsGrant, number> {
    return this.going;
  }

  /** Tells of each grant that comes, ends or is gone from now on. */
  watch(onChanged: (grant: KmsGrant) => void): void {
    this.onChanged = onChanged;
  }

  find(id: string): KmsGrant | undefined {
    return this.byId.get(id);
  }

  has(grant: KmsGrant): boolean {
    return this.byId.get(grant.id) === grant;
  }

  /** The grant that a request made. */
  madeBy(request: string): KmsGrant | undefined {
    return this.byRequest.get(request);
  }

  add(grant: KmsGrant): void {
    const { id, request } = grant;
    this.byId.set(id, grant);
    if (request !== undefined) this.byRequest.set(request, grant);
    this.coming.add(grant);
    this.onChanged(grant);
  }

  /** Retires or revokes it. @param until it counts where nobody has heard of that */
  end(grant: KmsGrant, until: number): void {
    this.byId.delete(grant.id);
    if (grant.request !== undefined) this.byRequest.delete(grant.request);
    this.going.set(grant, until);
    this.onChanged(grant);
  }

  /** Those that do not count yet without their tokens. */
  spreading(now: number): Iterable<KmsGrant> {
    this.settle(now);
    return [...this.coming].filter((grant) => this.has(grant));
  }

  /** The grants that a request counts on. @param named by its tokens */
  at(now: number, named: ReadonlySet<KmsGrant> = NOBODY): readonly Grant[] {
    this.settle(now);
    this.counting ??= [...this.settled].map(({ terms }) => terms);
    if (named.size === 0) return this.counting;
    const more = [...named].filter((grant) => this.coming.has(grant) && this.has(grant));
    return more.length === 0 ? this.counting : [...this.counting, ...more.map(({ terms }) => terms)];
  }

  private settle(now: number): void {
    for (const grant of this.coming) {
      if (now < grant.everywhere) continue;
      this.coming.delete(grant);
      this.settled.add(grant);
      this.counting = undefined;
    }
    for (const [grant, until] of this.going) {
      if (now < until) continue;
      this.going.delete(grant);
      this.coming.delete(grant);
      if (this.settled.delete(grant)) this.counting = undefined;
      this.onChanged(grant);
    }
  }
}
