/** Longer texts are not looked at: no policy comes near it (key policies end at 32 KiB). In UTF-16 code units. */
export const LONGEST_SNIFFED = 1_048_576;

/**
 * Whether a JSON text looks like a policy with KMS actions. A cheap test on the text, not a parse: it runs on every
 * JSON document that is opened, half-written ones included, and must neither wake the server for ordinary JSON nor
 * miss a policy. What the text really is, the server decides.
 */
export function looksLikeKmsPolicy(text: string): boolean {
  if (text.length > LONGEST_SNIFFED || !MENTIONS_STATEMENT.test(text)) return false;
  return NAMES_KMS.test(text) || isKeyPolicyOutput(text) || isKeyPolicyOfWildcards(text);
}

// Escaped quotes are matched as well, for policies inside strings: `"Policy": "{\"Statement\": …`.
const MENTIONS_STATEMENT = /"statement\\?"\s*:/i;

/** A string that starts with `kms:`, as actions and condition keys do, or the ARN of a key or an alias. */
const NAMES_KMS = /"(?:kms:|arn:aws[\w-]*:kms:)/i;

/** `aws kms get-key-policy` names its policy `default`, whatever the policy says. */
function isKeyPolicyOutput(text: string): boolean {
  return /"Policy"\s*:\s*"\s*\{/.test(text) && /"PolicyName"\s*:\s*"default"/.test(text);
}

/**
 * A key policy can allow everything without a word of KMS: `"Action": "*"` on `"Resource": "*"` for an AWS principal.
 * The default policy of a VPC endpoint is the same but for its principal, `"*"`, and is left alone.
 */
function isKeyPolicyOfWildcards(text: string): boolean {
  if (!/"Action"\s*:\s*\[?\s*"\*"/.test(text) || !/"AWS"\s*:/.test(text)) return false;
  const resources = [...text.matchAll(/"Resource"\s*:\s*\[?\s*"([^"]*)"/g)];
  return resources.length > 0 && resources.every(([, resource]) => resource === '*');
}
