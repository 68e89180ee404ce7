import type { WorldChange } from '../../scenario/step.ts';
import type { KmsKey } from '../key.ts';
import { stateNameOf } from '../metadata.ts';
import type { Session } from './session.ts';

/** Every key by its ARN, with what may change about it in words. */
export type WorldState = ReadonlyMap<string, KeyState>;

export interface KeyState {
  readonly name: string;
  readonly facts: Readonly<Record<string, string>>;
}

export function stateOf({ service, nameOf }: Pick<Session, 'service' | 'nameOf'>): WorldState {
  return new Map([...service.world.keys].map((key) => [key.arn, stateOfKey(key, nameOf)]));
}

export const stateOfKey = (key: KmsKey, nameOf: Session['nameOf']): KeyState => ({
  name: nameOf(key),
  facts: factsOf(key),
});

/** What is otherwise, key by key. */
export function changesBetween(before: WorldState, after: WorldState): WorldChange[] {
  const changes: WorldChange[] = [];
  for (const arn of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(arn), after.get(arn)];
    const key = (now ?? old)?.name ?? arn;
    changes.push(...factsChanged(old, now).map((change) => ({ key, ...change })));
  }
  return changes;
}

/** What is otherwise about one key. @param before undefined: it was not there yet @param after undefined: it is gone */
export function factsChanged(before: KeyState | undefined, after: KeyState | undefined): Omit<WorldChange, 'key'>[] {
  const changes: Omit<WorldChange, 'key'>[] = [];
  for (const what of new Set([...Object.keys(before?.facts ?? {}), ...Object.keys(after?.facts ?? {})])) {
    const [from, to] = [before?.facts[what], after?.facts[what]];
    if (from !== to)
      changes.push({ what, ...(from === undefined ? {} : { before: from }), ...(to ? { after: to } : {}) });
  }
  return changes;
}

/** What is not there is left out. */
function factsOf(key: KmsKey): Readonly<Record<string, string>> {
  const { policy, description, rotation, deletion, aliases, tags, materials, grants, multiRegionKeyType } = key;
  const facts: Readonly<Record<string, string | undefined>> = {
    state: stateNameOf(key),
    'multi-Region': multiRegionKeyType?.toLowerCase(),
    description: description || undefined,
    aliases: [...aliases.keys()].join(', ') || undefined,
    tags: [...tags].map(([tag, value]) => `${tag} = ${value}`).join(', ') || undefined,
    policy: policy.text,
    grants: grants.size > 0 ? String(grants.size) : undefined,
    rotation: rotation && `every ${rotation.periodInDays} days, next ${dateOf(rotation.next)}`,
    'key material':
      materials.all.map(({ id, secret }) => `${id.slice(0, 8)}…${secret ? '' : ' (gone)'}`).join(', ') || undefined,
    'deletion date': deletion === undefined ? undefined : dateOf(deletion),
  };
  return Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== undefined));
}

const dateOf = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
