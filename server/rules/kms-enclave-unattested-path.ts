import type { PolicyDocument, PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { allows } from './support/home-account.ts';

const IMAGE = `${'0'.repeat(95)}1`;

const statements = (action: string): string => `
{
  "Sid": "Decrypt in the enclave",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Enclave" },
  "Action": "kms:Decrypt",
  "Resource": "*",
  "Condition": {
    "StringEqualsIgnoreCase": { "kms:RecipientAttestation:ImageSha384": "${IMAGE}" }
  }
},
{
  "Sid": "Look at the key",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Enclave" },
  "Action": ${action},
  "Resource": "*"
}`;

export const kmsEnclaveUnattestedPath = rule({
  id: 'kms-enclave-unattested-path',
  group: 'hardening',
  kinds: ['key-policy'],
  title: 'a way around the attestation of an enclave',
  documentation: {
    what:
      'A statement that allows a principal without `kms:RecipientAttestation` what another one allows the same principal to ' +
      'enclaves of a certain image alone.',
    why: 'A request that meets either statement is allowed, so the parent instance can decrypt without the enclave.',
    spares: 'Other principals, other actions, and `Deny` statements.',
    bad: keyPolicyWith(statements('["kms:DescribeKey", "kms:Decrypt"]')),
    good: keyPolicyWith(statements('["kms:DescribeKey"]')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Condition keys for AWS Nitro Enclaves',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-nitro-enclaves.html',
      },
    ],
  },
  check: {
    policy(policy, { report }) {
      const attested = attestedIn(policy);
      if (attested.size === 0) return;
      for (const statement of policy.statements) {
        if (!isAllow(statement) || isAttested(statement)) continue;
        for (const item of peopleIn(statement)) {
          const pair = attested.get(item.text);
          const name = pair?.names.find((each) => allows(statement, each));
          if (!pair || !name) continue;
          report({
            at: { path: item.path },
            message: `\`${item.text}\` may call \`kms:${name}\` here without the attestation that another statement asks for`,
            why: 'a request that meets either of them is allowed',
            next: 'take the action out of this statement, or ask for the attestation here, too',
            related: [{ place: { path: pair.path }, message: 'with attestation' }],
          });
        }
      }
    },
  },
});

/** The operations that answer to an enclave. */
const ENCLAVE = ['Decrypt', 'GenerateDataKey', 'GenerateDataKeyPair', 'DeriveSharedSecret'];

interface Attested {
  readonly names: readonly string[];
  readonly path: PrincipalItem['path'];
}

/** For each principal what statements allow it to enclaves alone. */
function attestedIn({ statements: all }: PolicyDocument): Map<string, Attested> {
  const found = new Map<string, Attested>();
  for (const statement of all) {
    if (!isAllow(statement) || !isAttested(statement)) continue;
    const names = ENCLAVE.filter((name) => allows(statement, name));
    for (const { text, path } of peopleIn(statement)) {
      const known = found.get(text);
      found.set(text, { names: [...new Set([...(known?.names ?? []), ...names])], path: known?.path ?? path });
    }
  }
  return found;
}

function isAllow({ effect, readable }: Statement): boolean {
  return effect === 'Allow' && readable;
}

const isAttested = perStatement(({ conditions }) =>
  conditions.some(({ key }) => key.kind !== 'key' || key.lower.startsWith('kms:recipientattestation:')),
);

function peopleIn({ principal }: Statement): PrincipalItem[] {
  if (!principal || principal.negated) return [];
  return principal.items.filter(
    ({ pattern: { kind } }) => kind === 'user' || kind === 'role' || kind === 'assumed-role',
  );
}
