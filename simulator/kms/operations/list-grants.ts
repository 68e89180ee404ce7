import { checkGrantId, checkServiceFilter, grantPage } from '../grant-list.ts';
import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { optional } from '../shapes.ts';

export const listGrants = operation({
  name: 'ListGrants',
  members: {
    ...members.onKey,
    ...members.pages(100),
    GrantId: optional(members.grantId),
    GranteePrincipal: optional(members.principalId),
    GranteeServicePrincipal: optional(members.servicePrincipal),
  },
  act({ input, key, caller }) {
    const { GrantId: id, GranteePrincipal: grantee, GranteeServicePrincipal: service } = input;
    checkServiceFilter(service, caller);
    if (id !== undefined) checkGrantId(id);
    const wanted = [...key.grants.all].filter(
      (grant) =>
        (id === undefined || grant.id === id) &&
        (grantee === undefined || grant.terms.granteePrincipal === grantee) &&
        (service === undefined || grant.terms.granteeServicePrincipal === service),
    );
    return grantPage(
      wanted.map((grant) => ({ key, grant })),
      input,
    );
  },
});
