import type { Caller } from '../../access/caller.ts';
import type { ScenarioCaller, ScenarioWorld } from '../../scenario/world.ts';
import { type Authorize, byPolicies } from '../authorize.ts';
import type { Environment, RandomSource } from '../environment.ts';
import { RequestLimiter } from '../quotas/limiter.ts';
import { onlyStated } from '../quotas/limits.ts';
import { createKeyService, type KeyService, type ServiceOptions } from '../service.ts';
import { type DeclaredKeys, declaredKeys } from './declared.ts';
import { declaredPrincipals } from './principals.ts';

/** A service with the keys of a scenario, which decides by what the scenario says. */
export interface DeclaredService {
  readonly service: KeyService;
  readonly keys: DeclaredKeys;
  readonly authorize: Authorize;
  /** Tells the policies of somebody who is going to call. Whoever is not introduced has none. */
  introduce(caller: ScenarioCaller): void;
}

export interface DeclaredOptions extends Pick<ServiceOptions, 'trail' | 'onHappened' | 'beforeAnswer'> {
  /** What became of the keys. Left out: those of the scenario as it declares them. */
  readonly keys?: DeclaredKeys | undefined;
  /** Where the key material of declared keys comes from. Left out: from where all else that is random does. */
  readonly material?: RandomSource;
}

export function declaredService(
  scenario: ScenarioWorld,
  environment: Environment,
  { material = environment.random, keys = declaredKeys(scenario, material), ...told }: DeclaredOptions = {},
): DeclaredService {
  const callers = new WeakMap<Caller, ScenarioCaller>();
  const known = (caller: Caller): ScenarioCaller => callers.get(caller) ?? { caller, identityPolicies: [], tags: {} };
  const authorize = byPolicies({
    worldFor: (caller, account, endpoint) => scenario.policiesFor(known(caller), account, endpoint),
    knownOf: (caller, account) => scenario.knownOf(known(caller), account),
  });
  const service = createKeyService({
    world: keys.world,
    environment,
    place: scenario.defaults,
    principals: declaredPrincipals(scenario),
    // Many calls of a scenario come at one moment; only quotas that it states itself refuse any.
    ...(scenario.file.quotas ? { limiter: new RequestLimiter(onlyStated(scenario.file.quotas)) } : {}),
    authorize,
    ...told,
  });
  return { service, keys, authorize, introduce };

  function introduce(caller: ScenarioCaller): void {
    if (callers.get(caller.caller) !== caller) callers.set(caller.caller, caller);
  }
}
