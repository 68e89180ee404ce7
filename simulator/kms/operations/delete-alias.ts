import { checkAliasName } from '../alias-rules.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const deleteAlias = operation({
  name: 'DeleteAlias',
  members: { AliasName: required(members.aliasName) },
  check: ({ AliasName }) => checkAliasName(AliasName),
  find: (input, finder) => ({ on: { key: finder.ownAlias(input.AliasName).key } }),
  act({ input, key, world }) {
    world.removeAlias(key, input.AliasName);
    return {};
  },
});
