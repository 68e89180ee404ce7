import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { list, required } from '../shapes.ts';
import { checkTagKeys } from '../tags.ts';

export const untagResource = operation({
  name: 'UntagResource',
  members: {
    ...members.onKey,
    TagKeys: required(list(members.tagKey, { min: 0, max: Number.MAX_SAFE_INTEGER })),
  },
  check: ({ TagKeys }) => checkTagKeys(TagKeys),
  act({ input, key }) {
    for (const each of input.TagKeys) key.removeTag(each);
    return {};
  },
});
