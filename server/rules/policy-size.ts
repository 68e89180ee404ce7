import { policySizeQuotas } from '../../simulator/facts/quotas.ts';
import type { DocumentKind } from '../documents/kinds.ts';
import { ownText } from '../documents/policy-text.ts';
import { type Finding, rule } from './rule.ts';
import { policyChecks } from './support/sources.ts';

const filler = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `        "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-${String(index).padStart(12, '0')}"`,
  ).join(',\n');
const policy = (count: number): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "KeepKeys",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "kms:ScheduleKeyDeletion",
      "Resource": [
${filler(count)}
      ]
    }
  ]
}
`;

export const policySize = rule({
  id: 'policy-size',
  group: 'invalid',
  kinds: ['iam-policy', 'scp', 'rcp'],
  title: 'a policy larger than AWS takes',
  documentation: {
    what: 'A policy that is longer than the quota of its kind. In policies of IAM white space does not count.',
    why: 'AWS rejects it. Quotas of policy documents cannot be raised.',
    spares: 'Key policies, of whose size in bytes `kms-policy-size-bytes` speaks.',
    bad: { file: 'perimeter.rcp.json', text: policy(80) },
    good: { file: 'perimeter.rcp.json', text: policy(2) },
    sources: [
      policyChecks,
      {
        title: 'IAM User Guide: IAM and AWS STS quotas',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
      },
    ],
  },
  check: {
    policy({ base }, { kind: { kind }, source, report }) {
      if (!kind || !source) return;
      const finding = judge(kind, ownText(source));
      if (finding) report({ ...finding, at: { path: [...base, 'Statement'], part: 'key' } });
    },
  },
});

function judge(kind: DocumentKind, text: string): Omit<Finding, 'at'> | undefined {
  if (kind === 'scp' || kind === 'rcp') {
    const limit = limitOf(kind);
    if (text.trim().length <= limit) return undefined;
    return tooLong(text.trim().length, limit, `a policy of this kind may have ${number(limit)}`, 'error');
  }
  const length = withoutSpace(text).length;
  const [managed, inline] = [limitOf('managed'), limitOf('role-inline')];
  if (length <= managed) return undefined;
  return inline < length
    ? tooLong(length, inline, `no policy of IAM may have more than ${number(inline)}`, 'error')
    : tooLong(
        length,
        managed,
        `a managed policy may have ${number(managed)}; only inline policies of roles take more`,
        'warning',
      );
}

function tooLong(length: number, limit: number, why: string, severity: 'error' | 'warning'): Omit<Finding, 'at'> {
  const over = number(length - limit);
  return {
    message: `policy has ${number(length)} characters, ${over} too many`,
    why,
    next: 'split it, or name resources by patterns and tags',
    severity,
  };
}

const limitOf = (policyName: string): number =>
  policySizeQuotas.find(({ policy: name }) => name === policyName)?.limit ?? Number.POSITIVE_INFINITY;

const number = (value: number): string => value.toLocaleString('en-US');

/** As IAM counts: white space between the parts of the JSON is left out, that inside strings is not. */
function withoutSpace(text: string): string {
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}
