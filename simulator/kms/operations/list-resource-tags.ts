import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../page.ts';

export const listResourceTags = operation({
  name: 'ListResourceTags',
  members: { ...members.onKey, ...members.pages(50) },
  act({ input, key }) {
    const tags = [...key.tags].sort(([a], [b]) => (a < b ? -1 : 1));
    const { page, more } = pageOf(tags, ([name]) => name, input, 50);
    return { Tags: page.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...more };
  },
});
