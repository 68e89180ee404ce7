/** The limits of a cache of data keys, as the AWS Encryption SDK has them. */
export interface CachingLimits {
  /** For how many milliseconds a data key is used. */
  readonly maxAge: number;
  /** How many messages one data key encrypts. Left out: 2^32. */
  readonly maxMessages?: number;
  /** How many bytes one data key encrypts; counts where the size of a message is known. */
  readonly maxBytes?: number;
  readonly messageBytes?: number;
  /** How many programs there are with a cache each; messages go to them in turn. Left out: one. */
  readonly hosts?: number;
}

interface Entry {
  /** In milliseconds. */
  since: number;
  /** How many messages the data key was not used for yet. */
  left: number;
}

/**
 * How many messages of each second find no data key in the caches, so that KMS is asked. The rules are those of
 * `DataKeyCache`, without an encryption context or always with the same. Messages are decrypted as they were encrypted: in
 * that order, at that rate and by a program of its own, so that it holds for both.
 */
export function cacheMisses(messages: readonly number[], limits: CachingLimits): number[] {
  const { maxAge, hosts = 1 } = limits;
  const most = messagesPerKey(limits);
  const entries = Array.from({ length: hosts }, (): Entry => ({ since: 0, left: 0 }));
  let next = 0;
  return messages.map((count, second) => {
    const now = 1000 * second;
    let misses = 0;
    for (const [host, entry] of entries.entries()) {
      const own = share(count, hosts, (host - next + hosts) % hosts);
      const served = now - entry.since <= maxAge ? Math.min(own, entry.left) : 0;
      const rest = own - served;
      if (rest === 0) {
        entry.left -= served;
        continue;
      }
      const keys = Math.ceil(rest / most);
      entry.since = now;
      entry.left = keys * most - rest;
      misses += keys;
    }
    next = (next + count) % hosts;
    return misses;
  });
}

/** The first message of a data key is encrypted whatever its size. */
function messagesPerKey({ maxMessages = MOST, maxBytes, messageBytes }: CachingLimits): number {
  if (maxBytes === undefined || !messageBytes) return maxMessages;
  return Math.max(1, Math.min(maxMessages, Math.floor(maxBytes / messageBytes)));
}

const MOST = 2 ** 32;

/** How many of `count` things that are dealt to `hosts` go to the one at `position`. */
const share = (count: number, hosts: number, position: number): number =>
  Math.floor(count / hosts) + (position < count % hosts ? 1 : 0);
