import type { Decision, Need } from '../../simulator/access/decision.ts';
import type { AccessRequest } from '../../simulator/access/request.ts';
import { layerNames, statementName } from './names.ts';
import { allowedBecause, deniedBecause, lacking } from './reasons.ts';

export { elementInWords } from './element-words.ts';
export { callerArn, callerInWords, keyInWords, layerNames, statementName } from './names.ts';

/** Text for people from a decision's data. */

/** One sentence without a stop: why the verdict is what it is. */
export function because(decision: Decision, request: AccessRequest): string {
  switch (decision.verdict) {
    case 'allowed':
      return allowedBecause(decision, request);
    case 'denied':
      return deniedBecause(decision, request);
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
      if (decision.grant) return `allowed by the grant ${decision.grant.grant.name}`;
      return `allowed by ${deciding ? statementName(deciding) : layerNames[decision.by]}`;
    case 'denied':
      if (deciding) return `denied by ${statementName(deciding)}`;
      return `denied: ${lacking(decision.blockers[0], request).replaceAll('`', '')}`;
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
