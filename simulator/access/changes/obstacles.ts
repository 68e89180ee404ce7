import type { Decision, ElementResult, Layer, StatementResult } from '../decision.ts';
import type { Unnamed } from './statement.ts';

/** Something that keeps a request out and that no added statement mends. */
export type Obstacle =
  /** A Deny that matches, or that would if something unknown were so. It stands; a request may be spared by its conditions. */
  | {
      readonly type: 'deny';
      readonly layer: Layer;
      readonly statement: StatementResult;
      /** The conditions of the Deny: it spares every request for which one of them does not hold. */
      readonly conditions: readonly ElementResult[];
    }
  /** KMS does not carry out the operation for callers of other accounts, whatever the policies say. */
  | { readonly type: 'operation' }
  /** Who may retire a grant is up to the grant. */
  | { readonly type: 'grant' }
  /** An exact statement cannot be written, and a wider one is none of ours. */
  | { readonly type: 'unnamed'; readonly layer: Layer; readonly what: Unnamed };

/** An Allow that fails by its conditions alone: the request would get in if it met them. */
export interface NearMiss {
  readonly layer: Layer;
  readonly statement: StatementResult;
  /** The first condition that does not hold. */
  readonly condition: ElementResult;
}

/** The Deny statements that keep a request out, or may. */
export function deniesOf({ layers }: Decision): Obstacle[] {
  return layers.flatMap(({ layer, statements }) =>
    statements.flatMap((statement): Obstacle[] => {
      if (statement.statement.effect !== 'Deny' || statement.matched === false) return [];
      const conditions = statement.elements.filter(({ element }) => element === 'Condition');
      return [{ type: 'deny', layer, statement, conditions }];
    }),
  );
}

export function nearMissesOf({ verdict, layers }: Decision): NearMiss[] {
  if (verdict === 'allowed') return [];
  return layers.flatMap(({ layer, statements }) =>
    statements.flatMap((statement): NearMiss[] => {
      const condition = statement.elements.at(-1);
      const fails = statement.matched === false && statement.statement.effect === 'Allow';
      return fails && condition?.element === 'Condition' ? [{ layer, statement, condition }] : [];
    }),
  );
}
