import { grantCheckInWords } from '../../server/answers/element-words.ts';
import { elementInWords } from '../../server/answers/words.ts';
import type { GrantCheck } from '../../simulator/access/decision.ts';
import type { Place } from '../../simulator/json/place.ts';
import type { StepResult } from '../../simulator/scenario/step.ts';

/** What would have let a request in, but for one thing. */
export interface NearMiss {
  readonly place: Place;
  /** The Sid, or the name of the grant. */
  readonly name: string | undefined;
  /** The condition or constraint that does not hold. */
  readonly words: string;
}

/** More than these are no help any more. */
const MOST = 3;

/** The principal is compared before them. */
const CONSTRAINTS: ReadonlySet<GrantCheck['part']> = new Set([
  'EncryptionContextEquals',
  'EncryptionContextSubset',
  'SourceArn',
]);

/** Of a step that was to be allowed and is not: the statements and grants that failed by a condition alone. */
export function nearMisses({ outcome, decision }: StepResult): NearMiss[] {
  const deciding = decision?.deciding;
  if (outcome !== 'fail' || !deciding || decision.verdict !== 'denied' || decision.kind !== 'implicit') return [];
  const { request } = deciding;
  const found: NearMiss[] = [];
  for (const { statements, grants = [] } of deciding.decision.layers) {
    for (const { document, statement, matched, elements } of statements) {
      const failed = elements.find((each) => each.matched === false);
      if (matched !== false || statement.effect !== 'Allow' || failed?.element !== 'Condition' || !document) continue;
      const { path, sid } = statement;
      found.push({ place: { document, path }, name: sid, words: elementInWords(failed, request.caller) });
    }
    for (const { grant, matched, checks } of grants) {
      const failed = checks.find((each) => each.matched === false);
      if (matched !== false || !failed || !CONSTRAINTS.has(failed.part) || !grant.place) continue;
      found.push({ place: grant.place, name: grant.name, words: `${failed.part} ${grantCheckInWords(failed)}` });
    }
  }
  return found.slice(0, MOST);
}
