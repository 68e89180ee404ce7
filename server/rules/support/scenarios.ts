import type { Place } from '../../../simulator/json/place.ts';
import type { ScenarioProblemKind } from '../../../simulator/scenario/outline.ts';
import type { Example, Fix, RuleChecks, Source } from '../rule.ts';

/** Reports what reading a scenario found, as far as the text is whole enough to say so. */
export function reporting(kind: ScenarioProblemKind): Required<Pick<RuleChecks, 'scenario'>> {
  return {
    scenario({ problems }, { isBroken, report }) {
      for (const { kind: own, place, message, meant, ifWhole } of problems)
        if (own === kind && !ifWhole?.some(isBroken))
          report({ at: place, message, ...(meant === undefined ? {} : { fixes: [changeTo(meant, place)] }) });
    },
  };
}

/** A name that is close need not be the one that was meant, so that a person has to choose it. */
function changeTo(name: string, place: Place): Fix {
  // Within a text the characters alone, else the text with its quotes.
  const text = place.span ? name : JSON.stringify(name);
  return { title: `change to \`${name}\``, safe: false, edits: [{ op: 'replace', place, text }] };
}

/** A scenario as an example of a rule. */
export function scenarioWith(text: string): Example {
  return { file: 'orders.kms-scenario.json', text: `${text.trim()}\n` };
}

export const kmsOperations: Source = {
  title: 'AWS KMS API Reference: Actions',
  url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html',
};
