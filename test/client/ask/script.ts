import type { Ask, Choice, Question } from '../../../client/ask/question.ts';
import type { AccessOptions } from '../../../server/protocol.ts';

/** What a person does at one question: type, choose what starts with a text, go back or give up. */
export type Act = { readonly type?: string; readonly choose: string } | 'back' | 'escape';

export interface Seen {
  readonly title: string;
  readonly placeholder: string;
  readonly canGoBack: boolean;
  readonly labels: readonly string[];
}

/** Answers questions by a script and notes what was shown. */
export function scripted(...acts: readonly Act[]): { readonly ask: Ask; readonly seen: readonly Seen[] } {
  const seen: Seen[] = [];
  const left = [...acts];
  const ask: Ask = async (question) => {
    const act = left.shift();
    const typed = typeof act === 'object' ? (act.type ?? '') : '';
    const choices = question.choices(typed);
    seen.push(noted(question, choices));
    if (act === undefined) throw new Error(`nobody expected the question “${question.placeholder}”`);
    if (act === 'escape') return { kind: 'cancelled' };
    if (act === 'back') return { kind: 'back' };
    const choice = choices.find(({ kind, label }) => kind === 'pick' && label.startsWith(act.choose));
    if (choice?.kind !== 'pick') throw new Error(`“${act.choose}” is not among ${seen.at(-1)?.labels.join(' | ')}`);
    return { kind: 'picked', value: choice.value };
  };
  return { ask, seen };
}

export function accessOptions(given: Partial<AccessOptions> = {}): AccessOptions {
  return {
    kind: 'key-policy',
    keyAccounts: ['111122223333'],
    region: 'us-east-1',
    principals: [
      { principal: 'arn:aws:iam::111122223333:root', description: 'root of 111122223333', inStatement: false },
      { principal: 'arn:aws:iam::111122223333:role/App', description: 'role App of 111122223333', inStatement: true },
      { principal: 'service:s3.amazonaws.com', description: 'the service s3', inStatement: true },
    ],
    actions: [
      { action: 'kms:Decrypt', description: 'decrypts', inStatement: true },
      { action: 'kms:Encrypt', description: 'encrypts', inStatement: false },
    ],
    contextKeys: [],
    encryptionContext: {},
    ...given,
  };
}

function noted<T>(question: Question<T>, choices: readonly Choice<T>[]): Seen {
  const { title, step, totalSteps, placeholder, canGoBack } = question;
  return {
    title: `${title} (${step}/${totalSteps})`,
    placeholder,
    canGoBack,
    labels: choices.map(({ kind, label }) => (kind === 'separator' ? `— ${label}` : label)),
  };
}
