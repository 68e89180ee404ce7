import type { Path } from '../json/place.ts';
import { accountOf } from './caller.ts';
import { deniesOf, type NearMiss, nearMissesOf, type Obstacle } from './changes/obstacles.ts';
import { NEW_VERSION, withStatement } from './changes/policy.ts';
import { type Slot, slotsOf } from './changes/slots.ts';
import { type ChangeableLayer, exactAllow, type ProposedStatement } from './changes/statement.ts';
import { decide } from './decide.ts';
import type { Decision, Layer, Need } from './decision.ts';
import type { AccessRequest } from './request.ts';
import type { World } from './world.ts';

export type { NearMiss, Obstacle } from './changes/obstacles.ts';
export type { ProposedStatement } from './changes/statement.ts';

/** One Allow, added to one policy. */
export interface Change {
  readonly layer: ChangeableLayer;
  /** The document of the policy. Undefined: there is no such policy yet, or nobody gave it. */
  readonly document: string | undefined;
  /** Of a service control policy: the root, organizational unit or account that it is attached to. */
  readonly target?: string;
  /** Where it goes, as in JSON Patch: `/Statement/-`. */
  readonly path: Path;
  /** What is added there: the statement, or a list or a policy with it where there was none. */
  readonly add: unknown;
  readonly statement: ProposedStatement;
}

/** Changes that let the request in together, and of which none can be left out. */
export interface Proposal {
  readonly changes: readonly Change[];
}

/** What would alter a verdict. */
export interface Remedy {
  /** Each is enough by itself; the first opens the very layers that stand in the way. */
  readonly proposals: readonly Proposal[];
  /** What no statement mends. */
  readonly obstacles: readonly Obstacle[];
  /** Allow statements that another request of the same caller would meet. */
  readonly nearMisses: readonly NearMiss[];
}

const NOTHING_TO_DO: Remedy = { proposals: [], obstacles: [], nearMisses: [] };

/**
 * The smallest changes that let a request in which is denied, or which may be. Each was decided again before it is
 * returned. An explicit Deny is never weakened: it is named.
 */
export function remedyFor(request: AccessRequest, world: World, decision: Decision): Remedy {
  if (decision.verdict === 'allowed') return NOTHING_TO_DO;
  return new Search(request, world).remedy(decision);
}

interface Applied extends Change {
  readonly apply: (world: World) => World;
}

class Search {
  private readonly request: AccessRequest;
  private readonly world: World;
  private readonly unnamed: Obstacle[] = [];

  constructor(request: AccessRequest, world: World) {
    this.request = request;
    this.world = world;
  }

  remedy(decision: Decision): Remedy {
    const closed = closedLayers(decision);
    const named = this.propose(closed);
    const direct = this.throughKeyPolicy(closed);
    const proposals = [named, direct].filter((proposal) => proposal !== undefined);
    return {
      proposals: named && direct && isSame(named, direct) ? [named] : proposals,
      obstacles: [
        ...deniesOf(decision),
        ...outOfReach(decision),
        // What one way lacks is of no interest where another one leads in.
        ...(proposals.length === 0 ? this.unnamed : []),
      ],
      nearMisses: nearMissesOf(decision),
    };
  }

  /** In the key's own account a statement for the caller in the key policy does without an identity policy. */
  private throughKeyPolicy(closed: readonly ChangeableLayer[]): Proposal | undefined {
    const { caller, key } = this.request;
    const isOwn = key !== undefined && accountOf(caller) === key.account;
    if (!isOwn || !closed.includes('identity-policy') || closed.includes('key-policy')) return undefined;
    return this.propose(['key-policy', ...closed.filter((layer) => layer !== 'identity-policy')]);
  }

  /** Opens layers until the request gets in; one that was shut behind another comes to light only then. */
  private propose(closed: readonly ChangeableLayer[]): Proposal | undefined {
    const applied: Applied[] = [];
    const opened = new Set<Layer>();
    let next = closed;
    while (next.length > 0) {
      for (const layer of next) {
        opened.add(layer);
        for (const slot of slotsOf(layer, this.request, this.after(applied))) {
          const change = this.change(slot);
          if (!change) return undefined;
          applied.push(change);
        }
      }
      const decision = decide(this.request, this.after(applied));
      if (decision.verdict === 'allowed') return { changes: this.needed(applied).map(withoutFunction) };
      next = closedLayers(decision).filter((layer) => !opened.has(layer));
    }
    return undefined;
  }

  private change(slot: Slot): Applied | undefined {
    const { layer, policy, target, put } = slot;
    const statement = exactAllow(layer, this.request, policy ? policy.policy.version : NEW_VERSION);
    if (typeof statement === 'string') {
      this.unnamed.push({ type: 'unnamed', layer, what: statement });
      return undefined;
    }
    const extended = withStatement(policy, statement);
    if (!extended) return undefined;
    return {
      layer,
      document: policy?.document,
      ...(target === undefined ? {} : { target }),
      path: extended.path,
      add: extended.add,
      statement,
      apply: (world) => put(world, extended.policy),
    };
  }

  private needed(applied: readonly Applied[]): readonly Applied[] {
    return applied.reduce((kept, each) => {
      const others = kept.filter((other) => other !== each);
      return decide(this.request, this.after(others)).verdict === 'allowed' ? others : kept;
    }, applied);
  }

  private after(applied: readonly Applied[]): World {
    return applied.reduce((world, { apply }) => apply(world), this.world);
  }
}

/** The layers that an Allow would have to be added to, as far as a decision tells. */
function closedLayers(decision: Decision): ChangeableLayer[] {
  const { verdict, kind, blockers, needs, layers } = decision;
  if (verdict === 'denied') return kind === 'explicit' ? [] : blockers.map(({ layer }) => layer).filter(isChangeable);
  const undecided = layers.filter(({ statements }) =>
    statements.some(({ statement, matched }) => matched === 'unknown' && statement.effect !== 'Deny'),
  );
  const found = new Set<Layer>([...needs.flatMap(layerOfNeed), ...undecided.map(({ layer }) => layer)]);
  return [...found].filter(isChangeable);
}

function layerOfNeed({ type }: Need): Layer[] {
  return type === 'identity-policy' || type === 'key-policy' ? [type] : [];
}

function isChangeable(layer: Layer): layer is ChangeableLayer {
  return layer !== 'operation' && layer !== 'grant' && layer !== 'rcp';
}

function outOfReach({ blockers }: Decision): Obstacle[] {
  return blockers.flatMap(({ layer }): Obstacle[] =>
    layer === 'operation' || layer === 'grant' ? [{ type: layer }] : [],
  );
}

const withoutFunction = ({ apply: _, ...change }: Applied): Change => change;

const isSame = (one: Proposal, other: Proposal): boolean => JSON.stringify(one) === JSON.stringify(other);
