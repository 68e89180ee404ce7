import { invalid, KmsError } from './errors.ts';

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
