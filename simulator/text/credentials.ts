/** A text that is shown or logged, without what may be a real access key: people put them into wrong places, too. */
export function withoutCredentials(text: string): string {
  return replaceKeys(text, (key) => `${ID.test(key) ? key.slice(0, 4) : ''}…`);
}

/** The text of a scenario as it is shown: what may be a real access key is covered, and all else stands where it stood. */
export function coveredCredentials(text: string): string {
  const covered = text.replace(SECRET_MEMBER, (all, name: string, value: string) =>
    isExample(value) ? all : name + cover(value),
  );
  return replaceKeys(covered, cover);
}

/** Whether an access key ID or a secret is one that AWS's documentation or a scenario makes up. */
const isExample = (text: string): boolean => /(EXAMPLE|EXAMPLEKEY)$|^(AKIAKMSLENS|kms-lens-)/.test(text);

const ID = /^(AKIA|ASIA)[A-Z0-9]{12,}$/;

/** Secrets of AWS have exactly forty characters of Base64. */
const KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b|(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;

/** The value of a member that holds one, however little of it looks like JSON. */
const SECRET_MEMBER = /((?:accessKeyId|secretAccessKey)["']?\s*(?::\s*)?["']?)([^\s"',}]+)/gi;

function replaceKeys(text: string, by: (key: string) => string): string {
  return text.replace(KEY, (key) => (isExample(key) || !(ID.test(key) || isMixed(key)) ? key : by(key)));
}

const isMixed = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);

const cover = (text: string): string => '•'.repeat(text.length);
