import { aliasArn } from '../../access/request.ts';
import { notFound } from '../errors.ts';
import type { Alias, KmsKey } from '../key.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { optional } from '../shapes.ts';

export const listAliases = operation({
  name: 'ListAliases',
  members: { KeyId: optional(members.keyId), ...members.pages(100) },
  find({ KeyId }, finder) {
    const on = KeyId === undefined ? undefined : finder.key(KeyId);
    if (on && on.key.identity.account !== finder.place.account) throw notFound(`Key '${on.key.arn}' does not exist`);
    return { on };
  },
  act({ input, world, place, found }) {
    const keys = found.on ? [found.on.key] : world.keysIn(place);
    const all = keys
      .flatMap((key) => [...key.aliases.values()].map((alias) => ({ key, alias })))
      .sort((a, b) => (a.alias.name < b.alias.name ? -1 : 1));
    const { page, more } = pageOf(all, ({ alias }) => alias.name, input, 50);
    return { Aliases: page.map(entryOf), ...more };
  },
});

function entryOf({ key, alias }: { readonly key: KmsKey; readonly alias: Alias }): object {
  const { name, created, updated } = alias;
  return {
    AliasName: name,
    AliasArn: aliasArn({ ...key.identity, name }),
    TargetKeyId: key.identity.id,
    CreationDate: new Date(created),
    LastUpdatedDate: new Date(updated),
  };
}
