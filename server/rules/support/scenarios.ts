import type { ScenarioProblemKind } from '../../../simulator/scenario/outline.ts';
import type { Example, RuleChecks, Source } from '../rule.ts';

/** Reports what reading a scenario found, as far as the text is whole enough to say so. */
export function reporting(kind: ScenarioProblemKind): Required<Pick<RuleChecks, 'scenario'>> {
  return {
    scenario({ problems }, { isBroken, report }) {
      for (const { kind: own, place, message, ifWhole } of problems)
        if (own === kind && !ifWhole?.some(isBroken)) report({ at: place, message });
    },
  };
}

/** A scenario as an example of a rule. */
export function scenarioWith(text: string): Example {
  return { file: 'orders.kms-scenario.json', text: `${text.trim()}\n` };
}

export const kmsOperations: Source = {
  title: 'AWS KMS API Reference: Actions',
  url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html',
};
