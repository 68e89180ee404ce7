import { checkAliasCount, checkAliasName } from '../alias-rules.ts';
import { invalid } from '../errors.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const updateAlias = operation({
  name: 'UpdateAlias',
  members: { AliasName: required(members.aliasName), TargetKeyId: required(members.keyId) },
  check: ({ AliasName }) => checkAliasName(AliasName),
  find: (input, finder) => ({ on: { key: finder.ownAlias(input.AliasName).key }, to: finder.key(input.TargetKeyId) }),
  act({ input, key: previous, to: next, world, now }) {
    if (previous.type !== next.type || previous.identity.usage !== next.identity.usage)
      throw invalid(
        '',
        `\`${input.AliasName}\` is on a key of type ${typeOf(previous)}, and this one is of type ${typeOf(next)}: point it at a key of the same type and usage`,
      );
    if (previous !== next) checkAliasCount(next);
    const created = previous.aliases.get(input.AliasName)?.created ?? now;
    world.putAlias(next, { name: input.AliasName, created, updated: now });
    return {};
  },
});

function typeOf({ type, identity }: { readonly type: string; readonly identity: { readonly usage: string } }): string {
  return `${type} (${identity.usage})`;
}
