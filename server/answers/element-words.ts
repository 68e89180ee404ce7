import type { Caller } from '../../simulator/access/caller.ts';
import type { ElementResult, GrantCheck } from '../../simulator/access/decision.ts';
import { callerArn } from './names.ts';

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

/** The same for a part of a grant. */
export function grantCheckInWords({ part, matched, expected, actual }: GrantCheck): string {
  const wants = list(expected);
  if (matched === 'unknown') return `wants ${wants}, and what the request brings is not known`;
  switch (part) {
    case 'GranteePrincipal':
    case 'GranteeServicePrincipal':
    case 'RetiringPrincipal':
    case 'RetiringServicePrincipal':
      return matched ? `${wants} covers the caller` : `names ${wants}; the caller is ${actual.join()}`;
    case 'IssuingAccount':
      return matched ? `the caller belongs to ${wants}` : `is ${wants}; the caller belongs to ${actual.join()}`;
    case 'EncryptionContextEquals':
    case 'EncryptionContextSubset':
    case 'SourceArn':
    case 'Operations':
      return `wants ${wants} and gets ${list(actual)}, which ${matched ? 'fits' : 'does not fit'}`;
  }
}

function list(texts: readonly string[]): string {
  const shown = texts.slice(0, 4).map((text) => `\`${text}\``);
  const more = texts.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ') || 'nothing';
}
