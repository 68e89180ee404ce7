export const HOMEPAGE = 'https://github.com/kms-lens/kms-lens';

/** The rule's page for people: what `Diagnostic.codeDescription` links to. */
export function ruleUrl(id: string): string {
  return `${HOMEPAGE}/blob/main/${rulePage(id)}`;
}

/** The rule's page within the package, as JSON output names it. */
export function rulePage(id: string): string {
  return `docs/rules/${id}.md`;
}

/** The page about `.kms-lens.json`. */
export const CONFIGURATION_PAGE = `${HOMEPAGE}/blob/main/docs/configuration.md`;
