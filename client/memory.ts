import type { DecisionJson, SimulateRequest } from '../server/protocol.ts';
import { readRequest, recordOf } from './arguments.ts';

/** A simulation that can be run again. */
export interface LastRun {
  readonly request: SimulateRequest;
  readonly statement?: string;
  /** The uris of the identity policies it was decided with; left out, they were unknown. */
  readonly identityPolicies?: readonly string[];
}

/** Whether the identity policies that somebody chose for a run decided something, and belong to somebody who has an entry. */
export function isWorthRemembering({ request, identityPolicies }: LastRun, decision: DecisionJson): boolean {
  const layer = decision.layers.find((each) => each.layer === 'identity-policy');
  const tookPart = layer !== undefined && layer.outcome !== 'not-applicable' && layer.outcome !== 'not-given';
  const isListable = /^arn:[\w-]+:(iam|sts)::\d{12}:(user|role|assumed-role|federated-user)\//.test(request.principal);
  return identityPolicies !== undefined && decision.verdict !== 'depends' && tookPart && isListable;
}

/** Where the runs are kept: the part of VS Code's `Memento` that is needed. */
export interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** The last simulation of each document, for “Run again”; the documents used longest ago are forgotten first. */
export class LastRuns {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  get(uri: string): LastRun | undefined {
    return readRun(this.#entries().find(([known]) => known === uri)?.[1]);
  }

  async remember(uri: string, run: LastRun): Promise<void> {
    const others = this.#entries().filter(([known]) => known !== uri);
    await this.#store.update(KEY, [[uri, run], ...others].slice(0, REMEMBERED));
  }

  #entries(): readonly (readonly unknown[])[] {
    const stored = this.#store.get(KEY);
    return Array.isArray(stored) ? stored.filter((entry) => Array.isArray(entry)) : [];
  }
}

const KEY = 'kms-lens.lastRuns';
const REMEMBERED = 50;

/** What an older version stored may have another shape; it is then as good as nothing. */
function readRun(stored: unknown): LastRun | undefined {
  const run = recordOf(stored);
  if (run === undefined) return undefined;
  try {
    const policies = run['identityPolicies'];
    return {
      request: readRequest(run['request']),
      ...(typeof run['statement'] === 'string' ? { statement: run['statement'] } : {}),
      ...(Array.isArray(policies) ? { identityPolicies: policies.filter((uri) => typeof uri === 'string') } : {}),
    };
  } catch {
    return undefined;
  }
}
