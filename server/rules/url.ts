/** The rule's page for people: what `Diagnostic.codeDescription` links to. */
export function ruleUrl(id: string): string {
  return `https://github.com/kms-lens/kms-lens/blob/main/${rulePage(id)}`;
}

/** The rule's page within the package, as JSON output names it. */
export function rulePage(id: string): string {
  return `docs/rules/${id}.md`;
}

/** The page about `.kms-lens.json`. */
export const CONFIGURATION_PAGE = 'https://github.com/kms-lens/kms-lens/blob/main/docs/configuration.md';
