import type { Answer } from '../../server/answers/ask.ts';
import type { ReEncryptAnswer } from '../../server/answers/ask-reencrypt.ts';
import { decisionJson } from '../../server/answers/decision-json.ts';
import { explain } from '../../server/answers/explanation.ts';
import type { Verdict } from '../../server/protocol.ts';
import type { Sink } from '../output/terminal.ts';
import type { PolicyFiles } from './policies.ts';

/** The published shape of `kms-lens simulate --format json`. A call that needs two permissions has them under `permissions`. */
export function simulateJson(answer: Answer | ReEncryptAnswer, { nameOf }: PolicyFiles): object {
  if (!('permissions' in answer)) return decisionJson(answer, nameOf);
  const { verdict, kind, by, deciding, permissions } = answer;
  return {
    ...decisionJson(deciding, nameOf),
    verdict,
    kind,
    by,
    permissions: permissions.map((each) => ({ action: `kms:${each.request.action}`, ...decisionJson(each, nameOf) })),
  };
}

/** The verdict, what decided with its file and line, and every layer's part. */
export function printAnswer(answer: Answer | ReEncryptAnswer, files: PolicyFiles, out: Sink): void {
  if (!('permissions' in answer)) return printDecision(answer, files, out);
  const { verdict, permissions } = answer;
  const { colours } = out;
  out.line(colours.bold(paint(verdict, out)(`${verdict.toUpperCase()}: kms:ReEncrypt, which needs both of these`)));
  for (const permission of permissions) {
    out.line();
    printDecision(permission, files, out);
  }
}

function printDecision(answer: Answer, files: PolicyFiles, out: Sink): void {
  const { colours } = out;
  const [title = '', ...lines] = explain(answer, files).text.trimEnd().split('\n');
  out.line(colours.bold(paint(answer.decision.verdict, out)(title)));
  for (const line of lines) out.line(line);
}

const paint = (verdict: Verdict, { colours }: Sink): ((text: string) => string) =>
  ({ allowed: colours.green, denied: colours.red, depends: colours.yellow })[verdict];
