import type { ArnProblemCode } from '../../../simulator/policy/syntax/arn.ts';
import type { SyntaxProblem } from '../../../simulator/policy/syntax/problem.ts';

/** What is wrong with an ARN, to follow its text in a sentence, and what to do. */
export interface ArnFault {
  readonly what: string;
  readonly next: string;
}

export type ArnProblem = SyntaxProblem<ArnProblemCode>;

const arnCodes: Readonly<Record<ArnProblemCode, true>> = {
  prefix: true,
  space: true,
  'field-count': true,
  'partition-unknown': true,
  'service-empty': true,
  'service-case': true,
  'service-wildcard': true,
  'region-shape': true,
  'region-missing': true,
  'region-not-allowed': true,
  'account-shape': true,
  'account-missing': true,
  'resource-empty': true,
  'variable-position': true,
};

/** Whether it is the ARN that is wrong, and not what it names. */
export function isArnProblem(problem: SyntaxProblem): problem is ArnProblem {
  return Object.hasOwn(arnCodes, problem.code);
}

export function arnFault({ code, detail, suggestion, span }: ArnProblem, text: string): ArnFault {
  const written = text.slice(span.start, span.end);
  const write = (otherwise: string): string => (suggestion ? `write \`${suggestion}\`` : otherwise);
  switch (code) {
    case 'prefix':
      return suggestion
        ? { what: `begins with \`${written}\``, next: 'write `arn` in small letters' }
        : { what: 'is no ARN', next: 'write the whole ARN' };
    case 'space':
      return { what: 'has spaces around it', next: 'remove them' };
    case 'field-count':
      return {
        what: `has ${detail ?? 'too few fields'}`,
        next: write('write `arn:aws:service:region:account:resource`'),
      };
    case 'partition-unknown':
      return {
        what: written === '' ? 'names no partition' : `names \`${written}\`, which is no partition of AWS`,
        next: write('write `aws`, `aws-cn` or `aws-us-gov`'),
      };
    case 'service-empty':
      return { what: 'names no service', next: 'name it in the third field' };
    case 'service-case':
      return { what: `has capitals in its service \`${written}\``, next: write('write it in small letters') };
    case 'service-wildcard':
      return { what: 'has a wildcard for its service', next: 'name the service' };
    case 'region-shape':
      return { what: `names \`${written}\`, which is no Region`, next: write('write it like `us-east-1`') };
    case 'region-missing':
      return { what: 'names no Region, and what belongs to KMS has one', next: 'name the Region, or write `*`' };
    case 'region-not-allowed':
      return {
        what: `names the Region \`${written}\`, and what belongs to IAM has none`,
        next: 'leave the field empty',
      };
    case 'account-shape':
      return {
        what: `names the account \`${written}\`, and accounts have twelve digits`,
        next: write('write all twelve'),
      };
    case 'account-missing':
      return { what: 'names no account', next: 'name the account' };
    case 'resource-empty':
      return { what: 'names no resource', next: 'name it after the fifth colon' };
    case 'variable-position':
      return { what: 'has a policy variable before its resource', next: 'write the value itself' };
  }
}
