import { findAction } from '../facts/actions.ts';
import { operationsOf } from '../facts/operations.ts';
import { all, any, not, type Truth } from '../policy/truth.ts';
import { accountOf } from './caller.ts';
import { RequestContext } from './context/request-context.ts';
import type { Assumption, Blocker, Decision, Layer, LayerOutcome, LayerResult, Need } from './decision.ts';
import { askLayer, type LayerPart, needsOf, type Said, toResult } from './layer.ts';
import type { AccessRequest } from './request.ts';
import type { World } from './world.ts';

/**
 * Decides whether KMS would authorize a request. Pure, and the only evaluator there is: the explanation is what it
 * looked at, not a second opinion.
 *
 * Source: KMS Developer Guide, "Key policies" and "Determining access to AWS KMS keys"; IAM User Guide, "Policy
 * evaluation logic" and "Cross-account policy evaluation logic"; checked 2026-11.
 */
export function decide(request: AccessRequest, world: World): Decision {
  return new Evaluation(request, world).decide();
}

/** How a caller may get in: the truth of it, what decides, and what it hangs on. */
interface Way {
  readonly by: Layer;
  readonly truth: Truth;
  readonly said: Said;
  readonly needs: readonly Need[];
}

class Evaluation {
  private readonly request: AccessRequest;
  private readonly world: World;
  private readonly keyPolicy: LayerPart;
  private readonly identity: LayerPart;
  private readonly hasKeyPolicy: boolean;
  private readonly hasIdentities: boolean;
  private readonly knowsIdentities: boolean;

  constructor(request: AccessRequest, world: World) {
    const context = new RequestContext(request);
    const { caller, key } = request;
    this.request = request;
    this.world = world;
    // Actions without a key are never authorized by a key policy.
    this.hasKeyPolicy = key !== undefined;
    // Services that call as themselves and root users have no identity policies.
    this.hasIdentities = caller.type !== 'service' && caller.type !== 'root';
    this.knowsIdentities = world.identityPolicies !== undefined;
    const keyPolicies = this.hasKeyPolicy && world.keyPolicy ? [world.keyPolicy] : [];
    const identityPolicies = this.hasIdentities ? (world.identityPolicies ?? []) : [];
    this.keyPolicy = askLayer('key-policy', keyPolicies, request, context, { resourcePolicy: true });
    this.identity = askLayer('identity-policy', identityPolicies, request, context, { resourcePolicy: false });
  }

  decide(): Decision {
    const denied = this.denied();
    const ways = this.isBarredOperation() ? [] : this.ways();
    const allowed = any(ways.map(({ truth }) => truth));
    if (denied.truth === true || allowed === false) return this.refusal(denied, allowed);
    if (denied.truth === false && allowed === true) return this.admission(ways);
    return this.dependence(denied, ways, allowed);
  }

  /** An explicit deny anywhere. Identity policies that nobody gave may hold one too, but nobody asks for that. */
  private denied(): Said & { readonly layer: Layer } {
    const parts = [this.keyPolicy, this.identity];
    const sure = parts.find(({ deny }) => deny.truth === true);
    const part = sure ?? parts.find(({ deny }) => deny.truth === 'unknown') ?? this.keyPolicy;
    return {
      layer: part.layer,
      truth: any(parts.map(({ deny }) => deny.truth)),
      by: sure?.deny.by,
      undecided: parts.flatMap(({ deny }) => deny.undecided),
    };
  }

  private ways(): Way[] {
    const { caller, key } = this.request;
    if (!key) return this.hasIdentities ? [this.throughIdentity(true, [])] : [this.asRoot()];
    const { direct, account } = this.keyPolicyAnswers();
    const ownKey = accountOf(caller) === key.account;
    if (caller.type === 'service') return [this.throughKeyPolicy(direct)];
    if (caller.type === 'root') return [this.throughKeyPolicy(direct), this.throughKeyPolicy(account)];
    if (ownKey) return [this.throughKeyPolicy(direct), this.throughIdentity(account.truth, needsOf(account), account)];
    const lets: Said = {
      truth: any([direct.truth, account.truth]),
      by: direct.by ?? account.by,
      undecided: [...direct.undecided, ...account.undecided],
    };
    return [this.throughIdentity(lets.truth, needsOf(lets), lets)];
  }

  /** What the key policy allows, or that nobody knows it. */
  private keyPolicyAnswers(): { direct: Said; account: Said } {
    if (this.world.keyPolicy) return this.keyPolicy;
    return {
      direct: { truth: 'unknown', by: undefined, undecided: [] },
      account: { truth: 'unknown', by: undefined, undecided: [] },
    };
  }

  private throughKeyPolicy(said: Said): Way {
    return {
      by: 'key-policy',
      truth: said.truth,
      said,
      needs: this.world.keyPolicy ? needsOf(said) : [this.keyPolicyNeed()],
    };
  }

  /** The root user of an account may do everything that no policy has to allow. */
  private asRoot(): Way {
    const isRoot = this.request.caller.type === 'root';
    return { by: 'identity-policy', truth: isRoot, said: { truth: isRoot, by: undefined, undecided: [] }, needs: [] };
  }

  private throughIdentity(delegated: Truth, delegationNeeds: readonly Need[], delegation?: Said): Way {
    const own: Truth = this.knowsIdentities ? this.identity.direct.truth : 'unknown';
    const needs: Need[] = [];
    if (delegation && !this.world.keyPolicy) needs.push(this.keyPolicyNeed());
    else if (delegated === 'unknown') needs.push(...delegationNeeds);
    if (own === 'unknown')
      needs.push(...(this.knowsIdentities ? needsOf(this.identity.direct) : [this.identityNeed()]));
    return { by: 'identity-policy', truth: all([delegated, own]), said: this.identity.direct, needs };
  }

  private identityNeed(): Need {
    return { type: 'identity-policy', account: accountOf(this.request.caller) ?? '', action: this.request.action };
  }

  private keyPolicyNeed(): Need {
    return { type: 'key-policy', account: accountOf(this.request.caller) ?? '', action: this.request.action };
  }

  private isBarredOperation(): boolean {
    const { caller, key, action } = this.request;
    const account = accountOf(caller);
    if (!key || account === undefined || account === key.account) return false;
    const operations = operationsOf(action);
    return operations.length > 0 && operations.every(({ crossAccount }) => crossAccount === 'no');
  }

  private admission(ways: readonly Way[]): Decision {
    const way = ways.find(({ truth }) => truth === true);
    return {
      verdict: 'allowed',
      kind: 'implicit',
      by: way?.by ?? 'key-policy',
      deciding: way?.said.by,
      blockers: [],
      needs: [],
      ...this.shared(way?.by),
    };
  }

  private refusal(denied: Said & { readonly layer: Layer }, allowed: Truth): Decision {
    const explicit: Blocker[] = [this.keyPolicy, this.identity].flatMap(({ layer, deny }) =>
      deny.truth === true ? [{ layer, kind: 'explicit', ...(deny.by ? { statement: deny.by } : {}) }] : [],
    );
    const implicit = allowed === false ? this.lacking() : [];
    const blockers = [...explicit, ...implicit.filter(({ layer }) => !explicit.some((other) => other.layer === layer))];
    return {
      verdict: 'denied',
      kind: explicit.length > 0 ? 'explicit' : 'implicit',
      by: blockers[0]?.layer ?? denied.layer,
      deciding: denied.by,
      blockers,
      needs: [],
      ...this.shared(undefined),
    };
  }

  /** The layers whose Allow is missing, in the order in which they are named. */
  private lacking(): Blocker[] {
    const { caller, key } = this.request;
    if (this.isBarredOperation()) return [{ layer: 'operation', kind: 'implicit' }];
    if (!key) return [{ layer: 'identity-policy', kind: 'implicit' }];
    const { direct, account } = this.keyPolicyAnswers();
    const ownKey = accountOf(caller) === key.account;
    const opens = ownKey ? account.truth : any([direct.truth, account.truth]);
    const blockers: Blocker[] = [];
    if (opens === false) blockers.push({ layer: 'key-policy', kind: 'implicit' });
    const identityLacks = this.hasIdentities && this.knowsIdentities && this.identity.direct.truth === false;
    if (identityLacks && !(ownKey && opens === false)) blockers.push({ layer: 'identity-policy', kind: 'implicit' });
    return blockers.length > 0 ? blockers : [{ layer: 'key-policy', kind: 'implicit' }];
  }

  private dependence(denied: Said & { readonly layer: Layer }, ways: readonly Way[], allowed: Truth): Decision {
    const open = ways.filter(({ truth }) => truth === 'unknown');
    // What another way would hang on does not matter once one is sure.
    const wayNeeds = allowed === true ? [] : open.flatMap(({ needs }) => needs);
    const denyNeeds = needsOf(denied);
    const keyPolicyIsOpen = wayNeeds.some(({ type }) => type === 'key-policy');
    const wayBy = keyPolicyIsOpen ? 'key-policy' : open.at(-1)?.by;
    const by = allowed === true ? denied.layer : (wayBy ?? denied.layer);
    return {
      verdict: 'depends',
      kind: 'implicit',
      by,
      deciding: (allowed === true ? denied.undecided : open.flatMap(({ said }) => said.undecided))[0],
      blockers: [],
      needs: unique([...wayNeeds, ...denyNeeds]),
      ...this.shared(undefined),
    };
  }

  private shared(through: Layer | undefined): { assumed: readonly Assumption[]; layers: readonly LayerResult[] } {
    const assumed = new Map([...this.keyPolicy.assumed, ...this.identity.assumed].map((each) => [each.id, each]));
    return {
      assumed: [...assumed.values()],
      layers: [
        toResult(this.keyPolicy, this.keyPolicyOutcome()),
        toResult(this.identity, this.identityOutcome(through)),
      ],
    };
  }

  private keyPolicyOutcome(): LayerOutcome {
    const { deny, direct, account } = this.keyPolicy;
    if (!this.hasKeyPolicy) return 'not-applicable';
    if (!this.world.keyPolicy) return 'not-given';
    if (deny.truth === true) return 'denies';
    const isRoot = this.request.caller.type === 'root';
    if (not(deny.truth) !== true) return 'depends';
    if (direct.truth === true || (isRoot && account.truth === true)) return 'allows';
    if (account.truth === true) return 'delegates';
    return any([direct.truth, account.truth]) === 'unknown' ? 'depends' : 'silent';
  }

  private identityOutcome(through: Layer | undefined): LayerOutcome {
    const { deny, direct } = this.identity;
    if (!this.hasIdentities) return 'not-applicable';
    // Nobody needs what was not given once the key policy has let the caller in.
    if (!this.knowsIdentities) return through === 'key-policy' ? 'not-applicable' : 'not-given';
    if (deny.truth === true) return 'denies';
    if (deny.truth === 'unknown' || direct.truth === 'unknown') return 'depends';
    return direct.truth === true ? 'allows' : 'silent';
  }
}

function unique(needs: readonly Need[]): Need[] {
  const seen = new Map(needs.map((need) => [JSON.stringify(need), need]));
  return [...seen.values()];
}

/** The permission in AWS's spelling: `kms:decrypt` and `Decrypt` are `Decrypt`. Undefined where KMS has none such. */
export function permissionOf(action: string): string | undefined {
  return findAction(action.replace(/^kms:/i, ''))?.name;
}
