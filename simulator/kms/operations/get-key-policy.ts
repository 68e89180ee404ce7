import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { checkPolicyName } from '../policy-name.ts';
import { optional } from '../shapes.ts';

export const getKeyPolicy = operation({
  name: 'GetKeyPolicy',
  members: { ...members.onKey, PolicyName: optional(members.policyName) },
  act({ input, key }) {
    checkPolicyName(input.PolicyName);
    return { Policy: key.policy.text, PolicyName: 'default' };
  },
});
