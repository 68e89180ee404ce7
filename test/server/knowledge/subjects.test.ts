import { describe, expect, test } from 'vitest';
import { languageIds } from '../../../server/documents/kinds.ts';
import { loadKnowledge } from '../../../server/knowledge/index.ts';
import type { Subject, SubjectFamily } from '../../../server/knowledge/topic.ts';
import '../../../server/step-kinds.ts';
import { actionNames } from '../../../simulator/facts/actions.ts';
import { conditionKeys } from '../../../simulator/facts/condition-keys.ts';
import { policyElements } from '../../../simulator/facts/elements.ts';
import { apiErrors } from '../../../simulator/facts/errors.ts';
import { keySpecNames, keyUsages } from '../../../simulator/facts/key-specs.ts';
import { keyStates } from '../../../simulator/facts/key-states.ts';
import { conditionOperators, setOperators } from '../../../simulator/facts/operators.ts';
import { origins } from '../../../simulator/facts/origins.ts';
import { requestQuotas } from '../../../simulator/facts/quotas.ts';
import { serviceContextKeys } from '../../../simulator/facts/service-contexts.ts';
import { servicePrincipals } from '../../../simulator/facts/service-principals.ts';
import { viaServices } from '../../../simulator/facts/via-services.ts';
import { scenarioShape } from '../../../simulator/scenario/format/scenario.ts';
import type { Shape } from '../../../simulator/scenario/shape.ts';

const knowledge = await loadKnowledge();
const { topics } = knowledge;
const topicsAbout = (subject: Subject) => knowledge.topicsAbout(subject);

const namesOf = (facts: readonly { readonly name: string }[]): string[] => facts.map(({ name }) => name);

/** Every name that a family of subjects can have. Those of grants are the members of CreateGrant's request. */
const real: Readonly<Record<SubjectFamily, readonly string[]>> = {
  action: ['*', ...actionNames],
  element: namesOf(policyElements),
  effect: ['Allow', 'Deny'],
  principal: ['account', 'everyone', 'user', 'role', 'assumed-role', 'federated-user', 'service'],
  resource: ['everything', 'key', 'alias'],
  operator: [...namesOf(conditionOperators), ...namesOf(setOperators), 'IfExists'],
  'condition-key': namesOf(conditionKeys).map((name) => name.replace(/\$\{.*$/, '')),
  service: [
    ...viaServices.map(({ service }) => service),
    ...serviceContextKeys.map(({ service }) => service),
    ...namesOf(servicePrincipals).map((name) => name.replace(/\..*$/, '')),
  ],
  grant: [
    'Constraints',
    'EncryptionContextEquals',
    'EncryptionContextSubset',
    'GranteePrincipal',
    'GranteeServicePrincipal',
    'GrantTokens',
    'KeyId',
    'Name',
    'Operations',
    'RetiringPrincipal',
    'RetiringServicePrincipal',
    'SourceArn',
  ],
  'key-spec': keySpecNames,
  'key-usage': namesOf(keyUsages),
  origin: namesOf(origins),
  error: namesOf(apiErrors),
  'key-state': namesOf(keyStates),
  quota: requestQuotas.map(({ group }) => group),
  scenario: [...membersOf(scenarioShape)],
  document: Object.values(languageIds).filter((kind) => kind !== 'scenario'),
};

/** The names that members have in a shape and everything within it. */
function membersOf(shape: Shape, seen = new Set<Shape>()): Set<string> {
  if (seen.has(shape)) return new Set();
  seen.add(shape);
  const inner: readonly Shape[] =
    shape.type === 'object'
      ? Object.values(shape.members).map((member) => member.shape)
      : shape.type === 'variants'
        ? Object.values(shape.variants)
        : shape.type === 'list' || shape.type === 'map'
          ? [shape.of]
          : shape.type === 'either'
            ? shape.of
            : [];
  const own = shape.type === 'object' ? Object.keys(shape.members) : [];
  return new Set([...own, ...inner.flatMap((each) => [...membersOf(each, seen)])]);
}

const subjects = [...new Set(topics.flatMap((topic) => topic.subjects))];

test('subjects are well-formed, of a known family', () => {
  for (const subject of subjects) expect(subject).toMatch(new RegExp(`^(${Object.keys(real).join('|')}):\\S+$`));
});

test.each(Object.entries(real))('subjects of the family `%s` are what documents can have', (family, names) => {
  const used = subjects.filter((each) => each.startsWith(`${family}:`)).map((each) => each.slice(family.length + 1));
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((name) => !names.includes(name))).toEqual([]);
});

describe('what a hover has to show', () => {
  test('is at most three topics about a subject', () => {
    const crowded = subjects.filter((subject) => topicsAbout(subject).length > 3);
    expect(crowded).toEqual([]);
  });

  test('includes each topic: it is one of the two closest to something', () => {
    const shown = new Set(subjects.flatMap((subject) => topicsAbout(subject).slice(0, 2)));
    expect(topics.filter((topic) => !shown.has(topic)).map(({ id }) => id)).toEqual([]);
  });

  test('is nothing where there is nothing to learn', () => {
    expect(topicsAbout('element:Sid')).toEqual([]);
    expect(topicsAbout('action:Decypt')).toEqual([]);
  });

  test('reaches everything that exams ask about', () => {
    const asked: readonly Subject[] = [
      ...Object.values(real.origin).map((name) => `origin:${name}` as const),
      ...Object.values(real['key-spec']).map((name) => `key-spec:${name}` as const),
      ...Object.values(real['key-usage']).map((name) => `key-usage:${name}` as const),
      ...real.document.map((name) => `document:${name}` as const),
      ...['s3', 'ec2', 'rds', 'lambda', 'secretsmanager', 'dynamodb'].map((name) => `service:${name}` as const),
    ];
    expect(asked.length).toBeGreaterThan(35);
    expect(asked.filter((subject) => topicsAbout(subject).length === 0)).toEqual([]);
  });
});

test.each<[Subject, string[]]>([
  ['action:GenerateDataKey', ['envelope-encryption', 'envelope-steps']],
  ['action:Decrypt', ['encryption-context', 'key-policy-and-iam']],
  ['action:EnableKeyRotation', ['rotation-scope', 'rotation-period']],
  ['action:ReEncryptFrom', ['reencrypt', 'reencrypt-after-compromise']],
  ['action:CreateGrant', ['grants-do-not-expire', 'why-grants']],
  ['action:ScheduleKeyDeletion', ['deletion-window', 'deletion-cancelled']],
  ['condition-key:kms:EncryptionContext:', ['context-separates', 'context-enforced']],
  ['resource:alias', ['alias-rules', 'iam-policies-add']],
  ['service:s3', ['s3-sse-kms', 's3-throttling']],
  ['principal:account', ['default-key-policy']],
])('closest to %s are %j', (subject, closest) => {
  const found = topicsAbout(subject).map(({ id }) => id);
  expect(found.slice(0, 2)).toEqual(closest);
});
