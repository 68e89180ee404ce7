import type { WorldChange } from '../../scenario/step.ts';
import type { KmsKey } from '../key.ts';
import type { Session } from './session.ts';

/** Every key by its ARN, with what may change about it in words. */
export type WorldState = ReadonlyMap<string, KeyState>;

interface KeyState {
  readonly name: string;
  readonly facts: Readonly<Record<string, string>>;
}

export function stateOf({ service, nameOf }: Pick<Session, 'service' | 'nameOf'>): WorldState {
  return new Map([...service.world.keys].map((key) => [key.arn, { name: nameOf(key), facts: factsOf(key) }]));
}

/** What is otherwise, key by key. */
export function changesBetween(before: WorldState, after: WorldState): WorldChange[] {
  const changes: WorldChange[] = [];
  for (const arn of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(arn), after.get(arn)];
    const key = (now ?? old)?.name ?? arn;
    for (const what of new Set([...Object.keys(old?.facts ?? {}), ...Object.keys(now?.facts ?? {})])) {
      const [from, to] = [old?.facts[what], now?.facts[what]];
      if (from !== to)
        changes.push({ key, what, ...(from === undefined ? {} : { before: from }), ...(to ? { after: to } : {}) });
    }
  }
  return changes;
}

/** What is not there is left out. */
function factsOf(key: KmsKey): Readonly<Record<string, string>> {
  const { state, policy, description, rotation, deletion, aliases, tags, materials, grants, multiRegionKeyType } = key;
  const facts: Readonly<Record<string, string | undefined>> = {
    state,
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
