import type { CompiledPolicy } from '../../policy/compile.ts';
import type { Caller } from '../caller.ts';

/** What follows from the caller and the key, and is no matter of the single request. */
const FIXED =
  /^(kms:(calleraccount|keyspec|keyusage|keyorigin|multiregion|multiregionkeytype|customermasterkeyspec|customermasterkeyusage|resourcealiases)|aws:(principalaccount|principalarn|principaltype|principalisawsservice|principalservicename|principalservicenameslist|userid|username|resourceaccount|resourcetag\/.*|requestedregion|securetransport))$/;

/** Only services that call as themselves name the resource they call for; only for others are calls forwarded. */
const OF_SERVICES = /^aws:source(arn|account|orgid|orgpaths)$/;
const OF_FORWARDED =
  /^(kms:(viaservice|grantisforawsresource)|aws:(calledvia|calledviafirst|calledvialast|viaawsservice|mfa.*|multifactor.*))$/;

/** The condition keys of these policies that a request of the caller may bring in this way or that. */
export function openKeysOf(caller: Caller, policies: readonly CompiledPolicy[]): ReadonlySet<string> {
  const never = caller.type === 'service' ? OF_FORWARDED : OF_SERVICES;
  const keys = policies.flatMap(({ policy }) =>
    policy.statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.lower)),
  );
  return new Set(keys.filter((key) => !FIXED.test(key) && !never.test(key)));
}
