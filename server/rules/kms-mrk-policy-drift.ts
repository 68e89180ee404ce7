import { fromValue, type JsonNode, toValue } from '../../simulator/json/node.ts';
import type { PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import { readPolicy } from '../../simulator/policy/document.ts';
import { type ReplicaFact, rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { administer, delegation } from './support/lockout-examples.ts';

const reader = `
{
  "Sid": "Read orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/OrdersApi" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;
const admins = administer('"arn:aws:iam::111122223333:role/KeyAdmin"');

const good = keyPolicyOf(delegation, admins);
const replica: ReplicaFact = {
  name: 'orders-eu',
  region: 'eu-west-1',
  ownRegion: 'us-east-1',
  policy: readPolicy(fromValue(JSON.parse(good.text))),
};
const facts = { replicas: [replica] };

export const kmsMrkPolicyDrift = rule({
  id: 'kms-mrk-policy-drift',
  group: 'suspicious',
  kinds: ['key-policy'],
  title: 'a statement that the policies of other keys of a multi-Region set lack',
  documentation: {
    what: 'A statement of the policy of a multi-Region key that the policy of another key of the set does not have.',
    why:
      'The keys of a set share their material and nothing else: each has a policy of its own, and AWS KMS copies no change ' +
      'from one to another. Whoever is kept out of one key decrypts the same ciphertexts with the next.',
    spares:
      'Differences in `Sid`, in the order of statements and values, and in the Region, which ARNs and `kms:ViaService` have to name. ' +
      'The other policies are known only from scenarios that declare the keys with the same `mrk-` ID.',
    bad: { ...keyPolicyOf(delegation, admins, reader), facts },
    good: { ...good, facts },
    sources: [
      {
        title: 'AWS KMS Developer Guide: Multi-Region keys in AWS KMS',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
      },
      {
        title: 'AWS KMS Developer Guide: Control access to multi-Region keys',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html',
      },
    ],
  },
  check: {
    policy(policy, { facts: { replicas = [] }, report }) {
      for (const { name, region, ownRegion, policy: other } of replicas) {
        const theirs = gistsOf(other, region);
        for (const statement of policy.statements) {
          if (has(theirs, statement, ownRegion)) continue;
          report({
            at: { path: statement.path, part: 'key' },
            message: `the policy of \`${name}\` in ${region} has no statement like this one`,
            why: 'the keys share their material, so whoever either policy lets in reads the same data',
            next: `make the policies alike, or see that ${region} is meant to differ`,
          });
        }
        const missing = lacking(policy, ownRegion, other, region);
        if (missing.length > 0)
          report({
            at: { path: [...policy.base, 'Statement'], part: 'key' },
            message: `${missing.join(' and ')} of \`${name}\` in ${region} ${missing.length === 1 ? 'is' : 'are'} missing here`,
            why: 'the keys share their material, so whoever either policy lets in reads the same data',
            next: `make the policies alike, or see that ${region} is meant to differ`,
          });
      }
    },
  },
});

/** What the statements of a policy say, word for word and for whichever Region. */
function gistsOf({ statements }: PolicyDocument, region: string): ReadonlySet<string> {
  return new Set(statements.flatMap((statement) => [gist(statement), gist(statement, region)]));
}

const has = (gists: ReadonlySet<string>, statement: Statement, region: string): boolean =>
  gists.has(gist(statement)) || gists.has(gist(statement, region));

/** What a statement says, whatever it is called, in whatever order, and for whichever Region. */
function gist({ object }: Statement, region?: string): string {
  return object ? ordered(object, region, true) : '';
}

function ordered(node: JsonNode, region: string | undefined, isStatement = false): string {
  switch (node.type) {
    case 'object': {
      const members = node.members
        .filter(({ key }) => !(isStatement && key.value === 'Sid'))
        .map(({ key, value }) => JSON.stringify([key.value, value ? ordered(value, region) : '']));
      return JSON.stringify(members.sort());
    }
    case 'array': {
      const [first, ...more] = node.elements.map((element) => ordered(element, region)).sort();
      // A list of one says the same as its value.
      return more.length === 0 ? (first ?? '[]') : JSON.stringify([first, ...more]);
    }
    case 'string':
      return JSON.stringify(region === undefined ? node.value : node.value.replaceAll(region, '<region>'));
    default:
      return JSON.stringify(toValue(node));
  }
}

/** The statements of the other policy that this one has not, by name. */
function lacking(policy: PolicyDocument, ownRegion: string, other: PolicyDocument, region: string): string[] {
  const ours = gistsOf(policy, ownRegion);
  return other.statements.flatMap((statement, index) => {
    if (has(ours, statement, region)) return [];
    return [statement.sid === undefined ? `statement ${index + 1}` : `“${statement.sid}”`];
  });
}
