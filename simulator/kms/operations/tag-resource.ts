import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';
import { checkTags } from '../tags.ts';

export const tagResource = operation({
  name: 'TagResource',
  members: { ...members.onKey, Tags: required(members.tags) },
  check: ({ Tags }) => checkTags(Tags),
  act({ input, key }) {
    checkTags(input.Tags, key.tags.keys());
    for (const { TagKey, TagValue } of input.Tags) key.setTag(TagKey, TagValue);
    return {};
  },
});
