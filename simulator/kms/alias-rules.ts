import { resourceQuotas } from '../facts/quotas.ts';
import { invalid, KmsError } from './errors.ts';
import type { KmsKey } from './key.ts';

const PREFIX = 'alias/';

/** Throws what KMS answers to a name that no alias of a customer can have. */
export function checkAliasName(name: string): void {
  if (!name.startsWith(PREFIX))
    throw invalid(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
      `write \`${PREFIX}\` before it`,
    );
  if (name.length === PREFIX.length)
    throw new KmsError('InvalidAliasNameException', '', `write a name after \`${PREFIX}\``);
  if (name.startsWith('alias/aws/'))
    throw new KmsError(
      'NotAuthorizedException',
      '',
      'choose a name that does not begin with `alias/aws/`: AWS keeps those',
    );
}

const MOST = resourceQuotas.find(({ name }) => name === 'aliases')?.limit ?? 50;

/** Throws what KMS answers where a key has all the aliases that it can have. */
export function checkAliasCount(key: KmsKey): void {
  if (key.aliases.size >= MOST) throw new KmsError('LimitExceededException', '', `a key has ${MOST} aliases at most`);
}
