import { findAction } from '../../simulator/facts/actions.ts';
import { findConditionKey } from '../../simulator/facts/condition-keys.ts';
import { findOperation } from '../../simulator/facts/operations.ts';
import { findServiceEvent } from '../../simulator/facts/service-events.ts';
import type { ActionPattern } from '../../simulator/policy/syntax/action.ts';
import { rule } from './rule.ts';
import { withValue } from './support/conditions.ts';
import { effectOfDeadEntry } from './support/dead-statement.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsActions } from './support/sources.ts';

const statement = (action: string): string => `
{
  "Sid": "Delete the key when its time has come",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/KeyAdmin" },
  "Action": "${action}",
  "Resource": "*"
}`;

export const kmsActionIsNotPermission = rule({
  id: 'kms-action-is-not-permission',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a name of KMS that is no permission',
  documentation: {
    what:
      'An action under a name that AWS KMS uses for something else: an event that only CloudTrail knows, such as ' +
      '`kms:DeleteKey` or `kms:RotateKey`; a command of the AWS CLI, such as `kms:describe-key`; a condition key, such as ' +
      '`kms:ViaService`.',
    why:
      'AWS accepts such an entry, because it does not look names up, and no request ever asks for it. CloudTrail writes ' +
      'DeleteKey and RotateKey when KMS itself deletes or rotates a key, hours or months after the call that led to it.',
    spares:
      'Names that are nowhere in use, of which `action-unknown` speaks, `kms:ReEncrypt`, of which `kms-reencrypt-action` ' +
      'speaks, and wildcards.',
    bad: keyPolicyWith(statement('kms:DeleteKey')),
    good: keyPolicyWith(statement('kms:ScheduleKeyDeletion')),
    sources: [
      kmsActions,
      {
        title: 'AWS KMS Developer Guide: Examples of AWS KMS log entries, DeleteKey',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/ct-delete-key.html',
      },
    ],
  },
  check: {
    action({ pattern, path, text }, statement, { report }) {
      const other = otherUseOf(pattern);
      if (!other) return;
      const [first, second] = other.actions;
      report({
        at: { path, span: pattern.nameSpan },
        message: `\`${text}\` is ${other.what} and no permission`,
        why: effectOfDeadEntry(statement),
        next: first
          ? `write \`${first}\`${second ? ` or \`${second}\`` : ''}`
          : 'test it in `Condition`, and name an action here',
        fixes: other.actions.map((action) => withValue(path, action, other.sure)),
      });
    },
  },
});

/** What a name stands for where it is no permission. */
interface OtherUse {
  readonly what: string;
  /** With `kms:`. */
  readonly actions: readonly string[];
  /** Nobody needs to be asked whether the action is meant. */
  readonly sure: boolean;
}

function otherUseOf({ kind, service, name, wildcards }: ActionPattern): OtherUse | undefined {
  if (service !== 'kms' || kind === 'unknown' || wildcards || findAction(name)) return undefined;
  const event = findServiceEvent(name);
  if (event) {
    const what = `what CloudTrail calls it when ${event.meaning},`;
    return { what, actions: event.actions.map(withPrefix), sure: false };
  }
  if (findConditionKey(withPrefix(name))) return { what: 'a condition key', actions: [], sure: false };
  const command = name.includes('-') ? findOperation(name.replaceAll('-', '')) : undefined;
  if (!command) return undefined;
  const action = findAction(command.name) ? command.name : `${command.name}*`;
  return { what: 'a command of the AWS CLI', actions: [withPrefix(action)], sure: true };
}

function withPrefix(name: string): string {
  return `kms:${name}`;
}
