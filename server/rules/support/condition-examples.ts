import type { Example } from '../rule.ts';
import { keyPolicyWith } from './examples.ts';

interface Around {
  readonly effect?: 'Allow' | 'Deny';
  /** JSON, as the elements' values. */
  readonly principal?: string;
  readonly action?: string;
}

/** A key policy whose second statement has a condition, given by its members: `"Bool": { … }`. */
export function keyPolicyWithCondition(condition: string, around: Around = {}): Example {
  const { effect = 'Allow', principal = '{ "AWS": "arn:aws:iam::111122223333:role/Orders" }' } = around;
  return keyPolicyWith(`
{
  "Sid": "Orders",
  "Effect": "${effect}",
  "Principal": ${principal},
  "Action": ${around.action ?? '"kms:Decrypt"'},
  "Resource": "*",
  "Condition": {
${condition.trim().replaceAll(/^ */gm, '    ')}
  }
}`);
}
