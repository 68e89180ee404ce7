import { parsePrincipal } from '../../policy/syntax/principal.ts';
import { invalid, KmsError } from '../errors.ts';
import { checkServiceFilter, grantPage } from '../grant-list.ts';
import { checkPrincipals } from '../grant-terms.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { optional } from '../shapes.ts';

export const listRetirableGrants = operation({
  name: 'ListRetirableGrants',
  members: {
    ...members.pages(100),
    RetiringPrincipal: optional(members.principalId),
    RetiringServicePrincipal: optional(members.servicePrincipal),
  },
  check({ RetiringPrincipal, RetiringServicePrincipal }) {
    if ((RetiringPrincipal === undefined) === (RetiringServicePrincipal === undefined))
      throw invalid('', 'say who may retire the grants: give `RetiringPrincipal` with an ARN');
  },
  act({ input, caller, place, principals, world }) {
    const { RetiringPrincipal: principal, RetiringServicePrincipal: service } = input;
    checkServiceFilter(service, caller);
    checkPrincipals([principal], principals);
    if (principal !== undefined && parsePrincipal(principal, 'AWS').account !== place.account)
      throw new KmsError('AccessDeniedException', '', `name a principal of the account ${place.account}`);
    const found = [...world.keys]
      .filter(({ identity }) => identity.region === place.region && identity.partition === place.partition)
      .flatMap((key) =>
        [...key.grants.all]
          .filter(({ terms }) =>
            service === undefined ? terms.retiringPrincipal === principal : terms.retiringServicePrincipal === service,
          )
          .map((grant) => ({ key, grant })),
      );
    return grantPage(found, input);
  },
});
