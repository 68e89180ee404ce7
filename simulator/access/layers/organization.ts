import type { AssumptionId } from '../assumptions.ts';
import type { LevelResult } from '../decision.ts';
import { askLayer, type LayerPart, outcome, silentLayer } from '../layer.ts';
import type { PreparedRequest } from '../prepared.ts';
import { each, either, GRANTED, type Said, UNSAID } from '../said.ts';
import { type StatementScope, WITH_PRINCIPALS, WITHOUT_PRINCIPALS } from '../statement-scope.ts';
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
  return askLevels('scp', serviceControlPolicies, prepared, WITHOUT_PRINCIPALS);
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
  return askLevels('rcp', resourceControlPolicies, prepared, WITH_PRINCIPALS);
}

function spared(layer: 'scp' | 'rcp', assumed: readonly AssumptionId[]): LayerPart {
  return { ...silentLayer(layer, 'not-applicable', GRANTED), assumed };
}

/** A Deny at one level suffices, an Allow is needed at each. */
function askLevels(
  layer: 'scp' | 'rcp',
  levels: readonly PolicyLevel[],
  prepared: PreparedRequest,
  scope: StatementScope,
): LayerPart {
  const parts = levels.map(({ policies }) => askLayer(layer, policies, prepared, scope));
  const joined = new Levels(layer, parts);
  return prepared.explains ? joined.explained(levels) : joined;
}

class Levels implements LayerPart {
  readonly layer: 'scp' | 'rcp';
  readonly standing = 'speaks';
  readonly role = UNSAID;
  readonly statements = NONE;
  readonly assumed = NONE;
  private readonly parts: readonly LayerPart[];

  constructor(layer: 'scp' | 'rcp', parts: readonly LayerPart[]) {
    this.layer = layer;
    this.parts = parts;
  }

  get deny(): Said {
    let deny = UNSAID;
    for (const part of this.parts) deny = either(deny, part.deny);
    return deny;
  }

  get direct(): Said {
    let allow = GRANTED;
    for (const part of this.parts) allow = each(allow, this.allowOf(part));
    return allow;
  }

  get account(): Said {
    return this.direct;
  }

  explained(levels: readonly PolicyLevel[]): LayerPart {
    const { layer, standing, deny, direct, role, parts } = this;
    return {
      layer,
      standing,
      deny,
      direct,
      role,
      account: direct,
      statements: parts.flatMap(({ statements }) => statements),
      assumed: parts.flatMap(({ assumed }) => assumed),
      levels: parts.map(
        (part, index): LevelResult => ({
          target: levels[index]?.target ?? '',
          outcome: outcome(part.deny.truth, this.allowOf(part).truth),
        }),
      ),
    };
  }

  /** RCPFullAWSAccess is attached at each level and cannot be detached. */
  private allowOf(part: LayerPart): Said {
    return this.layer === 'rcp' ? GRANTED : part.direct;
  }
}

const NONE: readonly never[] = [];
