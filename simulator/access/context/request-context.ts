import { isKeyProperty, supportsConditionKey } from '../../facts/condition-keys.ts';
import { ABSENT, type ContextValue, listed, type RequestValues, UNKNOWN } from '../../policy/context-value.ts';
import type { AccessRequest } from '../request.ts';
import type { Derive, Surroundings } from './derive.ts';
import { globalKeys } from './global-keys.ts';
import { kmsKeys } from './kms-keys.ts';

/** The condition keys of one request: what the request states, else what follows from it when a condition asks. */
export class RequestContext implements RequestValues, Surroundings {
  private readonly request: AccessRequest;
  readonly throughEndpoint: boolean;
  private stated: ReadonlyMap<string, ContextValue> | undefined;

  constructor(request: AccessRequest, throughEndpoint: boolean) {
    this.request = request;
    this.throughEndpoint = throughEndpoint;
  }

  /** `key` in lower case. Keys of other services are unknown: nobody here knows when they are present. */
  get(key: string): ContextValue {
    return this.statedValue(key) ?? this.derive(key);
  }

  private statedValue(key: string): ContextValue | undefined {
    if (!this.request.context) return undefined;
    this.stated ??= statedKeys(this.request.context);
    return this.stated.get(key);
  }

  private derive(key: string): ContextValue {
    const { request } = this;
    const rule = ruleFor(request.action, key);
    if (!rule || (request.alias && isKeyProperty(key))) return ABSENT;
    return request.open?.has(key) ? UNKNOWN : rule.derive(request, rule.variable, this);
  }
}

interface Rule {
  readonly derive: Derive;
  /** The part of the key that a policy's author chose. */
  readonly variable: string;
}

const rules = new Map<string, Map<string, Rule | undefined>>();
/** Keys come from policies: few in all, unless somebody types for long. */
const MOST_KEYS = 1000;

/** Which rule a key follows in requests for an action; undefined: it is never in one. Looked up once. */
function ruleFor(action: string, key: string): Rule | undefined {
  let byKey = rules.get(action);
  if (!byKey) {
    byKey = new Map();
    rules.set(action, byKey);
  }
  let rule = byKey.get(key);
  if (!rule && !byKey.has(key)) {
    rule = findRule(action, key);
    if (MOST_KEYS <= byKey.size) byKey.clear();
    byKey.set(key, rule);
  }
  return rule;
}

const unknown: Derive = () => UNKNOWN;

function findRule(action: string, key: string): Rule | undefined {
  const isKms = key.startsWith('kms:');
  if (isKms && !supportsConditionKey(action, key)) return undefined;
  const table = isKms ? kmsKeys : globalKeys;
  const exact = table.get(key);
  if (exact) return { derive: exact, variable: '' };
  const separator = key.indexOf(isKms ? ':' : '/', 'kms:'.length) + 1;
  const template = separator > 0 ? table.get(key.slice(0, separator)) : undefined;
  return { derive: template ?? unknown, variable: key.slice(separator) };
}

function statedKeys(context: NonNullable<AccessRequest['context']>): ReadonlyMap<string, ContextValue> {
  const stated = new Map<string, ContextValue>();
  for (const [key, value] of Object.entries(context)) {
    const values = value === null ? [] : typeof value === 'string' ? [value] : value;
    stated.set(key.toLowerCase(), listed(values));
  }
  return stated;
}
