import { ask, isAnswer, type Misunderstanding } from '../../server/answers/ask.ts';
import { askReEncrypt } from '../../server/answers/ask-reencrypt.ts';
import { CommandError, EXIT } from '../failure.ts';
import type { Terminal } from '../output/terminal.ts';
import type { SimulateOptions } from '../simulate/options.ts';
import { PolicyFiles } from '../simulate/policies.ts';
import { printAnswer, simulateJson } from '../simulate/print.ts';
import { readQuestion } from '../simulate/question.ts';

/** Decides a request and says why; the exit code. */
export async function simulate(options: SimulateOptions, terminal: Terminal): Promise<number> {
  const files = new PolicyFiles();
  const { question, destination } = await readQuestion(options, files);
  const result = destination ? askReEncrypt(question, destination) : ask(question);
  if ('problem' in result) throw misunderstood(result, options);
  if (options.format === 'json') terminal.out.line(JSON.stringify(simulateJson(result, files), null, 2));
  else printAnswer(result, files, terminal.out);
  const verdict = isAnswer(result) ? result.decision.verdict : result.verdict;
  if (options.expect === undefined || options.expect === verdict) return EXIT.fine;
  terminal.error.line(`kms-lens: expected ${options.expect}, but the verdict is ${verdict}`);
  return EXIT.findings;
}

function misunderstood({ about, problem }: Misunderstanding, options: SimulateOptions): CommandError {
  if (about === 'key-account' && options.keyAccount === undefined)
    return new CommandError(`${problem} with \`--key-account\` or \`--key\``);
  return new CommandError(`\`--${about}\`: ${problem}`);
}
