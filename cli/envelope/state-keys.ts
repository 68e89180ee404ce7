import { aliasArn } from '../../simulator/access/request.ts';
import { factsOf, Kept } from '../../simulator/endpoint/kept.ts';
import { EnvelopeError } from '../../simulator/envelope/errors.ts';
import type { Keyring } from '../../simulator/envelope/keyring.ts';
import { type DataKeySource, kmsKeyring } from '../../simulator/envelope/keyrings/kms.ts';
import { KmsError, UndecidedError } from '../../simulator/kms/errors.ts';
import type { KmsKey } from '../../simulator/kms/key.ts';
import type { KeyWorld } from '../../simulator/kms/world.ts';
import type { ScenarioWorld } from '../../simulator/scenario/world.ts';
import { CommandError } from '../failure.ts';
import { displayName } from '../files/read.ts';
import { startingWorld } from '../serve/world.ts';
import { explained, hasState, openState } from '../state/open.ts';
import type { Keys } from './keyring.ts';
import type { DecryptCommand, EncryptCommand } from './options.ts';

/** The simulated keys of `--state`. @throws {CommandError} for options that do not go together, or for what is no key */
export async function stateKeys(options: EncryptCommand | DecryptCommand): Promise<Keys> {
  const { state: folder, key: names = [], scenario, stateKey } = options;
  if (folder === undefined) {
    const stray = STRAY.find(([name]) => options[name] !== undefined);
    if (stray) throw new CommandError(`\`${stray[1]}\` goes with \`--state DIR\``);
    return { keyrings: [] };
  }
  if (names.length === 0)
    throw new CommandError('name the key with `--key NAME`: its name in the scenario, an alias, an id or an ARN');
  const isNew = !(await hasState(folder));
  const encrypts = 'frameLength' in options;
  if (isNew && !(encrypts && scenario !== undefined))
    throw new CommandError(
      `there are no keys in \`${displayName(folder)}\`: ${encrypts ? 'make them with `--scenario FILE`' : 'give the folder that the message was encrypted with'}`,
    );
  const declared = scenario === undefined ? undefined : await startingWorld({ scenario });
  // Before a folder is made for it.
  if (isNew && declared) for (const name of names) if (!declared.keyOf(name)) throw unknownKey(name, folder);
  const notes: string[] = [];
  const { store, lock } = await openState(folder, stateKey, (text) => void notes.push(text));
  const world = declared ?? (await startingWorld({}, factsOf(store)?.account));
  const kept = await explained(folder, () =>
    Kept.open({ world, store, scenario: scenario === undefined ? undefined : displayName(scenario) }),
  );
  return {
    keyrings: names.map((name) => keyringFor(keyNamed(name, kept.declared.service.world, world, folder), kept, world)),
    warning: `simulated keys protect nothing; they are in \`${displayName(folder)}\`, and without it or its key the data is lost`,
    notes: [...notes, ...(scenario !== undefined && kept.note !== undefined ? [kept.note] : [])],
    async close() {
      await kept.close();
      lock.release();
    },
  };
}

const STRAY = [
  ['scenario', '--scenario'],
  ['stateKey', '--state-key'],
] as const;

/** By an ARN, by its name in the scenario, or by an alias or id that only one key has. */
function keyNamed(name: string, keys: KeyWorld, scenario: ScenarioWorld, folder: string): KmsKey {
  const { defaults } = scenario;
  const description = scenario.keyOf(name)?.key.description;
  const found =
    keys.key(name) ??
    keys.keyOfAlias(name) ??
    (description && keys.keyIn(description, description.id)) ??
    keys.keyIn(defaults, name) ??
    keys.keyOfAlias(aliasArn({ ...defaults, name }));
  if (found) return found;
  const others = [...keys.keys].filter(({ identity, aliases }) => identity.id === name || aliases.has(name));
  const [only] = others;
  if (!only) throw unknownKey(name, folder);
  if (others.length === 1) return only;
  throw new CommandError(
    `\`${name}\` stands for several keys: name one of them by its ARN: ${others.map(({ arn }) => `\`${arn}\``).join(', ')}`,
  );
}

const unknownKey = (name: string, folder: string): CommandError =>
  new CommandError(
    `no key \`${name}\` is in \`${displayName(folder)}\`: give its name in the scenario, an alias, an id or an ARN`,
  );

/** The root user of the key's account calls: whoever has the folder and its key has all that is in it. */
function keyringFor({ arn, identity }: KmsKey, { declared }: Kept, scenario: ScenarioWorld): Keyring {
  const { partition, account, region } = identity;
  const root = scenario.callerOf(`arn:${partition}:iam::${account}:root`);
  declared.introduce(root);
  const service: DataKeySource = {
    call: (operation, input, caller) =>
      declared.service.call(operation, input, caller, { region }).catch((error: unknown) => refused(operation, error)),
  };
  return kmsKeyring({ service, keyArn: arn, caller: root.caller });
}

function refused(operation: string, error: unknown): never {
  if (error instanceof KmsError) {
    const words = [error.name, error.message].filter((each) => each !== '').join(': ');
    throw new EnvelopeError('no-data-key', `${operation} is refused: ${words}`, error.remedy);
  }
  if (error instanceof UndecidedError)
    throw new EnvelopeError('no-data-key', `${operation}: ${error.message}`, 'say it in the scenario');
  throw error;
}
