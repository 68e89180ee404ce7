import type { AccessOptions } from '../../server/protocol.ts';
import { type FactStep, type Facts, factChoices, readPair, valueChoices, withPair } from './context.ts';
import { type Ask, type Question, withTyped } from './question.ts';
import type { Frame, Moved } from './walk.ts';

/**
 * The last step: what else the request brings. A list that one returns to until “Decide now” is chosen.
 *
 * @param inWords the question as it stands, shown beside “Decide now”
 */
export async function askForFacts<D extends { readonly facts: Facts }>(
  ask: Ask,
  frame: Frame,
  options: AccessOptions,
  draft: D,
  inWords: (draft: D) => string,
): Promise<Moved<D>> {
  let known = draft;
  for (;;) {
    const { facts } = known;
    const question = inWords(known);
    const chosen = await ask<FactStep>({
      ...frame,
      placeholder: 'decide now, or choose what else the request brings',
      choices: () => factChoices(options, facts, question),
    });
    if (chosen.kind === 'cancelled') return chosen;
    if (chosen.kind === 'back') return { kind: 'back', draft: known };
    const step = chosen.value;
    if (step.do === 'decide') return { kind: 'next', draft: known };
    if (step.do === 'become') {
      known = { ...known, facts: step.facts };
      continue;
    }
    const answer = await ask(factQuestion(frame, step, facts));
    if (answer.kind === 'cancelled') return answer;
    if (answer.kind === 'picked') known = { ...known, facts: answer.value };
  }
}

type Asking = Exclude<FactStep, { readonly do: 'decide' } | { readonly do: 'become' }>;

function factQuestion(frame: Frame, step: Asking, facts: Facts): Question<Facts> {
  if (step.do === 'ask-value') {
    return {
      ...frame,
      canGoBack: true,
      placeholder: `which value has \`${step.key.key}\`? choose or type one`,
      choices: (typed) => valueChoices(step.key, facts, typed),
    };
  }
  const { into, what, example } = PAIRS[step.do];
  return {
    ...frame,
    canGoBack: true,
    placeholder: `which ${what}? type it as \`${example}\``,
    choices: (typed) =>
      withTyped<Facts>(
        [],
        typed,
        (text) => readPair(text, example),
        (text) => withPair(facts, text, into),
      ),
  };
}

const PAIRS = {
  'ask-pair': { into: 'encryptionContext', what: 'pair of the encryption context', example: 'department=payroll' },
  'ask-key': { into: 'context', what: 'condition key', example: 'aws:SourceVpc=vpc-1a2b3c4d' },
} as const;
