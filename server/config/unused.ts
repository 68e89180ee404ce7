import type { CheckOptions } from '../rules/check-options.ts';
import { type Diagnostic, diagnosticOf } from '../rules/diagnostic.ts';
import { rules } from '../rules/generated/index.ts';
import { isOn } from '../rules/selection.ts';
import { unusedSuppression } from '../rules/support/unused.ts';
import { suppressionUnused } from '../rules/suppression-unused.ts';
import type { Config } from './config.ts';
import type { ConfigFile, Suppression } from './file.ts';

/** What has become of suppressions in a run. Only one that has checked everything below a file's folder can judge the file's. */
export interface Usage {
  readonly used: ReadonlySet<Suppression>;
  /** Those of the documents that were checked. Of a rule that one of them switches off nobody knows what it would find. */
  readonly configs: Iterable<Config>;
}

/** The suppressions of a configuration file that suppressed nothing. `severities` are those for the file itself. */
export function unusedSuppressions(
  { document, values }: ConfigFile,
  { used, configs }: Usage,
  severities: CheckOptions['severities'],
): Diagnostic[] {
  if (!isOn(suppressionUnused, severities)) return [];
  const all = [...configs];
  const everywhereOn = new Set(rules.filter((rule) => all.every((config) => isOn(rule, config.rules))).map(idOf));
  return values.suppress
    .filter((suppression) => !used.has(suppression) && everywhereOn.has(suppression.rule))
    .map(({ rule, span }) =>
      diagnosticOf(document, suppressionUnused, unusedSuppression(rule, span, 'remove the entry'), severities),
    );
}

const idOf = ({ id }: { readonly id: string }): string => id;
