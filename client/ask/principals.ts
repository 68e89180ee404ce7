import type { Reading } from './question.ts';
import { principalInWords } from './words.ts';

/**
 * Reads what a person types for “who asks”: an IAM or STS ARN, 12 digits or `root` for an account's root user, a
 * service principal, or `role/App` and `user/Ann` where the account is known.
 *
 * @param account the account that shorthands belong to; without it they are a problem
 */
export function readPrincipal(text: string, account?: string): Reading {
  if (text === 'root' || /^root:\d{12}$/.test(text)) return readable(text);
  if (/^\d+$/.test(text)) return text.length === 12 ? readable(`root:${text}`) : { problem: wrongAccount(text) };
  if (/^service:[a-z]/i.test(text)) return readable(text);
  if (SERVICE.test(text)) return readable(`service:${text}`);
  if (/^arn:/i.test(text)) return readArn(text);
  if (/^(?:role|user)\/./.test(text)) return readShorthand(text, account);
  return { problem: `\`${text}\` is not a principal: write an ARN such as \`${EXAMPLE}\`, 12 digits or \`root\`` };
}

/** Why a run of digits is not an account ID. */
export function wrongAccount(text: string): string {
  return `an account ID has 12 digits, \`${text}\` has ${text.length}`;
}

const EXAMPLE = 'arn:aws:iam::111122223333:role/App';
const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;
const CALLERS: Readonly<Record<string, RegExp>> = {
  iam: /^(?:root|user\/.+|role\/.+)$/,
  sts: /^(?:assumed-role\/[^/]+\/.+|federated-user\/.+)$/,
};

function readShorthand(text: string, account: string | undefined): Reading {
  return account === undefined
    ? { problem: `the account of \`${text}\` is missing: write \`arn:aws:iam::111122223333:${text}\`` }
    : readArn(`arn:aws:iam::${account}:${text}`);
}

function readArn(text: string): Reading {
  const [, partition = '', service = '', , account = '', ...rest] = text.split(':');
  const name = rest.join(':');
  if (/[*?]/.test(text)) return { problem: 'a request comes from one principal: write its name without wildcards' };
  if (!/^aws(?:-[a-z]+)*$/.test(partition)) {
    return { problem: `\`${partition}\` is not a partition: an ARN starts with \`arn:aws:\`` };
  }
  if (service === 'kms') return { problem: 'this is the ARN of a key: name who asks, such as a role or a user' };
  const callers = CALLERS[service];
  if (callers === undefined) {
    return {
      problem: `\`${service}\` has no principals: the ARN of one starts with \`arn:aws:iam::\` or \`arn:aws:sts::\``,
    };
  }
  if (!/^\d{12}$/.test(account)) {
    return {
      problem: /^\d+$/.test(account) ? wrongAccount(account) : `the ARN has no account ID: write \`${EXAMPLE}\``,
    };
  }
  if (callers.test(name)) return readable(text);
  if (name.startsWith('group/')) return { problem: 'a group cannot ask for anything: name one of its users' };
  if (name.startsWith('instance-profile/'))
    return { problem: 'an instance profile cannot ask for anything: name its role' };
  if (service === 'sts') {
    return { problem: `\`${name}\` is not a session: write \`assumed-role/App/session\` or \`federated-user/Ann\`` };
  }
  return { problem: `\`${name}\` is neither \`root\` nor \`role/…\` nor \`user/…\`` };
}

function readable(value: string): Reading {
  return { value, meaning: principalInWords(value) };
}
