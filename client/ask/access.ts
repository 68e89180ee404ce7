import type { AccessOptions, SimulateRequest } from '../../server/protocol.ts';
import { accountQuestion, ownerIsOpen } from './accounts.ts';
import { readAction } from './actions.ts';
import type { Facts } from './context.ts';
import { askForFacts } from './facts.ts';
import { principalQuestion } from './principalQuestion.ts';
import { type Ask, inGroups, type Question, withTyped } from './question.ts';
import { type Frame, movedBy, type Step, walk } from './walk.ts';
import { requestInWords } from './words.ts';

/** What the steps led to: a new request, or the last one again. */
export type Asked = { readonly kind: 'request'; readonly request: SimulateRequest } | { readonly kind: 'again' };

/**
 * Asks step by step for a what-if request: who, which operation, whose key where that is open, and what the request
 * brings. Going back keeps what was answered.
 *
 * @param last the last request for the same document, offered first
 * @returns undefined when the person gave up
 */
export async function askForRequest(
  ask: Ask,
  options: AccessOptions,
  last: SimulateRequest | undefined,
): Promise<Asked | undefined> {
  const who: Step<Draft> = async (frame, draft) => {
    const again =
      last === undefined ? [] : [{ kind: 'pick', label: `Run again: ${requestInWords(last)}`, value: AGAIN } as const];
    const toDraft = (principal: string): Draft => ({ ...draft, principal });
    const answer = await ask(principalQuestion(frame, options, options.principals, again, toDraft));
    return answer.kind === 'picked' && answer.value === AGAIN ? { kind: 'done', draft: AGAIN } : movedBy(answer, draft);
  };
  const what: Step<Draft> = async (frame, draft) => movedBy(await ask(actionQuestion(frame, options, draft)), draft);
  const whose: Step<Draft> = async (frame, draft) => {
    const toDraft = (keyAccount: string): Draft => ({ ...draft, keyAccount });
    return movedBy(await ask(accountQuestion(frame, options, draft.principal, toDraft)), draft);
  };
  const bringing: Step<Draft> = (frame, draft) =>
    askForFacts(ask, frame, options, draft, (known) => requestInWords(toRequest(known)));
  const steps = ownerIsOpen(options) ? [who, what, whose, bringing] : [who, what, bringing];
  const draft = await walk('Simulate access', steps, EMPTY_DRAFT);
  if (draft === undefined) return undefined;
  return draft === AGAIN ? { kind: 'again' } : { kind: 'request', request: toRequest(draft) };
}

interface Draft {
  readonly principal: string;
  readonly action: string;
  readonly keyAccount?: string;
  readonly facts: Facts;
}

const EMPTY_DRAFT: Draft = { principal: '', action: '', facts: { encryptionContext: {}, context: {} } };

/** Stands for the choice to run the last request again. */
const AGAIN: Draft = { ...EMPTY_DRAFT };

function actionQuestion(frame: Frame, options: AccessOptions, draft: Draft): Question<Draft> {
  const toDraft = (action: string): Draft => ({ ...draft, action });
  const named = inGroups(options.actions, ({ action, description }) => ({
    kind: 'pick',
    label: action,
    description,
    value: toDraft(action),
  }));
  return {
    ...frame,
    placeholder: 'what does it ask for? choose an action or type one, such as `kms:Decrypt`',
    choices: (typed) => withTyped(named, typed, readAction, toDraft),
  };
}

function toRequest({ facts: { encryptionContext, context }, ...who }: Draft): SimulateRequest {
  return {
    ...who,
    ...(Object.keys(encryptionContext).length === 0 ? {} : { encryptionContext }),
    ...(Object.keys(context).length === 0 ? {} : { context }),
  };
}
