import { isServiceName } from '../../access/grant/compiled.ts';
import { KmsError } from '../errors.ts';
import { canonicalTerms, checkKey, checkPrincipals, checkTerms, termsOf } from '../grant-terms.ts';
import type { KmsGrant } from '../grants.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { boolean, optional, required } from '../shapes.ts';

export const createGrant = operation({
  name: 'CreateGrant',
  members: {
    ...members.onKey,
    GranteePrincipal: optional(members.principalId),
    RetiringPrincipal: optional(members.principalId),
    Operations: required(members.grantOperations),
    Constraints: optional(members.grantConstraints),
    ...members.withGrantTokens,
    Name: optional(members.grantName),
    DryRun: optional(boolean),
    GranteeServicePrincipal: optional(members.servicePrincipal),
    RetiringServicePrincipal: optional(members.servicePrincipal),
  },
  check: checkTerms,
  act({ input, key, caller, byService, principals, world, now, random }) {
    checkKey(input, key);
    // Services name themselves as principals, in members that others have for ARNs.
    const named = [input.GranteePrincipal, input.RetiringPrincipal];
    checkPrincipals(byService ? named.filter((text) => text === undefined || !isServiceName(text)) : named, principals);
    const { grants, identity } = key;
    const { Name: name } = input;
    const id = Buffer.from(random.bytes(32)).toString('hex');
    const terms = termsOf(input, name ?? id, id, caller, identity.account);
    const request = name === undefined ? undefined : `${name} ${canonicalTerms(terms)}`;
    const again = request === undefined ? undefined : grants.madeBy(request);
    if (!again && identity.manager === 'CUSTOMER' && grants.size >= world.grantsPerKey)
      throw new KmsError(
        'LimitExceededException',
        '',
        `a key has ${world.grantsPerKey} grants at most: retire those that are not needed any more`,
      );
    const grant: KmsGrant = again ?? {
      id,
      ...(name === undefined ? {} : { name }),
      ...(request === undefined ? {} : { request }),
      terms,
      created: now,
      everywhere: now + world.grantDelay,
    };
    const token = Buffer.concat([TOKEN, random.bytes(48)]).toString('base64');
    if (input.DryRun !== true) {
      if (!again) grants.add(grant);
      world.addGrantToken(token, { key, grant });
    }
    return { GrantToken: token, GrantId: grant.id };
  },
});

const TOKEN = Buffer.from('kms-lens grant ');
