import { valueOf } from '../../simulator/json/node.ts';
import type { Grant, GrantPrincipal } from '../../simulator/policy/grant.ts';
import { hasPlaceholder } from '../../simulator/policy/syntax/placeholder.ts';
import { parsePrincipal } from '../../simulator/policy/syntax/principal.ts';
import { rule } from './rule.ts';
import { createGrantPage, gives, grantWith, isClear, isGrantMember } from './support/grants.ts';
import { normalForm } from './support/normal-form.ts';

const first = grantWith({});
const second = grantWith({ Operations: ['GenerateDataKey', 'Decrypt'] });
const other = grantWith({ Operations: ['Encrypt'] });
const list = (...grants: readonly { readonly text: string }[]) => ({
  file: 'orders.kms-grants.json',
  text: `${JSON.stringify(
    grants.map(({ text }) => JSON.parse(text)),
    null,
    2,
  )}\n`,
});

export const grantDuplicate = rule({
  id: 'grant-duplicate',
  group: 'suspicious',
  kinds: ['grant'],
  title: 'a grant that is in the list already',
  documentation: {
    what: 'A grant with the same key, name, principals, operations and constraints as one before it in the list. The order of operations and pairs does not matter.',
    why: 'It allows nothing that the first one does not allow. Without a name each request makes a grant of its own, which counts towards the quota of the key, and both have to be ended; with a name the second request makes no grant.',
    spares:
      'Grants without a key, dry runs, grants with a misspelt member, what a template fills in, and grants in the output of ListGrants that AWS services hold.',
    bad: list(first, second),
    good: list(first, other),
    sources: [
      createGrantPage,
      {
        title: 'AWS KMS Developer Guide: Quotas',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
      },
    ],
  },
  check: {
    grants({ grants }, { isBroken, report }) {
      const seen = new Map<string, Grant>();
      for (const grant of grants) {
        const parameters = isBroken(grant.object) ? undefined : parametersOf(grant);
        if (parameters === undefined) continue;
        const earlier = seen.get(parameters);
        if (!earlier) {
          seen.set(parameters, grant);
          continue;
        }
        const { path, name, listed } = grant;
        const isNamed = name !== undefined && name.text !== '';
        report({
          at: { path },
          message: 'the grant is the same as an earlier one',
          why: isNamed && !listed ? 'the request makes no other grant' : 'each counts towards the quota of the key',
          next: listed ? 'revoke or retire one of them' : 'remove it',
          related: [{ place: { path: earlier.path }, message: 'the earlier one' }],
          fixes: listed ? [] : [{ title: 'remove the grant', safe: true, edits: [{ op: 'remove', path }] }],
          tags: ['unnecessary'],
        });
      }
    },
  },
});

/** All that makes the grant what it is; undefined where that cannot be read, or where the grant is a service's. */
function parametersOf({ object, keyId, grantee, operations, listed }: Grant): string | undefined {
  const list = valueOf(object, 'Operations');
  const dryRun = valueOf(object, 'DryRun');
  const isRead =
    keyId !== undefined &&
    grantee !== undefined &&
    list?.type === 'array' &&
    0 < operations.length &&
    operations.length === list.elements.length &&
    (dryRun === undefined || (dryRun.type === 'boolean' && !dryRun.value)) &&
    isClear(object);
  if (!isRead || (listed && isServices(grantee))) return undefined;
  const members = object.members.filter(({ key }) => counts(key.value) && gives(object, key.value));
  const parameters = normalForm({ ...object, members });
  return hasPlaceholder(parameters) ? undefined : parameters;
}

const counts = (member: string): boolean => isGrantMember(member) && !OF_ONE_CALL.has(member);
const OF_ONE_CALL: ReadonlySet<string> = new Set(['GrantId', 'CreationDate', 'GrantTokens', 'DryRun']);

/** A service, one of its roles, or a session that it made: what they hold is theirs to end. */
function isServices({ text, type }: GrantPrincipal): boolean {
  const { kind } = parsePrincipal(text, 'AWS');
  return type === 'service' || text.includes(':role/aws-service-role/') || !['account', 'user', 'role'].includes(kind);
}
