import { supportsConditionKey } from '../../facts/condition-keys.ts';
import { ABSENT, type ContextValue, present, UNKNOWN } from '../../policy/context-value.ts';
import type { AccessRequest } from '../request.ts';
import type { Surroundings } from './derive.ts';
import { globalKeys } from './global-keys.ts';
import { kmsKeys } from './kms-keys.ts';

/**
 * The condition keys of one request: what the request states, else what follows from it. Each is worked out once, and
 * only when a condition asks for it.
 */
export class RequestContext {
  private readonly request: AccessRequest;
  private readonly surroundings: Surroundings;
  private readonly values = new Map<string, ContextValue>();
  private stated: ReadonlyMap<string, ContextValue> | undefined;

  constructor(request: AccessRequest, surroundings: Surroundings) {
    this.request = request;
    this.surroundings = surroundings;
  }

  /** `key` in lower case. Keys of other services are unknown: nobody here knows when they are present. */
  get(key: string): ContextValue {
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
    const isKms = key.startsWith('kms:');
    if (isKms && !supportsConditionKey(request.action, key)) return ABSENT;
    if (request.open?.has(key)) return UNKNOWN;
    const table = isKms ? kmsKeys : globalKeys;
    const exact = table.get(key);
    if (exact) return exact(request, '', surroundings);
    const separator = key.indexOf(isKms ? ':' : '/', 'kms:'.length) + 1;
    const template = separator > 0 ? table.get(key.slice(0, separator)) : undefined;
    return template ? template(request, key.slice(separator), surroundings) : UNKNOWN;
  }
}

function statedKeys(context: NonNullable<AccessRequest['context']>): ReadonlyMap<string, ContextValue> {
  const stated = new Map<string, ContextValue>();
  for (const [key, value] of Object.entries(context)) {
    const values = value === null ? [] : typeof value === 'string' ? [value] : value;
    stated.set(key.toLowerCase(), values.length > 0 ? present(...values) : ABSENT);
  }
  return stated;
}
