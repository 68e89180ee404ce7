import { ABSENT, type ContextValue, listed, optional, UNKNOWN } from '../../policy/context-value.ts';
import type { AccessRequest } from '../request.ts';

/** A tag's value by its key, whose capitals do not count in condition keys. */
export function tagOf(tags: Readonly<Record<string, string>> | undefined, tag: string): ContextValue {
  if (!tags) return UNKNOWN;
  const name = Object.keys(tags).find((key) => key.toLowerCase() === tag.toLowerCase());
  return optional(name === undefined ? undefined : tags[name]);
}

const TAGGING = new Set(['CreateKey', 'TagResource']);

export function requestTag({ action, input }: AccessRequest, tag: string): ContextValue {
  if (!TAGGING.has(action)) return ABSENT;
  const tags = input && tagsOf(input);
  return input ? tagOf(tags ?? {}, tag) : UNKNOWN;
}

export function tagKeys({ action, input }: AccessRequest): ContextValue {
  if (!TAGGING.has(action) && action !== 'UntagResource') return ABSENT;
  if (!input) return UNKNOWN;
  const keys = input['TagKeys'];
  return listed(Array.isArray(keys) ? keys.map(String) : Object.keys(tagsOf(input)));
}

/** `Tags: [{ TagKey, TagValue }]` of a request as a record. */
function tagsOf(input: Readonly<Record<string, unknown>>): Record<string, string> {
  const tags: Record<string, string> = {};
  const list = input['Tags'];
  for (const tag of Array.isArray(list) ? list : []) {
    if (typeof tag === 'object' && tag !== null && 'TagKey' in tag && 'TagValue' in tag)
      tags[String(tag.TagKey)] = String(tag.TagValue);
  }
  return tags;
}

/** The tags of a request's parameters as condition keys, for a call that is decided without its parameters. */
export function tagContext(input: Readonly<Record<string, unknown>>): Record<string, string | string[] | null> {
  const tags = Object.entries(tagsOf(input));
  return {
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    'aws:TagKeys': tags.length > 0 ? tags.map(([key]) => key) : null,
  };
}
