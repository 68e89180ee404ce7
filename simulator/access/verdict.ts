import { any, both, either, type Truth } from '../policy/truth.ts';
import { type AssumptionId, assumption } from './assumptions.ts';
import { explicitBlockers, implicitBlockers, inOrder } from './blockers.ts';
import type { Assumption, Decision, LayerResult, Need, Verdict } from './decision.ts';
import { type LayerPart, outcomeOf, toResult } from './layer.ts';
import { grantsResult } from './layers/grants.ts';
import { keyPolicyOutcome } from './layers/key-policy.ts';
import { type Parts, policyParts } from './parts.ts';
import type { AccessRequest } from './request.ts';
import { needsOf } from './said.ts';
import type { Step, Way } from './ways.ts';

/** All that was found out about a request. */
export interface Findings {
  readonly request: AccessRequest;
  readonly parts: Parts;
  /** Whether KMS itself rules the request out. */
  readonly barred: boolean;
  /** The ways in; one is enough. */
  readonly ways: readonly Way[];
}

/** An explicit Deny anywhere decides; else every filter must let the request pass and one way must be open. */
export function toDecision(findings: Findings): Decision {
  const { verdict, entered, allowed } = weigh(findings.parts, any(findings.ways.map(({ truth }) => truth)));
  switch (verdict) {
    case 'allowed':
      return admission(findings);
    case 'denied':
      return refusal(findings, allowed);
    case 'depends':
      return dependence(findings, entered);
  }
}

interface Weighed {
  readonly verdict: Verdict;
  /** Whether a way is open. */
  readonly entered: Truth;
  /** Whether the filters let the request pass as well. */
  readonly allowed: Truth;
}

export function weigh({ scp, rcp, endpoint, keyPolicy, identity, boundary, session }: Parts, entered: Truth): Weighed {
  const denied = either(
    either(either(isDenied(scp), isDenied(rcp)), either(isDenied(endpoint), isDenied(keyPolicy))),
    either(isDenied(identity), either(isDenied(boundary), isDenied(session))),
  );
  const passed = both(isPassed(scp), both(isPassed(rcp), isPassed(endpoint)));
  const allowed = both(entered, passed);
  if (denied === true || allowed === false) return { verdict: 'denied', entered, allowed };
  return { verdict: denied === false && allowed === true ? 'allowed' : 'depends', entered, allowed };
}

/** A layer that is not there denies nothing and lets everything pass. */
const isDenied = (part: LayerPart | undefined): Truth => part?.deny.truth ?? false;
const isPassed = (part: LayerPart | undefined): Truth => part?.direct.truth ?? true;

/** What every request has to pass, whichever way it takes. */
function filtersOf({ scp, rcp, endpoint }: Parts): Step[] {
  return [scp, rcp, endpoint].flatMap((part) => (part ? [{ layer: part.layer, said: part.direct }] : []));
}

function admission(findings: Findings): Decision {
  const way = findings.ways.find(({ truth }) => truth === true);
  const deciding = way?.steps.find(({ layer }) => layer === way.by)?.said;
  return {
    verdict: 'allowed',
    kind: 'implicit',
    by: way?.by ?? 'key-policy',
    deciding: deciding?.by,
    ...grantOf(way),
    blockers: [],
    needs: [],
    assumed: assumedBy(findings, way?.assumed ?? []),
    layers: layersOf(findings, way?.by === 'key-policy' || way?.by === 'grant'),
  };
}

function grantOf(way: Way | undefined): Pick<Decision, 'grant'> {
  const grant = way?.steps.find(({ said }) => said.grant)?.said.grant;
  return grant ? { grant } : {};
}

function refusal(findings: Findings, allowed: Truth): Decision {
  const explicit = explicitBlockers(findings.parts);
  const implicit = allowed === false ? implicitBlockers(findings, filtersOf(findings.parts)) : [];
  const blockers = inOrder(explicit, implicit);
  const [first] = blockers;
  return {
    verdict: 'denied',
    kind: explicit.length > 0 ? 'explicit' : 'implicit',
    by: first?.layer ?? 'key-policy',
    deciding: first?.statement,
    blockers,
    needs: [],
    assumed: assumedBy(findings, ofPossible(findings)),
    layers: layersOf(findings, false),
  };
}

function dependence(findings: Findings, entered: Truth): Decision {
  const { parts, ways } = findings;
  // What another way would hang on does not matter once one is sure.
  const open = entered === true ? [] : ways.filter(({ truth }) => truth === 'unknown');
  const denies = policyParts(parts).map(({ layer, deny }): Step => ({ layer, said: deny }));
  const steps = [...open.flatMap((way) => way.steps), ...filtersOf(parts), ...denies].filter(
    ({ said }) => said.truth === 'unknown',
  );
  const isOpen = ({ said }: Step): boolean => said.truth === 'unknown';
  const decisive = open.at(-1)?.steps.find(isOpen) ?? steps[0];
  return {
    verdict: 'depends',
    kind: 'implicit',
    by: decisive?.layer ?? 'key-policy',
    deciding: decisive?.said.undecided[0],
    blockers: [],
    needs: unique(steps.flatMap(({ said }) => needsOf(said))),
    assumed: assumedBy(findings, ofPossible(findings)),
    layers: layersOf(findings, false),
  };
}

/** What was taken for granted on the ways that began well. */
function ofPossible({ ways }: Findings): readonly AssumptionId[] {
  return ways.flatMap(({ steps, assumed }) => (steps[0]?.said.truth === false ? [] : assumed));
}

function assumedBy({ parts }: Findings, ofWays: readonly AssumptionId[]): readonly Assumption[] {
  const ids = new Set<AssumptionId>();
  for (const { assumed } of policyParts(parts)) for (const id of assumed) ids.add(id);
  for (const id of ofWays) ids.add(id);
  return ids.size === 0 ? [] : [...ids].map(assumption);
}

function layersOf({ parts, request }: Findings, withoutIdentity: boolean): readonly LayerResult[] {
  const isRoot = request.caller.type === 'root';
  const layers = policyParts(parts).map((part) => {
    if (part === parts.keyPolicy) return toResult(part, keyPolicyOutcome(part, isRoot));
    // Nobody needs identity policies that were not given once the caller is in without them.
    const isNeedless = part === parts.identity && part.standing === 'not-given' && withoutIdentity;
    return toResult(part, isNeedless ? 'not-applicable' : outcomeOf(part));
  });
  const grants = request.action === 'RetireGrant' ? parts.retirement.results : parts.grants.results;
  return grants.length > 0 ? [...layers, grantsResult(grants)] : layers;
}

function unique(needs: readonly Need[]): Need[] {
  if (needs.length < 2) return [...needs];
  return [...new Map(needs.map((need) => [JSON.stringify(need), need])).values()];
}
