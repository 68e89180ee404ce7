import type { CompiledPolicy } from '../../policy/compile.ts';
import type { Caller } from '../caller.ts';
import type { AccessRequest } from '../request.ts';

/** What follows from the caller and the key, and is no matter of the single request. */
const FIXED =
  /^(kms:(calleraccount|keyspec|keyusage|keyorigin|multiregion|multiregionkeytype|customermasterkeyspec|customermasterkeyusage|resourcealiases)|aws:(principalaccount|principalarn|principaltype|principalisawsservice|principalservicename|principalservicenameslist|userid|username|resourceaccount|resourcetag\/.*|requestedregion|securetransport))$/;

/** Only services that call as themselves name the resource they call for; only for others are calls forwarded. */
const OF_SERVICES = /^aws:source(arn|account|orgid|orgpaths)$/;
const OF_FORWARDED =
  /^(kms:(viaservice|grantisforawsresource)|aws:(calledvia|calledviafirst|calledvialast|viaawsservice|mfa.*|multifactor.*))$/;

/** What is settled of a caller, by the condition keys that it settles. */
const SETTLED = {
  principalTags: /^aws:principaltag\//,
  mfa: /^aws:multifactorauthpresent$/,
  principalOrganization: /^aws:principalorg(id|paths)$/,
  resourceOrganization: /^aws:resourceorg(id|paths)$/,
} as const;

/**
 * The condition keys of these policies that a request of the caller may bring in this way or that.
 *
 * @param known what is known of the caller; a key that follows from it is not open
 */
export function openKeysOf(
  caller: Caller,
  policies: readonly CompiledPolicy[],
  known: Pick<AccessRequest, keyof typeof SETTLED> = {},
): ReadonlySet<string> {
  const settled = (Object.keys(SETTLED) as (keyof typeof SETTLED)[]).filter((name) => known[name] !== undefined);
  const never = caller.type === 'service' ? OF_FORWARDED : OF_SERVICES;
  const keys = policies.flatMap(({ policy }) =>
    policy.statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.lower)),
  );
  return new Set(
    keys.filter((key) => !FIXED.test(key) && !never.test(key) && !settled.some((name) => SETTLED[name].test(key))),
  );
}
