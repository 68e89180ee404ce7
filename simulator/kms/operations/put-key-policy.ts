import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { acceptPolicy } from '../policy-checks.ts';
import { checkPolicyName } from '../policy-name.ts';
import { boolean, optional, required } from '../shapes.ts';

export const putKeyPolicy = operation({
  name: 'PutKeyPolicy',
  members: {
    ...members.onKey,
    PolicyName: optional(members.policyName),
    Policy: required(members.policy),
    BypassPolicyLockoutSafetyCheck: optional(boolean),
  },
  defaults: ({ PolicyName = 'default', BypassPolicyLockoutSafetyCheck = false }) => ({
    policyName: PolicyName,
    bypassPolicyLockoutSafetyCheck: BypassPolicyLockoutSafetyCheck,
  }),
  act({ input, key, caller, principals }) {
    checkPolicyName(input.PolicyName);
    const bypassLockoutCheck = input.BypassPolicyLockoutSafetyCheck === true;
    key.policy = acceptPolicy(input.Policy, { caller, key: key.asDescribed, bypassLockoutCheck, principals });
    return {};
  },
});
