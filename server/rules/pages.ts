import { documentedRules } from './generated/documented.ts';
import { pageOf, type RulePage } from './page.ts';

/** The page of every rule, by id. Bundles hold what this comes to: scripts/build/rule-parts.mjs. */
export const rulePages: readonly RulePage[] = documentedRules.map(pageOf);
