/**
 * Something that people learn for an exam, beside what AWS does today. A topic is one Markdown file in `topics/`, named by
 * its id: front matter with `title`, `items`, `subjects` and one line `source: title | url | 2026-11` each, then the
 * sections `## Exam`, `## Trap` and `## Today`, of which only the first must be there. Its sentences are short: a hover shows them.
 */
export interface Topic {
  readonly id: string;
  /** A few words, as a heading: `Envelope encryption`. */
  readonly title: string;
  /** The items of the inventory that it covers: tips `T1`, traps `P9`, tables `B2`, questions `Q6` and their traps `QP6`, rules `R44`. */
  readonly items: readonly string[];
  /** The closest first: a subject that several topics share is explained by the one that names it earliest. */
  readonly subjects: readonly Subject[];
  /** The tip as an exam puts it: Markdown. */
  readonly exam: string;
  /** What people get wrong. */
  readonly trap?: string;
  /** What AWS does today, where that is not what the exam's material says. */
  readonly today?: string;
  readonly sources: readonly TopicSource[];
}

export interface TopicSource {
  readonly title: string;
  readonly url: string;
  /** When it was read: `2026-11`. */
  readonly date: string;
}

/**
 * What a topic is about, as far as documents have a place for it: a family and a name in AWS's spelling.
 *
 * | subject | stands for |
 * |---|---|
 * | `action:Decrypt` | the permission, without `kms:`; also where a grant lists it as an operation |
 * | `action:*` | a wildcard that covers all of KMS: `kms:*`, `*` |
 * | `element:Principal` | an element of a policy |
 * | `effect:Deny` | the value of `Effect` |
 * | `principal:account` | a kind of principal: `account`, `everyone`, `user`, `role`, `assumed-role`, `federated-user`, `service` |
 * | `resource:everything` | a value of `Resource`: `everything`, `key`, `alias` |
 * | `operator:StringEquals` | a condition operator, without prefix and suffix; also `operator:ForAllValues`, `operator:IfExists` |
 * | `condition-key:kms:ViaService` | a condition key; families end in a colon: `condition-key:kms:EncryptionContext:` |
 * | `service:s3` | an AWS service, as principal or in a ViaService value |
 * | `grant:Constraints` | a member of a grant: `GranteePrincipal`, `RetiringPrincipal`, `Operations`, `EncryptionContextSubset`, … |
 * | `key-spec:RSA_2048`, `key-usage:SIGN_VERIFY`, `origin:EXTERNAL` | the value of a condition key or a member of an input |
 * | `error:DisabledException` | an exception of KMS that a step of a scenario expects |
 * | `key-state:PendingDeletion` | the state of a key of a scenario |
 * | `quota:CryptographicOperationsSymmetric` | a group of request quotas, by its name |
 * | `scenario:aliases` | a member of a scenario, by its name; also the kind of a step: `load` |
 * | `document:grant` | the document as a whole, by kind: `key-policy`, `iam-policy`, `scp`, `rcp`, `vpce-policy`, `grant` |
 */
export type Subject = `${SubjectFamily}:${string}`;

export type SubjectFamily =
  | 'action'
  | 'element'
  | 'effect'
  | 'principal'
  | 'resource'
  | 'operator'
  | 'condition-key'
  | 'service'
  | 'grant'
  | 'key-spec'
  | 'key-usage'
  | 'origin'
  | 'error'
  | 'key-state'
  | 'quota'
  | 'scenario'
  | 'document';
