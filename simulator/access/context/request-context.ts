import { supportsConditionKey } from '../../facts/condition-keys.ts';
import { ABSENT, type ContextValue, present, UNKNOWN } from '../../policy/context-value.ts';
import type { AccessRequest } from '../request.ts';
import type { Derive, Surroundings } from './derive.ts';
import { globalKeys } from './global-keys.ts';
import { kmsKeys } from './kms-keys.ts';

/**
 * The condition keys of one request: what the request states, else what follows from it. Each is worked out once, and
 * only when a condition asks for it.
 */
export class RequestContext {
  private readonly request: AccessRequest;
  private readonly surroundings: Surroundings;
  private values: Map<string, ContextValue> | undefined;
  private stated: ReadonlyMap<string, ContextValue> | undefined;

  constructor(request: AccessRequest, surroundings: Surroundings) {
    this.request = request;
    this.surroundings = surroundings;
  }

  /** `key` in lower case. Keys of other services are unknown: nobody here knows when they are present. */
  get(key: string): ContextValue {
    this.values ??= new Map();
    let value = this.values.get(key);
    if (!value) {
      value = this.statedValue(key) ?? this.derive(key);
      this.values.set(key, value);
    }
    return value;
  }

  private statedValue(key: string): ContextValue | undefined {
    if (!this.request.context) return undefined;
    this.stated ??= statedKeys(this.request.context);
    return this.stated.get(key);
  }

  private derive(key: string): ContextValue {
    const { request, surroundings } = this;
    let found = rules.get(key);
    if (!found) {
      // Policies that come and go may name any number of keys.
      if (rules.size >= MOST_RULES) rules.clear();
      found = ruleFor(key);
      rules.set(key, found);
    }
    if (!found.supportedBy(request.action)) return ABSENT;
    return found.derive(request, found.variable, surroundings);
  }
}

/** How a key is worked out for any request. */
interface Rule {
  readonly derive: Derive;
  /** What stands in place of a template's variable, else empty. */
  readonly variable: string;
  readonly supportedBy: (action: string) => boolean;
}

const MOST_RULES = 1_000;
const rules = new Map<string, Rule>();

function ruleFor(key: string): Rule {
  const isKms = key.startsWith('kms:');
  const supportedBy = isKms ? supporters(key) : () => true;
  const table = isKms ? kmsKeys : globalKeys;
  const exact = table.get(key);
  if (exact) return { derive: exact, variable: '', supportedBy };
  const separator = key.indexOf(isKms ? ':' : '/', 'kms:'.length) + 1;
  const template = separator > 0 ? table.get(key.slice(0, separator)) : undefined;
  return { derive: template ?? (() => UNKNOWN), variable: key.slice(separator), supportedBy };
}

function supporters(key: string): (action: string) => boolean {
  const found = new Map<string, boolean>();
  return (action) => {
    let supported = found.get(action);
    if (supported === undefined) {
      supported = supportsConditionKey(action, key);
      found.set(action, supported);
    }
    return supported;
  };
}

function statedKeys(context: NonNullable<AccessRequest['context']>): ReadonlyMap<string, ContextValue> {
  const stated = new Map<string, ContextValue>();
  for (const [key, value] of Object.entries(context)) {
    const values = value === null ? [] : typeof value === 'string' ? [value] : value;
    stated.set(key.toLowerCase(), values.length > 0 ? present(...values) : ABSENT);
  }
  return stated;
}
