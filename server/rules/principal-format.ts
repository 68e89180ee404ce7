import type { PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import type { PrincipalProblem } from '../../simulator/policy/syntax/principal-pattern.ts';
import { nearest } from '../../simulator/text/nearest.ts';
import { type Fix, type RuleContext, rule } from './rule.ts';
import { arnFault, isArnProblem } from './support/arn-faults.ts';
import { bringsMembers } from './support/elements.ts';
import { keyPolicyWith } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { partOf } from './support/places.ts';
import { isPrincipal, principalMembers, principalObject } from './support/principals.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (principal: string): string => `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": ${principal},
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const principalFormat = rule({
  id: 'principal-format',
  group: 'invalid',
  kinds: resourcePolicyKinds,
  title: 'a principal that is written wrongly',
  documentation: {
    what:
      'A `Principal` that is a text other than `"*"`, a member of it that is none of `AWS`, `Service`, `Federated` and ' +
      '`CanonicalUser`, or a value under `AWS` that is neither an account nor the ARN of a user, a role or a session.',
    why: 'AWS rejects the policy for an invalid principal.',
    spares:
      'Template expressions, and what other rules speak of: wildcards, service principals, groups, unique ids, and ' +
      'roles and sessions under the wrong service.',
    bad: keyPolicyWith(statement('"arn:aws:iam::111122223333:role/Orders"')),
    good: keyPolicyWith(statement('{ "AWS": "arn:aws:iam::111122223333:role/Orders" }')),
    sources: [elementPage('principal'), policyChecks],
  },
  check: {
    statement(statement, context) {
      inspectMembers(statement, context);
    },
    principal(item, statement, { kind, report }) {
      if (item.type === 'Service' || item.type === 'Federated' || item.type === 'CanonicalUser') return;
      const problem = item.pattern.problems.find(isOurs);
      const fault = problem && faultOf(problem, item);
      if (!problem || !fault) return;
      report({
        at: partOf(item, problem.span),
        message: fault.what,
        why: 'AWS rejects the policy',
        next: fault.next,
        fixes: kind.kind === 'rcp' ? [] : fixesOf(problem, item, statement),
      });
    },
  },
});

function inspectMembers(statement: Statement, { isBroken, report }: RuleContext): void {
  const principal = principalObject(statement);
  if (!principal) return;
  const names: readonly string[] = principalMembers;
  const present = new Set(principal.node.members.map(({ key }) => key.value));
  const isTorn = isBroken(principal.node);
  for (const name of present) {
    if (names.includes(name) || bringsMembers(name)) continue;
    const meant = nearest(name, principalMembers);
    if (isTorn && !meant) continue;
    const free = meant !== undefined && !present.has(meant) ? meant : undefined;
    const path = [...principal.path, name];
    report({
      at: { path, part: 'key' },
      message: `\`${name}\` is no kind of principal`,
      why: 'AWS rejects the policy',
      next: meant ? `write \`${meant}\`` : 'write `AWS` for users, roles and accounts, `Service` for services',
      fixes: free
        ? [
            {
              title: `change to \`${free}\``,
              safe: true,
              edits: [{ op: 'replace', place: { path, part: 'key' }, text: JSON.stringify(free) }],
            },
          ]
        : [],
    });
  }
}

/** Of these others speak: wildcards, variables, groups, and roles and sessions under the wrong service. */
const OTHERS: ReadonlySet<string> = new Set(['wildcard', 'variable', 'group', 'session-in-iam', 'identity-in-sts']);

function isOurs({ code, detail }: PrincipalProblem): boolean {
  return !OTHERS.has(code) && detail !== 'Federated' && detail !== 'CanonicalUser';
}

function faultOf(problem: PrincipalProblem, { text, type }: PrincipalItem): { what: string; next: string } | undefined {
  if (isArnProblem(problem)) {
    const { what, next } = arnFault(problem, text);
    return { what: `the principal \`${text}\` ${what}`, next };
  }
  switch (problem.code) {
    case 'empty':
      return { what: 'the principal is empty', next: 'name the user, the role or the account' };
    case 'format':
      if (type === '*')
        return { what: `\`${text}\` stands where only \`"*"\` may`, next: 'put it into an object: `{ "AWS": … }`' };
      return {
        what: `\`${text}\` names no principal`,
        next: 'write an account or the ARN of a user or a role',
      };
    case 'wrong-type':
      return { what: `\`${text}\` does not belong under \`${type}\``, next: `put it under \`${problem.detail}\`` };
    case 'not-a-principal':
      return {
        what: `\`${text}\` is nobody who calls AWS`,
        next: problem.suggestion ? `write \`${problem.suggestion}\`` : 'name a user, a role or an account',
      };
    case 'session-missing':
      return { what: `\`${text}\` names no session`, next: 'add the session, or name the role as `role/…`' };
    case 'session-path':
      return { what: `\`${text}\` has the path of the role in it`, next: 'leave it out, as AWS STS does' };
    case 'name-character':
      return { what: `\`${problem.detail}\` cannot stand in a name of IAM`, next: 'write the name as IAM shows it' };
    case 'access-key':
      return { what: 'an access key id names no principal', next: 'write the ARN of the user or the role' };
    default:
      return undefined;
  }
}

function fixesOf(problem: PrincipalProblem, { text, path, type }: PrincipalItem, statement: Statement): Fix[] {
  if (type === '*') return wrap(text, statement);
  const { suggestion, span } = problem;
  if (problem.code === 'wrong-type' && problem.detail === 'Service') return moveTo('Service', text, statement);
  if (suggestion === undefined) return [];
  const mended = text.slice(0, span.start) + suggestion + text.slice(span.end);
  if (!isPrincipal(mended, 'AWS')) return [];
  // A partition, a Region or a type that is only near to what stands there is a guess.
  const isSure = ['space', 'prefix', 'field-count', 'service-case', 'account-shape', 'region-not-allowed'];
  return [
    {
      title: `change to \`${mended}\``,
      safe: isSure.includes(problem.code),
      edits: [{ op: 'replace', place: { path }, text: JSON.stringify(mended) }],
    },
  ];
}

/** `"arn:…"` → `{ "AWS": "arn:…" }` */
function wrap(text: string, { principal }: Statement): Fix[] {
  const type = (['AWS', 'Service'] as const).find((each) => isPrincipal(text, each));
  if (!type || !principal) return [];
  const value = `{ "${type}": ${JSON.stringify(text)} }`;
  const edits = [{ op: 'replace', place: { path: principal.path }, text: value }] as const;
  return [{ title: `change to \`${value}\``, safe: true, edits }];
}

/** The whole of `Principal`, where the value is all that stands in it. */
function moveTo(type: 'Service', text: string, { principal }: Statement): Fix[] {
  if (principal?.items.length !== 1) return [];
  const value = `{ "${type}": ${JSON.stringify(text)} }`;
  const edits = [{ op: 'replace', place: { path: principal.path }, text: value }] as const;
  return [{ title: `change to \`${value}\``, safe: false, edits }];
}
