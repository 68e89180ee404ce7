import type { Caller } from '../access/caller.ts';
import { KmsError, notFound } from './errors.ts';
import type { KmsGrant } from './grants.ts';
import type { KmsKey } from './key.ts';
import { type Page, pageOf } from './page.ts';
import type { PlacedGrant } from './world.ts';

/** Grants as ListGrants and ListRetirableGrants show them, page by page. */
export function grantPage(
  grants: Iterable<PlacedGrant>,
  request: { readonly Limit?: number | undefined; readonly Marker?: string | undefined },
): { readonly Grants: readonly object[] } & Page {
  const sorted = [...grants].sort((a, b) => (a.grant.id < b.grant.id ? -1 : 1));
  const { page, more } = pageOf(sorted, ({ grant }) => grant.id, request, 50);
  return { Grants: page.map(entryOf), ...more };
}

function entryOf({ key, grant }: PlacedGrant): object {
  const { terms } = grant;
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = terms;
  const constraints = {
    ...(encryptionContextSubset ? { EncryptionContextSubset: encryptionContextSubset } : {}),
    ...(encryptionContextEquals ? { EncryptionContextEquals: encryptionContextEquals } : {}),
    ...(sourceArn === undefined ? {} : { SourceArn: sourceArn }),
  };
  const { partition, account } = key.identity;
  return {
    KeyId: key.arn,
    GrantId: grant.id,
    Name: grant.name ?? '',
    CreationDate: new Date(grant.created),
    ...(terms.granteePrincipal === undefined ? {} : { GranteePrincipal: terms.granteePrincipal }),
    ...(terms.retiringPrincipal === undefined ? {} : { RetiringPrincipal: terms.retiringPrincipal }),
    IssuingAccount: `arn:${partition}:iam::${terms.issuingAccount ?? account}:root`,
    Operations: terms.operations,
    ...(Object.keys(constraints).length > 0 ? { Constraints: constraints } : {}),
    ...(terms.granteeServicePrincipal === undefined ? {} : { GranteeServicePrincipal: terms.granteeServicePrincipal }),
    ...(terms.retiringServicePrincipal === undefined
      ? {}
      : { RetiringServicePrincipal: terms.retiringServicePrincipal }),
  };
}

/** Throws what KMS answers to what no grant has as its id. */
export function checkGrantId(id: string): void {
  if (!/^[0-9a-f]{64}$/.test(id))
    throw new KmsError('InvalidGrantIdException', '', 'give the `GrantId` that CreateGrant or ListGrants returned');
}

/** The grant with an id; throws what KMS answers where the key has none such. */
export function grantOn(key: KmsKey, id: string): KmsGrant {
  checkGrantId(id);
  const grant = key.grants.find(id);
  if (grant) return grant;
  throw notFound('', `look at ListGrants: ${key.arn} has no such grant, or not any more`);
}

/** Only services may ask for grants by the service that they name. */
export function checkServiceFilter(service: string | undefined, caller: Caller): void {
  if (service === undefined || caller.type === 'service') return;
  throw new KmsError('AccessDeniedException', '', 'leave out the service: only services list grants by it');
}
