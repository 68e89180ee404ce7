import { isKeyProperty, supportsConditionKey } from '../../facts/condition-keys.ts';
import { ABSENT, type ContextValue, listed, type RequestValues, UNKNOWN } from '../../policy/context-value.ts';
import type { AccessRequest } from '../request.ts';
import { hidesFromKeyPolicies } from '../statement-scope.ts';
import type { Derive, Surroundings } from './derive.ts';
import { globalKeys } from './global-keys.ts';
import { kmsKeys } from './kms-keys.ts';

/** The condition keys of one request: what the request states, else what follows from it when a condition asks. */
export class RequestContext implements RequestValues, Surroundings {
  private readonly request: AccessRequest;
  readonly throughEndpoint: boolean;
  private stated: ReadonlyMap<string, ContextValue> | undefined;
  private rules: Map<string, Rule> | undefined;

  constructor(request: AccessRequest, throughEndpoint: boolean) {
    this.request = request;
    this.throughEndpoint = throughEndpoint;
  }

  /** `key` in lower case. Keys of other services are unknown: nobody here knows when they are present. */
  get(key: string): ContextValue {
    return this.valueOf(key, this.ruleFor(key));
  }

  /** The same as a key policy sees it. */
  inKeyPolicy(key: string): ContextValue {
    const rule = this.ruleFor(key);
    return rule.hiddenFromKeyPolicies ? ABSENT : this.valueOf(key, rule);
  }

  private valueOf(key: string, rule: Rule): ContextValue {
    return this.statedValue(key) ?? this.derive(key, rule);
  }

  private statedValue(key: string): ContextValue | undefined {
    if (!this.request.context) return undefined;
    this.stated ??= statedKeys(this.request.context);
    return this.stated.get(key);
  }

  private derive(key: string, { derive, variable }: Rule): ContextValue {
    const { request } = this;
    if (!derive || (request.alias && isKeyProperty(key))) return ABSENT;
    return request.open?.has(key) ? UNKNOWN : derive(request, variable, this);
  }

  /** Looked up once for each action. */
  private ruleFor(key: string): Rule {
    this.rules ??= rulesOf(this.request.action);
    let rule = this.rules.get(key);
    if (!rule) {
      rule = findRule(this.request.action, key);
      if (MOST_KEYS <= this.rules.size) this.rules.clear();
      this.rules.set(key, rule);
    }
    return rule;
  }
}

/** What a request brings as a key policy sees it. */
export class ValuesInKeyPolicy implements RequestValues {
  private readonly context: RequestContext;

  constructor(context: RequestContext) {
    this.context = context;
  }

  get(key: string): ContextValue {
    return this.context.inKeyPolicy(key);
  }
}

interface Rule {
  /** Undefined: the key is never in a request for the action. */
  readonly derive: Derive | undefined;
  /** The part of the key that a policy's author chose. */
  readonly variable: string;
  readonly hiddenFromKeyPolicies: boolean;
}

const rules = new Map<string, Map<string, Rule>>();
/** Keys come from policies: few in all, unless somebody types for long. */
const MOST_KEYS = 1000;

/** Which rules keys follow in requests for an action. */
function rulesOf(action: string): Map<string, Rule> {
  let byKey = rules.get(action);
  if (!byKey) {
    byKey = new Map();
    rules.set(action, byKey);
  }
  return byKey;
}

const unknown: Derive = () => UNKNOWN;

function findRule(action: string, key: string): Rule {
  const hiddenFromKeyPolicies = hidesFromKeyPolicies(key);
  const isKms = key.startsWith('kms:');
  if (isKms && !supportsConditionKey(action, key)) return { derive: undefined, variable: '', hiddenFromKeyPolicies };
  const table = isKms ? kmsKeys : globalKeys;
  const exact = table.get(key);
  if (exact) return { derive: exact, variable: '', hiddenFromKeyPolicies };
  const separator = key.indexOf(isKms ? ':' : '/', 'kms:'.length) + 1;
  const template = separator > 0 ? table.get(key.slice(0, separator)) : undefined;
  return { derive: template ?? unknown, variable: key.slice(separator), hiddenFromKeyPolicies };
}

function statedKeys(context: NonNullable<AccessRequest['context']>): ReadonlyMap<string, ContextValue> {
  const stated = new Map<string, ContextValue>();
  for (const [key, value] of Object.entries(context)) {
    const values = value === null ? [] : typeof value === 'string' ? [value] : value;
    stated.set(key.toLowerCase(), listed(values));
  }
  return stated;
}
