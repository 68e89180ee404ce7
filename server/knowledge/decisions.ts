import type { SimulateRequest } from '../protocol.ts';

/** A question about a key of the examples, whose decision shows something. */
export interface ShownDecision {
  readonly title: string;
  /** The key policy, and the identity policies of the caller, as paths from the root of the project. */
  readonly policy: string;
  readonly identityPolicies: readonly string[];
  readonly request: SimulateRequest;
}

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const BACKUP = 'examples/orders-backup.iam-policy.json';

/** Each is decided in another place. */
const decisions: readonly ShownDecision[] = [
  decrypting('The key policy lets an application decrypt', 'OrdersApi', { service: 'orders' }),
  decrypting('Without the encryption context nothing lets it in', 'OrdersApi', {}),
  decrypting('The key policy hands over to IAM, which lets the backup in', 'Backup', {}, [BACKUP]),
  decrypting('A Deny of the key policy outweighs what IAM allows', 'contractor/Backup', {}, [BACKUP]),
];

/** The topics about how access is decided, by their ids. */
const topics: readonly string[] = ['decision-order', 'key-policy-and-iam', 'default-key-policy', 'iam-policies-add'];

/** What shows what a topic says. */
export const decisionsOf = (topic: string): readonly ShownDecision[] => (topics.includes(topic) ? decisions : []);

function decrypting(
  title: string,
  role: string,
  encryptionContext: Readonly<Record<string, string>>,
  identityPolicies: readonly string[] = [],
): ShownDecision {
  const principal = `arn:aws:iam::111122223333:role/${role}`;
  const request = { principal, action: 'kms:Decrypt', key: KEY, encryptionContext };
  return { title, policy: 'examples/orders.key-policy.json', identityPolicies, request };
}
