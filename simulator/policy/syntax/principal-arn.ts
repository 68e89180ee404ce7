import { type Arn, hasWildcard, isAccountId } from './arn.ts';
import { type IamPrincipal, iamPrincipal } from './arn-iam.ts';
import {
  malformed,
  type PrincipalBase,
  type PrincipalOfAccount,
  type PrincipalPattern,
  type PrincipalProblem,
  type PrincipalProblemCode,
  partialWildcard,
  type UnknownShape,
  wildcardProblems,
  wrongType,
} from './principal-pattern.ts';
import { NO_PROBLEMS, problem } from './problem.ts';

/** Reads an ARN under `AWS`. */
export function arnPrincipal(base: PrincipalBase, arn: Arn): PrincipalPattern {
  const named = iamPrincipal(arn);
  const account = isAccountId(arn.account) ? arn.account : undefined;
  if (arn.kind === 'unknown' || arn.unknown.length !== 0) {
    // What is filled in later cannot mend what is wrong elsewhere.
    const problems = [...arn.problems, ...wildcardProblems(base.text)];
    return { ...base, kind: 'unknown', account, shape: named && shapeOf(named), problems };
  }
  if (arn.problems.length !== 0) return { ...base, kind: 'malformed', account, problems: arn.problems };
  if (hasWildcard(base.text)) return partialWildcard({ ...base, account });
  if (/^(?:saml|oidc)-provider\//.test(arn.resource)) return wrongType({ ...base, account }, 'Federated');
  if (named === undefined || account === undefined) {
    return malformed(
      { ...base, account },
      problem('not-a-principal', named === undefined ? arn.spans.service : arn.spans.account),
    );
  }
  return namedPrincipal({ ...base, account }, arn, named);
}

function namedPrincipal(base: PrincipalOfAccount, arn: Arn, named: IamPrincipal): PrincipalPattern {
  const { partition, spans } = arn;
  const { name, path, sessionName } = named;
  const inSts = named.service === 'sts';
  const service = (code: PrincipalProblemCode, suggestion: string) =>
    malformed(base, problem(code, spans.service, { suggestion }));
  switch (named.type) {
    case 'root':
      if (inSts) return service('identity-in-sts', 'iam');
      return { ...base, kind: 'account', written: 'root-arn', partition };
    case 'user':
    case 'role':
    case 'group': {
      if (inSts) return service('identity-in-sts', 'iam');
      if (name === '') return malformed(base, problem('resource-empty', spans.resource));
      const problems = judgeName(name, arn);
      const identity = { ...base, partition, name, path };
      if (named.type === 'user') return { ...identity, kind: 'user', problems };
      if (named.type === 'role') return { ...identity, kind: 'role', origin: named.origin, problems };
      return { ...identity, kind: 'group', problems: [problem('group', spans.resource), ...problems] };
    }
    case 'assumed-role': {
      if (!inSts) return service('session-in-iam', 'sts');
      if (!sessionName) return malformed(base, problem('session-missing', spans.resource));
      if (name.includes('/')) {
        const role = name.slice(name.lastIndexOf('/') + 1);
        const suggestion = `assumed-role/${role}/${sessionName}`;
        return malformed(base, problem('session-path', spans.resource, { suggestion }));
      }
      const problems = judgeName(name + sessionName, arn);
      return { ...base, kind: 'assumed-role', partition, name, sessionName, problems };
    }
    case 'federated-user':
      if (!inSts) return service('session-in-iam', 'sts');
      return { ...base, kind: 'federated-user', partition, name, problems: judgeName(name, arn) };
    case 'other': {
      const found = problem<PrincipalProblemCode>('not-a-principal', spans.resource, repairResource(arn.resource));
      return malformed(base, found);
    }
  }
}

/** Names of users, roles, groups and sessions are made of these (IAM user guide, "IAM and AWS STS quotas"). */
function judgeName(name: string, arn: Arn): readonly PrincipalProblem[] {
  const odd = /[^\w+=,.@-]/u.exec(name);
  return odd === null ? NO_PROBLEMS : [problem('name-character', arn.spans.resource, { detail: odd[0] })];
}

function repairResource(resource: string): { suggestion?: string } {
  if (resource.toLowerCase() === 'root') return { suggestion: 'root' };
  const type = /^(user|role|assumed-role|federated-user)s?[/:](?=.)/i.exec(resource);
  if (type === null) return {};
  return { suggestion: `${type[1]?.toLowerCase()}/${resource.slice(type[0].length)}` };
}

function shapeOf(named: IamPrincipal): UnknownShape | undefined {
  if (named.type === 'other') return undefined;
  return named.type === 'root' ? 'account' : named.type;
}
