import { supportsConditionKey } from '../../facts/condition-keys.ts';
import { ABSENT, type ContextValue, present, UNKNOWN } from '../../policy/context-value.ts';
import type { AccessRequest } from '../request.ts';
import { globalKeys } from './global-keys.ts';
import { kmsKeys } from './kms-keys.ts';

/** The condition keys of one request: what the request states, else what follows from it. Each is worked out once. */
export class RequestContext {
  private readonly request: AccessRequest;
  private readonly stated: ReadonlyMap<string, ContextValue>;
  private readonly derived = new Map<string, ContextValue>();

  constructor(request: AccessRequest) {
    this.request = request;
    this.stated = statedKeys(request);
  }

  /** `key` in lower case. Keys of other services are unknown: nobody here knows when they are present. */
  get(key: string): ContextValue {
    const stated = this.stated.get(key);
    if (stated) return stated;
    let value = this.derived.get(key);
    if (!value) {
      value = this.derive(key);
      this.derived.set(key, value);
    }
    return value;
  }

  private derive(key: string): ContextValue {
    const { request } = this;
    const isKms = key.startsWith('kms:');
    if (isKms && !supportsConditionKey(request.action, key)) return ABSENT;
    const table = isKms ? kmsKeys : globalKeys;
    const exact = table.get(key);
    if (exact) return exact(request, '');
    const separator = key.indexOf(isKms ? ':' : '/', 'kms:'.length) + 1;
    const template = separator > 0 ? table.get(key.slice(0, separator)) : undefined;
    return template ? template(request, key.slice(separator)) : UNKNOWN;
  }
}

function statedKeys({ context }: AccessRequest): ReadonlyMap<string, ContextValue> {
  const stated = new Map<string, ContextValue>();
  for (const [key, value] of Object.entries(context ?? {})) {
    const values = value === null ? [] : typeof value === 'string' ? [value] : value;
    stated.set(key.toLowerCase(), values.length > 0 ? present(...values) : ABSENT);
  }
  return stated;
}
