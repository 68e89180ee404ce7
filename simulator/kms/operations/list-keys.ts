import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../page.ts';

export const listKeys = operation({
  name: 'ListKeys',
  members: members.pages(1000),
  act({ input, world, place }) {
    const { page, more } = pageOf(world.keysIn(place), ({ identity }) => identity.id, input, 100);
    return { Keys: page.map(({ identity, arn }) => ({ KeyId: identity.id, KeyArn: arn })), ...more };
  },
});
