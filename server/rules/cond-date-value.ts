import { type DateProblemCode, parseDate } from '../../simulator/policy/syntax/date.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { isLiteral, withValue } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condDateValue = rule({
  id: 'cond-date-value',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'a date that may not be the one that is meant',
  documentation: {
    what: 'A value of an operator for dates that no calendar has, has a time without its zone or a zone without its colon, or counts milliseconds since 1970.',
    why: 'AWS reads dates as ISO 8601 in the profile of the W3C, or as seconds since 1970. A day that does not exist matches nothing, and milliseconds are a date thousands of years ahead.',
    spares:
      'Seconds since 1970, dates without a time, and what is no date at all, of which `cond-type-mismatch` speaks.',
    bad: keyPolicyWithCondition('"DateLessThan": { "aws:CurrentTime": "2026-12-31T23:59:59" }'),
    good: keyPolicyWithCondition('"DateLessThan": { "aws:CurrentTime": "2026-12-31T23:59:59Z" }'),
    sources: [conditionOperators, policyChecks],
  },
  check: {
    condition({ operator, values }, _, { report }) {
      if (operator.family !== 'Date') return;
      for (const { text, path } of values) {
        const [problem] = isLiteral(text) ? parseDate(text).problems : [];
        const said = problem && SAID[problem.code];
        if (!problem || !said) continue;
        const { suggestion } = problem;
        report({
          at: { path },
          message: `\`${text}\` ${said.message}`,
          why: said.why,
          next: suggestion === undefined ? 'write a date such as `2026-01-31T00:00:00Z`' : `write \`${suggestion}\``,
          // The zone is what AWS takes the time for; the number is a guess.
          fixes: suggestion === undefined ? [] : [withValue(path, suggestion, problem.code !== 'epoch-milliseconds')],
        });
      }
    },
  },
});

const SAID: Readonly<Partial<Record<DateProblemCode, { readonly message: string; readonly why: string }>>> = {
  'date-range': { message: 'is a date or a time that does not exist', why: 'no request matches it' },
  'zone-missing': { message: 'does not say its time zone', why: 'it is taken as UTC, if AWS takes it at all' },
  'zone-shape': { message: 'has no colon in its time zone', why: 'AWS documents zones as `+01:00`' },
  'epoch-milliseconds': {
    message: 'lies thousands of years ahead',
    why: 'AWS counts seconds since 1970, and these are milliseconds, most likely',
  },
};
