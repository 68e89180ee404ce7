import * as members from '../members.ts';
import { metadataOf } from '../metadata.ts';
import { operation } from '../operation.ts';

export const describeKey = operation({
  name: 'DescribeKey',
  members: { ...members.onKey, ...members.withGrantTokens },
  act: ({ key, world }) => ({ KeyMetadata: metadataOf(key, world) }),
});
