import fc from 'fast-check';
import { expect } from 'vitest';
import type { Layer } from '../../../../simulator/access/decision.ts';
import { decidePlainly, type PlainDecision } from '../reference/decide.ts';
import { example } from './arbitrary.ts';
import { decideExample, judgeExample } from './engine.ts';
import { property } from './property.ts';

const FILTERS: readonly Layer[] = ['scp', 'vpc-endpoint-policy', 'operation'];

export const agreement = property(
  'the engine and the naive evaluator agree',
  fc.record({ example }),
  ({ example: asked }) => {
    const fast = decideExample(asked);
    const plain = decidePlainly(asked);
    expect({ verdict: fast.verdict, kind: fast.kind }).toEqual({ verdict: plain.verdict, kind: plain.kind });
    expect(judgeExample(asked)).toBe(fast.verdict);
    if (fast.verdict === 'depends') expect(fast.needs.length).toBeGreaterThan(0);
    if (fast.verdict === 'allowed') expect(plain.entering.flatMap(layersOf)).toContain(fast.by);
    if (fast.verdict === 'denied') {
      const blocked = (kind: string): Layer[] =>
        fast.blockers.filter((blocker) => blocker.kind === kind).map(({ layer }) => layer);
      expect([...new Set(blocked('explicit'))].sort()).toEqual([...plain.denying].sort());
      expect(FILTERS.filter((layer) => blocked('implicit').includes(layer))).toEqual(expectedFilters(plain));
      expect(fast.by).toBe(fast.blockers[0]?.layer);
    }
  },
);

/** Delegation joins a key policy and an identity policy; the engine names the one that decided. */
function layersOf(layer: string): readonly string[] {
  return layer === 'delegation' ? ['key-policy', 'identity-policy'] : [layer];
}

/** A layer that denies explicitly is named once. */
function expectedFilters({ blocking, denying }: PlainDecision): Layer[] {
  return FILTERS.filter((layer) => blocking.includes(layer) && !denying.includes(layer));
}
