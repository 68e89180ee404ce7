import type { AssumptionId } from '../assumptions.ts';
import type { LevelResult, StatementResult } from '../decision.ts';
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
  policyLevels: readonly PolicyLevel[],
  prepared: PreparedRequest,
  scope: StatementScope,
): LayerPart {
  const written = prepared.explains ? { statements: [], assumed: [], levels: [] } : undefined;
  let deny = UNSAID;
  let direct = GRANTED;
  for (const level of policyLevels) {
    const part = askLayer(layer, level.policies, prepared, scope);
    // RCPFullAWSAccess is attached at each level and cannot be detached.
    const allow = layer === 'rcp' ? GRANTED : part.direct;
    deny = either(deny, part.deny);
    direct = each(direct, allow);
    if (written) writeDown(level, part, allow, written);
  }
  const { statements, assumed, levels } = written ?? NOTHING_WRITTEN;
  return { layer, standing: 'speaks', deny, direct, role: UNSAID, account: direct, statements, assumed, levels };
}

interface Written {
  readonly statements: StatementResult[];
  readonly assumed: AssumptionId[];
  readonly levels: LevelResult[];
}

const NOTHING_WRITTEN: Written = { statements: [], assumed: [], levels: [] };

function writeDown({ target }: PolicyLevel, part: LayerPart, allow: Said, written: Written): void {
  written.levels.push({ target, outcome: outcome(part.deny.truth, allow.truth) });
  for (const result of part.statements) written.statements.push(result);
  for (const id of part.assumed) written.assumed.push(id);
}
