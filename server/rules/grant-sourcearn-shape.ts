import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import { findExpressions } from '../../simulator/policy/syntax/placeholder.ts';
import { rule } from './rule.ts';
import { grantConstraintsPage, grantWith } from './support/grants.ts';

export const grantSourcearnShape = rule({
  id: 'grant-sourcearn-shape',
  group: 'invalid',
  kinds: ['grant'],
  title: 'a source ARN that no grant takes',
  documentation: {
    what: 'A `SourceArn` in the constraints of a grant that is no ARN, or one without an account of twelve digits.',
    why: 'The constraint names one resource of one account, and CreateGrant rejects a request with another text.',
    spares: 'ARNs without a Region, the output of ListGrants, and what a template fills in.',
    bad: grantWith({ Constraints: { SourceArn: 'arn:aws:s3:::orders' } }),
    good: grantWith({ Constraints: { SourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders' } }),
    sources: [grantConstraintsPage],
  },
  check: {
    grant({ sourceArn, listed }, { report }) {
      if (listed || !sourceArn || sourceArn.text === '' || findExpressions(sourceArn.text).length !== 0) return;
      const { text, path } = sourceArn;
      const { kind, account, unknown } = parseArn(text);
      if (TAKEN.test(text) || kind === 'unknown' || unknown.length !== 0) return;
      const isArn = kind === 'arn' && !/^[0-9]{12}$/.test(account);
      report({
        at: { path },
        message: isArn
          ? `\`${text}\` names ${account === '' ? 'no account' : `the account \`${account}\`, which is none`}`
          : `\`${text}\` is not the ARN of a resource`,
        why: 'AWS KMS rejects the request',
        next: isArn
          ? 'write the ARN of a resource that has its account in it'
          : 'write it like `arn:aws:dynamodb:us-east-1:111122223333:table/Orders`',
      });
    },
  },
});

/** The pattern of the API. It leaves the Region open. */
const TAKEN = /^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$/;
