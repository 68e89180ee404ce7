import { resourceQuotas } from '../facts/quotas.ts';
import { KmsError } from './errors.ts';

export interface Tag {
  readonly TagKey: string;
  readonly TagValue: string;
}

const MOST = resourceQuotas.find(({ name }) => name === 'tags')?.limit ?? 50;

/** Throws AWS's TagException for tags that no key may have. @param existing the keys of the tags that stay */
export function checkTags(tags: readonly Tag[], existing: Iterable<string> = []): void {
  checkTagKeys(tags.map(({ TagKey }) => TagKey));
  const all = new Set([...existing, ...tags.map(({ TagKey }) => TagKey)]);
  if (all.size > MOST) throw tagError('Too many tags', `a key has ${MOST} tags at most`);
}

export function checkTagKeys(keys: readonly string[]): void {
  if (keys.some((key) => /^aws:/i.test(key)))
    throw tagError('Tags beginning with aws: are reserved', 'choose another key for the tag');
  if (new Set(keys).size < keys.length) throw tagError('Duplicate tag keys', 'give each tag once');
}

const tagError = (message: string, remedy: string): KmsError => new KmsError('TagException', message, remedy);
