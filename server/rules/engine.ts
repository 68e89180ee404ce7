import type { SourceDocument } from '../documents/source.ts';
import type { CheckOptions } from './check-options.ts';
import { byPlace, type Diagnostic, type Suppressed } from './diagnostic.ts';
import type { Rule, UsedComment } from './rule.ts';
import { Run } from './run.ts';
import { isOn } from './selection.ts';
import type { SpannedText } from './suppress/comment.ts';

export interface Inspection {
  readonly diagnostics: Diagnostic[];
  readonly suppressed: Suppressed[];
  /** Every rule that is on could look at everything: the text is whole, and none failed. */
  readonly isComplete: boolean;
}

/** What is wrong with a document and nobody has accepted. */
export function check(document: SourceDocument, options: CheckOptions): Diagnostic[] {
  return inspect(document, options).diagnostics;
}

/** Runs every rule that applies to the document: one traversal, each part offered to the rules that ask for it. */
export function inspect(document: SourceDocument, options: CheckOptions): Inspection {
  const run = new Run(document, options);
  run.syntax();
  run.objects();
  run.policies();
  run.grants();
  run.scenario();
  run.findings.settle();
  // It is known by now what the comments suppress.
  for (const comment of usedComments(run, options)) run.suppression(comment);
  run.findings.settle();
  const { diagnostics, suppressed } = run.findings;
  diagnostics.sort(byPlace);
  suppressed.sort((a, b) => byPlace(a.diagnostic, b.diagnostic));
  return { diagnostics, suppressed, isComplete: run.broken.none && run.failed.size === 0 };
}

/** The comments that are meant to suppress findings. */
function usedComments(run: Run, options: CheckOptions): UsedComment[] {
  const { comments, used } = run.findings;
  if (comments.all.length === 0) return [];
  const known = new Map(options.rules.map((rule) => [rule.id, rule]));
  return comments.all.map((comment) => {
    const unknown = comment.names.filter(({ text }) => !known.has(text));
    const isIdle = (name: SpannedText): boolean =>
      comment.reach !== undefined && !used.has(name) && foundNothing(run, known.get(name.text), options);
    return { ...comment, unknown, unused: comment.names.filter(isIdle) };
  });
}

/** Whether a rule has looked at all of the document. Of one that is off nobody knows what it would find. */
function foundNothing(run: Run, rule: Rule | undefined, { severities, silent }: CheckOptions): boolean {
  if (!rule || rule.check.suppression || !run.broken.none || !isOn(rule, severities)) return false;
  if (silent?.has(rule.id) || run.failed.has(rule.id)) return false;
  const { candidates } = run.document.kind;
  return candidates.length === 1 || candidates.every((kind) => rule.kinds.includes(kind));
}
