import type { Truth } from '../../policy/truth.ts';
import type { AssumptionId } from '../assumptions.ts';
import type { LevelResult } from '../decision.ts';
import { askLayer, type LayerPart, outcome, silentLayer } from '../layer.ts';
import type { PreparedRequest } from '../prepared.ts';
import { each, either, GRANTED, type Said, UNSAID } from '../said.ts';
import { WITH_PRINCIPALS, WITHOUT_PRINCIPALS } from '../statement-scope.ts';
import type { PolicyLevel, World } from '../world.ts';

/**
 * Service control policies: those of the caller's account. Each level must allow. They bind neither services that call
 * as themselves nor service-linked roles.
 * Source: IAM User Guide, "How AWS enforcement code logic evaluates requests"; AWS Organizations User Guide, "SCP
 * evaluation"; checked 2026-11.
 */
export function serviceControl({ serviceControlPolicies }: World, prepared: PreparedRequest): LayerPart | undefined {
  if (!serviceControlPolicies) return undefined;
  if (prepared.request.caller.type === 'service' || prepared.isServiceLinked !== false)
    return spared('scp', prepared.isServiceLinked === 'by-name' ? ['service-linked-role-by-name'] : []);
  if (!prepared.explains) return judgeLevels('scp', serviceControlPolicies, prepared);
  const levels = serviceControlPolicies.map((level) => ({
    level,
    part: askLayer('scp', level.policies, prepared, WITHOUT_PRINCIPALS),
  }));
  return joinLevels('scp', levels, (part) => part.direct);
}

/**
 * Resource control policies: those of the key's account. RCPFullAWSAccess is always attached, so they only deny. They
 * bind neither service-linked roles nor RetireGrant, and protect no AWS managed key.
 * Source: AWS Organizations User Guide, "Resource control policies"; checked 2026-11.
 */
export function resourceControl({ resourceControlPolicies }: World, prepared: PreparedRequest): LayerPart | undefined {
  if (!resourceControlPolicies) return undefined;
  const { request, isServiceLinked, target } = prepared;
  if (isServiceLinked !== false)
    return spared('rcp', isServiceLinked === 'by-name' ? ['service-linked-role-by-name'] : []);
  if (!target) return spared('rcp', ['rcp-without-key']);
  if (request.action === 'RetireGrant' || request.key?.manager === 'AWS') return spared('rcp', []);
  const levels = resourceControlPolicies.map((level) => ({
    level,
    part: askLayer('rcp', level.policies, prepared, WITH_PRINCIPALS),
  }));
  return joinLevels('rcp', levels, () => GRANTED);
}

function spared(layer: 'scp' | 'rcp', assumed: readonly AssumptionId[]): LayerPart {
  return { ...silentLayer(layer, 'not-applicable', GRANTED), assumed };
}

/** The verdict of levels without their outcomes. */
function judgeLevels(layer: 'scp', levels: readonly PolicyLevel[], prepared: PreparedRequest): LayerPart {
  let deny = UNSAID;
  let direct = GRANTED;
  for (const { policies } of levels) {
    const part = askLayer(layer, policies, prepared, WITHOUT_PRINCIPALS);
    if (deny.truth !== true && part.deny.truth !== false) deny = part.deny;
    if (direct.truth !== false && part.direct.truth !== true) direct = part.direct;
  }
  return { layer, standing: 'speaks', deny, direct, role: UNSAID, account: direct, statements: [], assumed: [] };
}

interface AskedLevel {
  readonly level: PolicyLevel;
  readonly part: LayerPart;
}

/** A Deny at one level suffices, an Allow is needed at each. */
function joinLevels(layer: 'scp' | 'rcp', asked: readonly AskedLevel[], allowOf: (part: LayerPart) => Said): LayerPart {
  const levels = asked.map(({ level, part }): LevelResult => {
    const allow: Truth = allowOf(part).truth;
    return { target: level.target, outcome: outcome(part.deny.truth, allow) };
  });
  const parts = asked.map(({ part }) => part);
  const allow = each(parts.map(allowOf));
  return {
    ...silentLayer(layer, 'not-applicable', allow),
    standing: 'speaks',
    deny: either(...parts.map(({ deny }) => deny)),
    statements: parts.flatMap(({ statements }) => statements),
    assumed: parts.flatMap(({ assumed }) => assumed),
    levels,
  };
}
