import { aliasArn } from '../../access/request.ts';
import { checkAliasCount, checkAliasName } from '../alias-rules.ts';
import { KmsError } from '../errors.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const createAlias = operation({
  name: 'CreateAlias',
  members: { AliasName: required(members.aliasName), TargetKeyId: required(members.keyId) },
  check: ({ AliasName }) => checkAliasName(AliasName),
  find: (input, finder) => ({ on: finder.key(input.TargetKeyId) }),
  act({ input, key, world, now }) {
    const name = input.AliasName;
    const arn = aliasArn({ ...key.identity, name });
    if (world.keyOfAlias(arn))
      throw new KmsError(
        'AlreadyExistsException',
        `An alias with the name ${arn} already exists`,
        'call UpdateAlias to point it at another key',
      );
    checkAliasCount(key);
    world.putAlias(key, { name, created: now, updated: now });
    return {};
  },
});
