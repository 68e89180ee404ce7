import { policySizeQuotas } from '../../simulator/facts/quotas.ts';
import { countingMembers, type JsonNode } from '../../simulator/json/node.ts';
import { ownText } from '../documents/policy-text.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';

const LIMIT = policySizeQuotas.find(({ policy }) => policy === 'key-policy')?.limit ?? 0;

const roles = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `      "arn:aws:iam::111122223333:role/orders/OrdersWorker${index}"`,
  ).join(',\n');
const statement = (count: number): string => `
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": {
    "AWS": [
${roles(count)}
    ]
  },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const kmsPolicySizeBytes = rule({
  id: 'kms-policy-size-bytes',
  group: 'invalid',
  kinds: ['key-policy'],
  title: 'a key policy larger than AWS KMS takes',
  documentation: {
    what: `A key policy of more than ${LIMIT.toLocaleString('en-US')} bytes, counted as it is sent: white space counts, and letters beyond ASCII count twice.`,
    why: 'PutKeyPolicy answers with LimitExceededException. The quota cannot be raised.',
    bad: keyPolicyWith(statement(600)),
    good: keyPolicyWith(statement(2)),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Resource quotas',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
      },
    ],
  },
  check: {
    policy({ base, root }, { source, report }) {
      const written = source ? ownText(source) : '';
      // How a policy that stands in a scenario is sent is for nobody to know.
      const text = source?.use && LIMIT < written.length ? (compactOf(written) ?? '') : written;
      if (isSmall(text)) return;
      const bytes = encoder.encode(text).length;
      const compact = bytes <= SMALL || mayFit(root) ? compactOf(text) : undefined;
      // Inside the output of get-key-policy there is nothing to send.
      const fits =
        compact !== undefined &&
        source?.outer === undefined &&
        source?.use === undefined &&
        encoder.encode(compact).length <= LIMIT;
      report({
        at: { path: [...base, 'Statement'], part: 'key' },
        message: `key policy has ${bytes.toLocaleString('en-US')} bytes`,
        why: `AWS KMS takes ${LIMIT.toLocaleString('en-US')}, white space included`,
        next: fits ? 'send it without white space' : 'name fewer principals, or leave access to identity policies',
        fixes: fits
          ? [
              {
                title: 'remove the white space',
                safe: false,
                edits: [{ op: 'replace', place: { path: base }, text: compact }],
              },
            ]
          : [],
      });
    },
  },
});

const encoder = new TextEncoder();
/** Room for a policy that is just small enough, and a character more. */
const room = new Uint8Array(LIMIT + 4);

/** Each character has a byte at least and three at most, so that most texts need not be encoded. */
function isSmall(text: string): boolean {
  if (text.length * 3 <= LIMIT) return true;
  if (LIMIT < text.length) return false;
  const { read, written } = encoder.encodeInto(text, room);
  return read === text.length && written <= LIMIT;
}

/** So many bytes are written compactly at once, whatever comes of it. */
const SMALL = 8 * LIMIT;

/** Whether the policy is small enough without its white space for a closer look, which takes long where it is not. */
function mayFit(root: JsonNode): boolean {
  let least = 0;
  const pending = [root];
  for (let node = pending.pop(); node && least <= LIMIT; node = pending.pop()) {
    least += node.type === 'string' ? node.value.length + 2 : 1;
    if (node.type === 'array') pending.push(...node.elements.slice(0, LIMIT));
    if (node.type !== 'object') continue;
    for (const { key, value } of countingMembers(node)) {
      least += key.value.length + 3;
      if (value) pending.push(value);
    }
  }
  return least <= LIMIT;
}

function compactOf(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}
