import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { type Finding, rule } from './rule.ts';
import { globalConditionKeys } from './support/condition-sources.ts';
import { atKey, demandsKey, factOf, holdsWithoutKey } from './support/conditions.ts';
import { policyChecks } from './support/sources.ts';

const file = 'perimeter.rcp.json';
const policy = (guard: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OurIdentitiesOnly",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "kms:*",
      "Resource": "*",
      "Condition": {
        "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }${guard}
      }
    }
  ]
}
`;

/** Services that call as themselves belong to no organization and come from no network of yours. */
const ABSENT_FOR_SERVICES: ReadonlySet<string> = new Set([
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:SourceIp',
  'aws:SourceVpc',
  'aws:SourceVpce',
]);

/** Users and roles call for no resource of a service. */
const ABSENT_FOR_PEOPLE: ReadonlySet<string> = new Set([
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
]);

export const rcpMissingGuard = rule({
  id: 'rcp-missing-guard',
  group: 'suspicious',
  kinds: ['rcp'],
  title: 'a perimeter that shuts out AWS services, or everybody else',
  documentation: {
    what: 'A `Deny` of a resource control policy with a negated condition on the organization or network of the caller and nothing about `aws:PrincipalIsAWSService`, or on the source of a service and nothing that keeps users and roles out of it.',
    why: 'A negated condition holds for requests without the key. AWS services that call as themselves have no organization and no network, and users and roles no source, so the `Deny` bites those, too.',
    spares:
      'Statements that demand the key, test `aws:PrincipalIsAWSService` or a service principal in any way, or hold only for requests of services.',
    bad: { file, text: policy('') },
    good: { file, text: policy(',\n        "BoolIfExists": { "aws:PrincipalIsAWSService": "false" }') },
    sources: [
      {
        title: 'AWS Organizations User Guide: Resource control policy examples',
        url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html',
      },
      globalConditionKeys,
      policyChecks,
    ],
  },
  check: {
    statement(statement, { report }) {
      if (statement.effect !== 'Deny' || statement.principal?.negated || tellsServices(statement)) return;
      const found = (keys: ReadonlySet<string>): Condition | undefined =>
        statement.conditions.find(
          (each) => each.operator.negated && holdsWithoutKey(each) && keys.has(factOf(each)?.name ?? ''),
        );
      const ofCaller = found(ABSENT_FOR_SERVICES);
      if (ofCaller && !demandsKey(statement, ofCaller)) report(servicesShutOut(ofCaller, statement));
      const ofService = found(ABSENT_FOR_PEOPLE);
      if (ofService && !demandsSource(statement)) report(peopleShutOut(ofService, statement));
    },
  },
});

function servicesShutOut(condition: Condition, statement: Statement): Finding {
  return {
    at: atKey(condition),
    message: 'the `Deny` shuts out AWS services that call as themselves',
    why: `their requests have no \`${condition.key.text}\`, and the negated condition holds without it`,
    next: 'add `"BoolIfExists": { "aws:PrincipalIsAWSService": "false" }`',
    fixes: [guard(statement, ['BoolIfExists', 'aws:PrincipalIsAWSService'], 'leave AWS services out of it')],
  };
}

function peopleShutOut(condition: Condition, statement: Statement): Finding {
  return {
    at: atKey(condition),
    message: 'the `Deny` shuts out users and roles',
    why: `their requests have no \`${condition.key.text}\`, and the negated condition holds without it`,
    next: 'add `"Null": { "aws:SourceAccount": "false" }`',
    fixes: [guard(statement, ['Null', 'aws:SourceAccount'], 'leave users and roles out of it')],
  };
}

function guard({ path }: Statement, steps: readonly string[], title: string) {
  return {
    title,
    safe: false,
    edits: [{ op: 'set', path: [...path, 'Condition', ...steps], value: 'false' }],
  } as const;
}

/** Whether the statement tells services from others. */
function tellsServices({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => /^aws:principal(?:isawsservice|servicename)/.test(key.lower));
}

/** Whether the statement holds only where a service calls for a resource. */
function demandsSource({ conditions }: Statement): boolean {
  return conditions.some((each) => ABSENT_FOR_PEOPLE.has(factOf(each)?.name ?? '') && holdsWithoutKey(each) === false);
}
