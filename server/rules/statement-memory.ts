import type { Statement } from '../../simulator/policy/document.ts';
import type { Finding, Rule } from './rule.ts';

/** What one statement came to. */
export interface RememberedStatement {
  /** Stands for its text and its position, which are all that the rules below looked at. */
  readonly notes: Statement['notes'];
  readonly findings: readonly RuleFinding[];
  /** Rules that looked at more than the statement: they look again each time. */
  readonly again: ReadonlySet<Rule>;
}

export interface RuleFinding {
  readonly rule: Rule;
  readonly finding: Finding;
}

/**
 * What was found in each statement of a document when it was last checked. Whoever types changes one statement, and the
 * others need not be checked again.
 */
export class StatementMemory {
  private statements: (RememberedStatement | undefined)[] = [];
  private signature: readonly unknown[] = [];
  private readonly sets = new Map<string, ReadonlySet<Rule>>();

  /** Forgets everything unless all that the rules know beside the statements is the same as before. */
  about(...signature: readonly unknown[]): void {
    const isSame =
      signature.length === this.signature.length && signature.every((each, index) => each === this.signature[index]);
    if (!isSame) {
      this.statements = [];
      this.sets.clear();
    }
    this.signature = signature;
  }

  /** What the statement at this position came to, if it is as it was. */
  recall(index: number, { notes }: Statement): RememberedStatement | undefined {
    const found = this.statements[index];
    return found?.notes === notes ? found : undefined;
  }

  remember(index: number, { again, ...statement }: RememberedStatement): void {
    this.statements[index] = { ...statement, again: this.shared(again) };
  }

  /** Most statements have the same rules look again: the same set stands for them. */
  private shared(again: ReadonlySet<Rule>): ReadonlySet<Rule> {
    if (again.size === 0) return NOBODY;
    const ids = [...again].map(({ id }) => id).join(' ');
    const known = this.sets.get(ids);
    if (known) return known;
    this.sets.set(ids, again);
    return again;
  }

  /** Forgets the statements from this position on. */
  end(count: number): void {
    if (count < this.statements.length) this.statements.length = count;
  }
}

const NOBODY: ReadonlySet<Rule> = new Set();
