import type { AccessOptions, ContextKeyOption } from '../../server/protocol.ts';
import { type Choice, type Pick, type Reading, separator, withTyped } from './question.ts';
import { pairsInWords } from './words.ts';

/** What a request brings besides who asks for what. */
export interface Facts {
  readonly encryptionContext: Readonly<Record<string, string>>;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** What a person wants to do next in the list of facts. */
export type FactStep =
  | { readonly do: 'decide' }
  /** The request brings these facts from now on. */
  | { readonly do: 'become'; readonly facts: Facts }
  | { readonly do: 'ask-value'; readonly key: ContextKeyOption }
  | { readonly do: 'ask-pair' }
  | { readonly do: 'ask-key' };

/** The list of the last step: decide, or set one more fact first. */
export function factChoices(options: AccessOptions, facts: Facts, question: string): readonly Choice<FactStep>[] {
  const decide: Pick<FactStep> = {
    kind: 'pick',
    label: 'Decide now',
    description: question,
    value: { do: 'decide' },
  };
  const pairs = pairChoices(options, facts);
  const keys = keyChoices(options, facts);
  return [
    decide,
    separator('Encryption context'),
    ...pairs,
    { kind: 'pick', label: 'Add an encryption context pair…', value: { do: 'ask-pair' } },
    separator('Condition keys'),
    ...keys,
    { kind: 'pick', label: 'Set another condition key…', value: { do: 'ask-key' } },
  ];
}

/** The values to give a condition key, a typed one included. */
export function valueChoices(key: ContextKeyOption, facts: Facts, typed: string): readonly Choice<Facts>[] {
  const choices: Choice<Facts>[] = offeredValues(key).map((value) =>
    /[*?]/.test(value)
      ? { kind: 'fill', label: value, description: 'a pattern: write a value that it matches', text: value }
      : { kind: 'pick', label: value, value: withKey(facts, key.key, value) },
  );
  if (facts.context[key.key] !== undefined) {
    choices.push({ kind: 'pick', label: 'Leave it out of the request', value: withKey(facts, key.key, undefined) });
  }
  const list = typed.split(',').map((part) => part.trim());
  if (list.length > 1 && list.every((part) => part !== '')) {
    choices.unshift({
      kind: 'pick',
      label: `Use the list ${list.map((part) => `“${part}”`).join(', ')}`,
      value: withKey(facts, key.key, list),
      fromTyping: true,
    });
  }
  return withTyped(choices, typed, readValue, (value) => withKey(facts, key.key, value));
}

/** Reads `name=value`, as typed for a pair of the encryption context or for a condition key. */
export function readPair(text: string, example: string): Reading {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(0, equals)).trim();
  const value = text.slice(equals + 1).trim();
  if (equals < 0 || name === '') return { problem: `write a name, \`=\` and a value, such as \`${example}\`` };
  return { value: text, meaning: `${name}: ${value}` };
}

/** Facts with the pair of a text that {@link readPair} could read. */
export function withPair(facts: Facts, text: string, into: keyof Facts): Facts {
  const equals = text.indexOf('=');
  const name = text.slice(0, equals).trim();
  const value = text.slice(equals + 1).trim();
  return into === 'context'
    ? withKey(facts, name, value)
    : { ...facts, encryptionContext: { ...facts.encryptionContext, [name]: value } };
}

function pairChoices(options: AccessOptions, facts: Facts): readonly Choice<FactStep>[] {
  const all = { ...options.encryptionContext, ...facts.encryptionContext };
  return Object.entries(all).map(([name, value]): Choice<FactStep> => {
    const sent = facts.encryptionContext[name] !== undefined;
    const { [name]: _dropped, ...others } = facts.encryptionContext;
    const encryptionContext = sent ? others : { ...facts.encryptionContext, [name]: value };
    return {
      kind: 'pick',
      label: `${name}: ${value}`,
      description: sent ? 'sent with the request; choose it to leave it out' : 'not sent; choose it to send it',
      value: { do: 'become', facts: { ...facts, encryptionContext } },
    };
  });
}

function keyChoices(options: AccessOptions, facts: Facts): readonly Choice<FactStep>[] {
  const known = new Set(options.contextKeys.map((option) => option.key));
  const typed = Object.keys(facts.context).filter((key) => !known.has(key));
  const all = [
    ...[...options.contextKeys].sort((a, b) => Number(b.inStatement) - Number(a.inStatement)),
    ...typed.map((key): ContextKeyOption => ({ key, values: [], description: '', inStatement: false })),
  ];
  return all.map((key): Choice<FactStep> => {
    const value = facts.context[key.key];
    return {
      kind: 'pick',
      label: value === undefined ? key.key : (pairsInWords({ [key.key]: value })[0] ?? key.key),
      description: value === undefined ? 'not set' : 'set',
      ...(key.description === '' ? {} : { detail: key.description }),
      value: { do: 'ask-value', key },
    };
  });
}

/** A document that compares with `true` may be asked about `false` as well. */
function offeredValues(key: ContextKeyOption): readonly string[] {
  const truth = key.values.some((value) => value === 'true' || value === 'false');
  return [...new Set([...key.values, ...(truth ? ['true', 'false'] : [])])];
}

function withKey(facts: Facts, key: string, value: string | readonly string[] | undefined): Facts {
  const { [key]: _replaced, ...others } = facts.context;
  return { ...facts, context: value === undefined ? others : { ...others, [key]: value } };
}

function readValue(text: string): Reading {
  return { value: text, meaning: 'as the value' };
}
