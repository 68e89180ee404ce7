import { CONFIG_NAME } from '../server/protocol.ts';

/** The language ids that the manifest contributes for documents, with the words the palette uses for them. */
export const KMS_LANGUAGES: readonly KmsLanguage[] = [
  { id: 'kms-key-policy', label: 'KMS key policy', files: '*.key-policy.json', policy: true },
  { id: 'kms-iam-policy', label: 'IAM policy', files: '*.iam-policy.json', policy: true },
  { id: 'kms-scp', label: 'Service control policy (SCP)', files: '*.scp.json', policy: true },
  { id: 'kms-rcp', label: 'Resource control policy (RCP)', files: '*.rcp.json', policy: true },
  { id: 'kms-vpce-policy', label: 'VPC endpoint policy', files: '*.vpce-policy.json', policy: true },
  { id: 'kms-grant', label: 'KMS grants', files: '*.kms-grant.json', policy: false },
  { id: 'kms-scenario', label: 'KMS scenario', files: '*.kms-scenario.json', policy: false },
];

export interface KmsLanguage {
  readonly id: string;
  readonly label: string;
  /** A file name pattern that gives the language without any command. */
  readonly files: string;
  /** The document can be simulated against: it holds a policy. */
  readonly policy: boolean;
}

/** Plain JSON: served only where the content is a policy with KMS actions. */
export const JSON_LANGUAGES: readonly string[] = ['json', 'jsonc'];

/** Whether a document is the configuration file, which the server checks, too. */
export function isConfigFile(uri: string): boolean {
  return uri.endsWith(`/${CONFIG_NAME}`);
}

/** Whether a language id is one of ours, so that its content need not be looked at. */
export function isKmsLanguage(languageId: string): boolean {
  return KMS_LANGUAGES.some((language) => language.id === languageId);
}

/** Whether documents of a language are policies by their id alone. */
export function isPolicyLanguage(languageId: string): boolean {
  return KMS_LANGUAGES.some((language) => language.policy && language.id === languageId);
}

/** Texts as they would be: what the right side of a diff shows. The server sees none of them. */
export const PREVIEW_SCHEME = 'kms-lens-preview';
