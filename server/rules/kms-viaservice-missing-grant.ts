import { findViaService, type ViaService } from '../../simulator/facts/via-services.ts';
import { toValue } from '../../simulator/json/node.ts';
import type { ConditionValue, PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { parseViaService } from '../../simulator/policy/syntax/via-service.ts';
import { type Fix, rule } from './rule.ts';
import { demanded } from './support/callers.ts';
import { keyPolicyOf } from './support/examples.ts';
import { allows } from './support/home-account.ts';
import { comparesText } from './support/kms-values.ts';
import { administer } from './support/lockout-examples.ts';
import { kmsConditionKeys } from './support/sources.ts';
import { allowedIn, allowingIn } from './support/spoken.ts';

const statement = (actions: string, more = ''): string => `
{
  "Sid": "Encrypted volumes",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Builder" },
  "Action": ${actions},
  "Resource": "*",
  "Condition": {${more}
    "StringEquals": { "kms:ViaService": "ec2.us-east-1.amazonaws.com" }
  }
}`;

const admin = administer('"arn:aws:iam::111122223333:role/KeyAdmin"');
const use = statement('["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"]');

export const kmsViaserviceMissingGrant = rule({
  id: 'kms-viaservice-missing-grant',
  group: 'suspicious',
  kinds: ['key-policy'],
  title: 'use through EBS, RDS or Redshift without grants',
  documentation: {
    what:
      'A statement that lets principals use the key through Amazon EBS, Amazon RDS or Amazon Redshift, where no statement ' +
      'allows them `kms:CreateGrant`.',
    why:
      'These services go on using the key when the call is over, and do so through a grant that they make in the name of ' +
      'the caller. Without `kms:CreateGrant` the caller cannot attach a volume or make a database, though every other ' +
      'action is allowed.',
    spares:
      'Statements without `kms:GenerateDataKeyWithoutPlaintext`, which only read; those with a condition on the encryption ' +
      'context, such as for Performance Insights; and policies with something unknown. Where the account may allow ' +
      '`kms:CreateGrant` by identity policies it is a hint.',
    bad: keyPolicyOf(admin, use),
    good: keyPolicyOf(
      admin,
      use,
      statement('"kms:CreateGrant"', '\n    "Bool": { "kms:GrantIsForAWSResource": "true" },').replace(
        'Encrypted volumes',
        'Attach encrypted volumes',
      ),
    ),
    sources: [
      {
        title: 'Amazon EBS User Guide: Requirements for Amazon EBS encryption',
        url: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html',
      },
      {
        title: 'Amazon RDS User Guide: AWS KMS key management',
        url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html',
      },
      kmsConditionKeys,
    ],
  },
  check: {
    policy(policy, { report }) {
      const allowing = allowingIn(policy);
      if (!allowing.some(clientOf) || !allowedIn(policy)) return;
      const grantors = grantorsOf(policy);
      if (!grantors) return;
      for (const statement of allowing) {
        const client = clientOf(statement);
        const lacking = client && statement.principal?.items.find(({ text }) => !grantors.principals.has(text));
        if (!client || !lacking) continue;
        report({
          at: { path: client.value.path },
          message: `\`${lacking.text}\` may use the key through \`${client.service.service}\`, and make no grants`,
          why: 'the service keeps using it through a grant, so making or attaching an encrypted resource takes `kms:CreateGrant`',
          next: grantors.delegated
            ? 'allow it here, too, unless an identity policy does'
            : 'allow it with `kms:GrantIsForAWSResource`',
          ...(grantors.delegated ? { severity: 'information' } : {}),
          fixes: fixesOf(statement),
        });
      }
    },
  },
});

interface Grantors {
  readonly principals: ReadonlySet<string>;
  /** The account may let others make grants by its identity policies. */
  readonly delegated: boolean;
}

/** Who may call CreateGrant; undefined where that is everyone, or somebody who cannot be told. */
function grantorsOf({ statements }: PolicyDocument): Grantors | undefined {
  const principals = new Set<string>();
  let delegated = false;
  for (const statement of statements) {
    if (statement.effect !== 'Allow' || !allows(statement, 'CreateGrant')) continue;
    const { principal } = statement;
    if (!principal || principal.negated) return undefined;
    for (const { text, pattern } of principal.items) {
      if (pattern.kind === 'everyone' || pattern.kind === 'unknown') return undefined;
      if (pattern.kind === 'account') delegated = true;
      principals.add(text);
    }
  }
  return { principals, delegated };
}

/** The service through which alone a statement lets users and roles make data keys for resources. */
const clientOf = perStatement((statement): { service: ViaService; value: ConditionValue } | undefined => {
  const { principal, conditions } = statement;
  if (!principal || principal.negated || !principal.items.every(({ pattern }) => CALLERS.has(pattern.kind)))
    return undefined;
  if (!allows(statement, 'GenerateDataKeyWithoutPlaintext')) return undefined;
  if (conditions.some(({ key }) => key.stem.startsWith('kms:encryptioncontext'))) return undefined;
  const condition = demanded(statement, VIA);
  const [value] = condition?.values ?? [];
  if (!condition || !value || !comparesText(condition, 'kms:viaservice')) return undefined;
  const services = condition.values.map(({ text }) => findViaService(parseViaService(text).service));
  const [service] = services;
  return service && services.every((each) => each?.makesGrants) ? { service, value } : undefined;
});

const VIA: ReadonlySet<string> = new Set(['kms:viaservice']);

const CALLERS: ReadonlySet<string> = new Set(['user', 'role', 'everyone']);

interface Copied {
  readonly Sid?: string;
  readonly Condition?: { readonly Bool?: object };
}

/** A statement of its own, since the other actions know nothing of grants. */
function fixesOf({ object, path }: Statement): Fix[] {
  const index = path.at(-1);
  if (!object || typeof index !== 'number') return [];
  const { Sid: _, Condition: { Bool: bools = {}, ...others } = {}, ...rest } = toValue(object) as Copied;
  const Condition = { ...others, Bool: { ...bools, 'kms:GrantIsForAWSResource': 'true' } };
  const value = { ...rest, Action: 'kms:CreateGrant', Condition };
  return [
    {
      title: 'allow `kms:CreateGrant` for AWS resources',
      safe: false,
      edits: [{ op: 'insert', path: [...path.slice(0, -1), index + 1], value }],
    },
  ];
}
