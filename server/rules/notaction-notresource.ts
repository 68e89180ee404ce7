import { rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';

const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

export const notactionNotresource = rule({
  id: 'notaction-notresource',
  group: 'exposure',
  kinds: policyKinds,
  title: 'an `Allow` of everything but a few actions on everything but a few resources',
  documentation: {
    what: 'An `Allow` with both `NotAction` and `NotResource`.',
    why: 'It allows nearly every action on nearly every resource of the account: what nobody thought of is allowed.',
    spares: '`Deny` statements and service control policies.',
    bad: identityPolicyWith(`
{
  "Sid": "AllButOrders",
  "Effect": "Allow",
  "NotAction": "kms:ScheduleKeyDeletion",
  "NotResource": "${key}"
}`),
    good: identityPolicyWith(`
{
  "Sid": "UseOrders",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": "${key}"
}`),
    sources: [elementPage('notaction'), elementPage('notresource')],
  },
  check: {
    statement({ effect, action, resource }, { kind, report }) {
      if (effect !== 'Allow' || !action?.negated || !resource?.negated || kind.kind === 'scp') return;
      report({
        at: { path: action.path, part: 'key' },
        message: '`NotAction` and `NotResource` together allow nearly everything',
        why: 'every action that is not named, on every resource that is not named',
        next: 'name what is to be allowed in `Action` and `Resource`',
        related: [{ place: { path: resource.path, part: 'key' }, message: '`NotResource` is here' }],
      });
    },
  },
});
