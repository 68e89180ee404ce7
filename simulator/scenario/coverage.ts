import type { OperationDecision } from '../access/operation.ts';
import { actionNames } from '../facts/actions.ts';
import { toPointer } from '../json/place.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import type { Statement } from '../policy/document.ts';
import type { StepResult } from './step.ts';
import type { ScenarioWorld } from './world.ts';

/** The statements of one document, and how many steps each applied to. */
export interface DocumentCoverage {
  readonly uri: string;
  readonly statements: readonly StatementCoverage[];
}

export interface StatementCoverage {
  readonly statement: Statement;
  /** The steps whose request it matched, Allow or Deny alike. */
  readonly steps: number;
  /** The steps that looked at it, though it did not apply, or may not. */
  readonly considered: number;
}

/** Which statements of the policies of a scenario its steps exercised. Counts add up over scenarios. */
export class Coverage {
  /** By URI and pointer, which are the same where a document was read anew. */
  private readonly documents = new Map<string, Map<string, Counted>>();
  private readonly byStatement = new WeakMap<Statement, Counted>();

  /** Every statement of the world's policies is there from the start: what no step reaches is what people look for. */
  add(world: ScenarioWorld, results: Iterable<StepResult>): void {
    for (const { uri, compiled } of world.policies.values())
      for (const statement of aboutKms(compiled))
        if (!this.byStatement.has(statement)) this.byStatement.set(statement, this.counted(uri, statement));
    for (const { decision, parts = [] } of results)
      this.count(new Set([decision, ...parts.map((part) => part.decision)].filter((each) => each !== undefined)));
  }

  /** In the order in which scenarios name the documents. */
  get all(): readonly DocumentCoverage[] {
    return [...this.documents].map(([uri, statements]) => ({
      uri,
      statements: [...statements.values()].map(({ statement, steps, considered }) => ({
        statement,
        steps,
        considered,
      })),
    }));
  }

  /** A step counts once for a statement, however many permissions it needs. */
  private count(decisions: ReadonlySet<OperationDecision>): void {
    const matched = new Set<Counted>();
    const considered = new Set<Counted>();
    for (const { decision } of [...decisions].flatMap(({ permissions }) => permissions))
      for (const { statements } of decision.layers)
        for (const { statement, matched: isMatched } of statements) {
          const counted = this.byStatement.get(statement);
          if (counted) (isMatched === true ? matched : considered).add(counted);
        }
    for (const counted of matched) counted.steps += 1;
    for (const counted of considered) if (!matched.has(counted)) counted.considered += 1;
  }

  private counted(uri: string, statement: Statement): Counted {
    let statements = this.documents.get(uri);
    if (!statements) {
      statements = new Map();
      this.documents.set(uri, statements);
    }
    const pointer = toPointer(statement.path);
    let counted = statements.get(pointer);
    if (!counted) {
      counted = { statement, steps: 0, considered: 0 };
      statements.set(pointer, counted);
    }
    return counted;
  }
}

/** The statements that some request to AWS KMS may meet: no step can reach those about other services alone. */
function aboutKms(policy: CompiledPolicy): readonly Statement[] {
  const speaking = new Set(
    actionNames.flatMap((action) => policy.speakingOf(action).map(({ statement }) => statement)),
  );
  return policy.policy.statements.filter((statement) => speaking.has(statement));
}

interface Counted {
  readonly statement: Statement;
  steps: number;
  considered: number;
}
