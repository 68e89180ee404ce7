import { parametersOfAction } from '../access/context/parameters.ts';
import { permissionOf } from '../access/decide.ts';
import { findOperation } from '../facts/operations.ts';
import type { KmsOperation, NeededPermission } from '../facts/types.ts';

/** A request parameter by the name of the API. */
export interface Parameter {
  readonly name: string;
  /** The condition keys that follow from it, templates unfilled. */
  readonly conditionKeys: readonly string[];
}

/**
 * The parameters of an operation that are known here: those that decide whether it is allowed, and where it is `called`
 * those that say what it works on.
 *
 * @param text as a step writes it, `kms:` included or not; undefined where it does not say
 */
export function parametersOf(text: string | undefined, step: 'can' | 'call'): readonly Parameter[] {
  const name = text?.replace(/^kms:/i, '') ?? '';
  const operation = findOperation(name);
  const permission = permissionOf(name);
  // What ReplicateKey asks for in the other Region follows from the key, not from the request.
  const own = operation?.permissions.filter(({ on }) => on !== 'replica-region').map(({ action }) => action);
  const actions = new Set(own ?? (permission ? [permission] : []));
  const parameters = new Map<string, string[]>();
  const add = (parameter: string, keys: readonly string[] = []): void => {
    if (ONLY.get(parameter)?.test(name) === false) return;
    parameters.set(parameter, [...new Set([...(parameters.get(parameter) ?? []), ...keys])]);
  };
  if (operation) for (const parameter of namedBy(operation, step)) add(parameter);
  for (const action of actions) for (const [parameter, keys] of parametersOfAction(action)) add(parameter, keys);
  return [...parameters].map(([each, conditionKeys]) => ({ name: each, conditionKeys }));
}

/** The parameters that name resources or that many operations share. An access check has other words for most. */
function namedBy(operation: KmsOperation, step: 'can' | 'call'): readonly string[] {
  const on = new Set(operation.permissions.map((permission) => permission.on));
  const alias = on.has('alias') ? ['AliasName'] : [];
  if (step === 'can') return alias;
  const isReEncryption = on.has('source-key');
  const keys = [...on].flatMap((each) =>
    each === 'key' && on.has('alias') ? 'TargetKeyId' : (PARAMETERS[each] ?? []),
  );
  const contexts = isReEncryption ? ['SourceEncryptionContext', 'DestinationEncryptionContext'] : ['EncryptionContext'];
  return [
    ...keys,
    ...alias,
    ...(operation.encryptionContext ? contexts : []),
    ...(operation.acceptsGrantTokens ? ['GrantTokens'] : []),
    ...(operation.acceptsDryRun ? ['DryRun'] : []),
  ];
}

const PARAMETERS: Readonly<Partial<Record<NeededPermission['on'], string>>> = {
  key: 'KeyId',
  'source-key': 'SourceKeyId',
  'destination-key': 'DestinationKeyId',
};

/**
 * Parameters whose condition keys are listed for more actions than the API takes them for.
 * Source: AWS KMS API Reference; checked 2026-11.
 */
const ONLY: ReadonlyMap<string, RegExp> = new Map([
  ['EncryptionAlgorithm', /^(Encrypt|Decrypt|ReEncrypt)/i],
  ['Constraints', /^CreateGrant$/i],
  ['Tags', /^(CreateKey|ReplicateKey|TagResource)$/i],
  ['TagKeys', /^UntagResource$/i],
  ['TargetKeyId', /^(Create|Update)Alias$/i],
]);
