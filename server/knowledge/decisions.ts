import { exampleUri } from '../examples.ts';
import type { DecisionLink, SimulateRequest } from '../protocol.ts';

const KEY_ACCOUNT = '111122223333';
const KEY = `arn:aws:kms:us-east-1:${KEY_ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** Questions about the key of the examples, each decided in another place. */
const decisions: readonly DecisionLink[] = [
  link('The key policy lets an application decrypt', role('OrdersApi'), { encryptionContext: { service: 'orders' } }),
  link('Without the encryption context nothing lets it in', role('OrdersApi'), {}),
  link('The key policy hands over to IAM, which lets the backup in', role('Backup'), {}, [
    'examples/orders-backup.iam-policy.json',
  ]),
  link('A Deny of the key policy outweighs what IAM allows', role('contractor/Backup'), {}, [
    'examples/orders-backup.iam-policy.json',
  ]),
];

/** By the ids of topics: what shows how access is decided. */
const topics: readonly string[] = ['decision-order', 'key-policy-and-iam', 'default-key-policy', 'iam-policies-add'];

export const decisionsOf = (topic: string): readonly DecisionLink[] => (topics.includes(topic) ? decisions : []);

function role(name: string): string {
  return `arn:aws:iam::${KEY_ACCOUNT}:role/${name}`;
}

function link(
  title: string,
  principal: string,
  more: Partial<SimulateRequest>,
  policies: readonly string[] = [],
): DecisionLink {
  return {
    title,
    asked: {
      uri: exampleUri('examples/orders.key-policy.json'),
      request: { principal, action: 'kms:Decrypt', key: KEY, ...more },
      identityPolicies: policies.map((path) => ({ uri: exampleUri(path) })),
    },
  };
}
