import type { Caller } from '../../simulator/access/caller.ts';
import type {
  Blocker,
  Decision,
  ElementResult,
  Layer,
  Need,
  StatementResult,
} from '../../simulator/access/decision.ts';
import type { AccessRequest } from '../../simulator/access/request.ts';
import { keyArn } from '../../simulator/access/request.ts';

/** Text for people from a decision's data; `kms:` names in backticks, statements in typographic quotes. */

export const layerNames: Readonly<Record<Layer, string>> = {
  scp: 'service control policies',
  rcp: 'resource control policies',
  'vpc-endpoint-policy': 'VPC endpoint policy',
  operation: 'the operation itself',
  'key-policy': 'key policy',
  'identity-policy': 'identity policies',
  'permissions-boundary': 'permissions boundary',
  'session-policy': 'session policies',
  grant: 'grants',
};

/** `the role App of 111122223333`. */
export function callerInWords(caller: Caller): string {
  switch (caller.type) {
    case 'user':
      return `the user ${caller.name} of ${caller.account}`;
    case 'role-session':
      return `a session of the role ${caller.roleName} of ${caller.account}`;
    case 'federated-user':
      return `the federated user ${caller.name} of ${caller.account}`;
    case 'root':
      return `the root user of ${caller.account}`;
    case 'service':
      return `the service ${caller.service}`;
  }
}

export function callerArn(caller: Caller): string {
  return caller.type === 'service' ? caller.service : caller.arn;
}

/** `“Allow use of the key”`, or `the first statement` where it has no Sid. */
export function statementName({ statement }: Pick<StatementResult, 'statement'>): string {
  if (statement.sid) return `“${statement.sid}”`;
  const index = statement.path.at(-1);
  return typeof index === 'number' ? `statement ${index + 1}` : 'the statement';
}

/** One sentence without a stop: why the verdict is what it is. */
export function because(decision: Decision, request: AccessRequest): string {
  const action = `\`kms:${request.action}\``;
  switch (decision.verdict) {
    case 'allowed':
      return allowedBecause(decision, request);
    case 'denied':
      return deniedBecause(decision, request, action);
    case 'depends': {
      const [first, ...more] = needsInWords(decision);
      return [first ?? `it hangs on something that is not known`, ...more].join(', and ');
    }
  }
}

/** Short, for the end of a line: `allowed by “Allow use of the key”`. */
export function summary(decision: Decision, request: AccessRequest): string {
  const { deciding } = decision;
  switch (decision.verdict) {
    case 'allowed':
      return `allowed by ${deciding ? statementName(deciding) : layerNames[decision.by]}`;
    case 'denied':
      if (deciding) return `denied by ${statementName(deciding)}`;
      return decision.by === 'operation'
        ? `denied: kms:${request.action} does not work across accounts`
        : `denied: ${lacking(decision.blockers[0], request)}`;
    case 'depends': {
      const [first, ...more] = needsInWords(decision);
      const plain = (first ?? 'something unknown').replaceAll('`', '');
      return `depends: ${plain}${more.length > 0 ? `, and ${more.length} more` : ''}`;
    }
  }
}

/** What a verdict of `depends` hangs on, a sentence each, none twice. */
export function needsInWords({ needs }: Decision): string[] {
  return [...new Set(needs.map(needInWords))];
}

function needInWords(need: Need): string {
  switch (need.type) {
    case 'identity-policy':
      return `allowed if an identity policy of ${need.account} allows \`kms:${need.action}\``;
    case 'key-policy':
      return `allowed if the key policy lets account ${need.account} use \`kms:${need.action}\``;
    case 'context-key':
      return `the ${need.effect} hangs on \`${need.key}\` in the request`;
    case 'placeholder':
      return `the ${need.effect} hangs on what \`${need.text}\` stands for`;
    case 'key':
      return `the ${need.effect} hangs on whether \`${need.text}\` is this key`;
    case 'unreadable-statement':
      return 'a statement cannot be read';
  }
}

function allowedBecause(decision: Decision, request: AccessRequest): string {
  const { deciding, by } = decision;
  const name = deciding ? statementName(deciding) : '';
  if (by === 'key-policy') {
    const how = {
      direct:
        request.caller.type === 'root'
          ? 'names the account, and the root user acts as the account'
          : 'names the caller directly',
      role: 'names the role of the session',
      account: 'names the account, and the root user acts as the account',
    }[deciding?.principal ?? 'direct'];
    return `${name} in the key policy ${how}; no identity policy is needed`;
  }
  const account = request.caller.type === 'service' ? '' : request.caller.account;
  if (account === request.key?.account)
    return `the key policy hands the decision to the identity policies of ${account}, and ${name} allows it`;
  if (!request.key) return `${name} of an identity policy allows it, and no key takes part`;
  return `the key policy lets account ${account} in, and ${name} of an identity policy there allows it`;
}

function deniedBecause(decision: Decision, request: AccessRequest, action: string): string {
  if (decision.kind === 'explicit' && decision.deciding)
    return `${statementName(decision.deciding)} denies it explicitly (${layerNames[decision.by]}), and no Allow outweighs a Deny`;
  if (decision.by === 'operation')
    return `${action} does not work across accounts: the key belongs to ${request.key?.account}`;
  return decision.blockers.map((blocker) => lacking(blocker, request)).join(', and ');
}

function lacking(blocker: Blocker | undefined, request: AccessRequest): string {
  const account = request.caller.type === 'service' ? undefined : request.caller.account;
  switch (blocker?.layer) {
    case 'key-policy':
      if (!account) return 'no statement of the key policy allows the service';
      return account === request.key?.account
        ? `no statement of the key policy allows the caller or hands the decision to account ${account}`
        : `no statement of the key policy lets the caller or account ${account} in`;
    case 'identity-policy':
      return `no identity policy of ${account} allows kms:${request.action}`;
    default:
      return 'no statement allows it';
  }
}

/** Why an element matched or did not, with the values compared. */
export function elementInWords(result: ElementResult, caller: Caller): string {
  const expected = list(result.expected);
  switch (result.element) {
    case 'Principal':
      if (result.matched === 'unknown') return `whom ${expected} stands for is not known`;
      return result.matched ? `${expected} covers the caller` : `names ${expected}; the caller is ${callerArn(caller)}`;
    case 'NotPrincipal':
      return result.matched
        ? `the caller is not among ${expected}`
        : `spares ${expected}, and the caller is one of them`;
    case 'Action':
      return result.matched === true ? `${expected} covers it` : `covers ${expected} only`;
    case 'NotAction':
      return result.matched === true ? `it is not among ${expected}` : `leaves out ${expected}`;
    case 'Resource':
    case 'NotResource':
      if (result.matched === 'unknown') return `whether ${expected} is this key is not known`;
      return `${expected} ${result.matched === (result.element === 'Resource') ? 'covers' : 'does not cover'} ${list(result.actual)}`;
    case 'Condition':
      return conditionInWords(result, expected);
    case 'Statement':
      return 'the statement cannot be read';
  }
}

function conditionInWords(result: ElementResult, expected: string): string {
  const wants = `${result.operator} ${expected}`;
  const { key } = result;
  if (result.presence === 'unknown') return `\`${key}\` is not known (wants ${wants})`;
  if (result.presence === 'absent') return `\`${key}\` is not in the request (wants ${wants}), which ${holds(result)}`;
  return `\`${key}\` is ${list(result.actual)} (wants ${wants}), which ${holds(result)}`;
}

const holds = ({ matched }: ElementResult): string =>
  matched === 'unknown' ? 'is not known to hold' : matched ? 'holds' : 'does not hold';

export function keyInWords(request: AccessRequest): string {
  const { key } = request;
  if (!key) return 'no key';
  return key.id ? keyArn(key) : `a key of ${key.account} in ${key.region}`;
}

function list(texts: readonly string[]): string {
  const shown = texts.slice(0, 4).map((text) => `\`${text}\``);
  const more = texts.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ') || 'nothing';
}
