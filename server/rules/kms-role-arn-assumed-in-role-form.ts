import type { PrincipalItem } from '../../simulator/policy/document.ts';
import { parseArn } from '../../simulator/policy/syntax/arn.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWith, letsDecrypt } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { isPrincipal } from './support/principals.ts';
import { elementPage } from './support/sources.ts';

export const kmsRoleArnAssumedInRoleForm = rule({
  id: 'kms-role-arn-assumed-in-role-form',
  group: 'invalid',
  kinds: resourcePolicyKinds,
  title: 'a role or a session under the wrong service',
  documentation: {
    what: 'The ARN of a session under `iam`, or that of a role, a user or an account under `sts`, as a principal.',
    why:
      'Users, roles and accounts belong to IAM (`arn:aws:iam::…:role/App`), the sessions of a role to AWS STS ' +
      '(`arn:aws:sts::…:assumed-role/App/session`). There is nothing under the other service, and AWS rejects the policy.',
    bad: keyPolicyWith(letsDecrypt('arn:aws:sts::111122223333:role/Orders')),
    good: keyPolicyWith(letsDecrypt('arn:aws:iam::111122223333:role/Orders')),
    sources: [
      elementPage('principal'),
      {
        title: 'IAM User Guide: IAM identifiers, ARNs',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
      },
    ],
  },
  check: {
    principal(item, _statement, { report }) {
      const problem = item.pattern.problems.find(({ code }) => code === 'session-in-iam' || code === 'identity-in-sts');
      if (!problem) return;
      const isSession = problem.code === 'session-in-iam';
      report({
        at: { path: item.path, span: { start: problem.span.start, end: problem.span.end } },
        message: isSession
          ? `\`${item.text}\` is a session, and sessions belong to \`sts\``
          : `\`${item.text}\` is no session, and only sessions belong to \`sts\``,
        why: 'AWS rejects the policy',
        next: isSession ? 'write `sts`, or name the role as `role/…`' : 'write `iam`',
        fixes: isSession ? [asSession(item), asRole(item)].flat() : replacement(item, inService(item, 'iam'), true),
      });
    },
  },
});

function asSession(item: PrincipalItem): Fix[] {
  return replacement(item, inService(item, 'sts'), false);
}

/** The role of the session; its path, which sessions do not show, is for the user to add. */
function asRole(item: PrincipalItem): Fix[] {
  const { partition, account, resource } = parseArn(item.text);
  const name = /^assumed-role\/([^/]+)(?:\/[^/]+)?$/.exec(resource)?.[1];
  return name === undefined ? [] : replacement(item, `arn:${partition}:iam::${account}:role/${name}`, false);
}

function inService({ text }: PrincipalItem, service: string): string {
  const { start, end } = parseArn(text).spans.service;
  return text.slice(0, start) + service + text.slice(end);
}

function replacement({ path }: PrincipalItem, arn: string, safe: boolean): Fix[] {
  if (!isPrincipal(arn, 'AWS')) return [];
  return [
    { title: `change to \`${arn}\``, safe, edits: [{ op: 'replace', place: { path }, text: JSON.stringify(arn) }] },
  ];
}
