import fc from 'fast-check';
import type { AccessRequest, KeyDescription } from '../../../../simulator/access/request.ts';
import type { Grant } from '../../../../simulator/access/world.ts';
import type {
  Example,
  PlainLevel,
  PlainPolicy,
  PlainPrincipal,
  PlainStatement,
  PlainWorld,
} from '../reference/model.ts';
import { condition } from './conditions.ts';
import * as pool from './pool.ts';

/** A value that is often left out. */
function maybe<T>(arbitrary: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq });
}

/** Leaves members out that are undefined, as JSON does. */
function compact<T>(arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<T> {
  return arbitrary.map((value) => JSON.parse(JSON.stringify(value)) as T);
}

const principal: fc.Arbitrary<PlainPrincipal> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<PlainPrincipal>('*', { AWS: '*' }) },
  { weight: 4, arbitrary: fc.constant<PlainPrincipal>({ AWS: `arn:aws:iam::${pool.KEY_ACCOUNT}:root` }) },
  { weight: 5, arbitrary: fc.constantFrom(...pool.arns).map((AWS) => ({ AWS })) },
  {
    weight: 3,
    arbitrary: fc.record({ AWS: fc.subarray([...pool.arns], { minLength: 1 }), Service: fc.constant(pool.LOGS) }),
  },
  { weight: 1, arbitrary: fc.constant<PlainPrincipal>({ Service: pool.LOGS }) },
);

const actions = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<string>('kms:*', 'kms:Decrypt') },
  { weight: 2, arbitrary: fc.constantFrom<string>(...pool.actionPatterns) },
  { weight: 1, arbitrary: fc.subarray<string>([...pool.actionPatterns], { minLength: 1, maxLength: 3 }) },
);
const resources = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  { weight: 2, arbitrary: fc.constantFrom<string>(...pool.resourcePatterns) },
  { weight: 1, arbitrary: fc.subarray<string>([...pool.resourcePatterns], { minLength: 1, maxLength: 2 }) },
);
/** No variable in NotResource, where AWS does not say what one without a value does. */
const otherResources = fc.constantFrom<string>(...pool.resourcePatterns.filter((each) => !each.includes('${')));

const effect = fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Allow', 'Allow', 'Deny');

/** Rarely with the complement of an element, rarely without one at all. */
function statement(who: fc.Arbitrary<Partial<PlainStatement>>): fc.Arbitrary<PlainStatement> {
  const what = fc.oneof(
    { weight: 12, arbitrary: actions.map((Action): Partial<PlainStatement> => ({ Action })) },
    { weight: 1, arbitrary: actions.map((NotAction): Partial<PlainStatement> => ({ NotAction })) },
    { weight: 1, arbitrary: fc.constant<Partial<PlainStatement>>({}) },
  );
  const onWhat = fc.oneof(
    { weight: 16, arbitrary: resources.map((Resource): Partial<PlainStatement> => ({ Resource })) },
    { weight: 1, arbitrary: otherResources.map((NotResource): Partial<PlainStatement> => ({ NotResource })) },
    { weight: 1, arbitrary: fc.constant<Partial<PlainStatement>>({}) },
  );
  return fc.tuple(effect, who, what, onWhat, maybe(condition, 1)).map(([Effect, ...parts]) => {
    const block = parts[3];
    return { Effect, ...parts[0], ...parts[1], ...parts[2], ...(block ? { Condition: block } : {}) };
  });
}

const everybody = fc.oneof(
  { weight: 9, arbitrary: principal.map((Principal): Partial<PlainStatement> => ({ Principal })) },
  { weight: 1, arbitrary: principal.map((NotPrincipal): Partial<PlainStatement> => ({ NotPrincipal })) },
);
export const keyPolicyStatement = statement(everybody);
export const identityStatement = statement(fc.constant({}));
const resourceControlStatement = statement(fc.constant({ Principal: '*' as const })).map((found) => ({
  ...found,
  Effect: 'Deny' as const,
}));

function policy(statements: fc.Arbitrary<PlainStatement>, maxLength = 3): fc.Arbitrary<PlainPolicy> {
  return fc.record({
    Version: fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
    Statement: fc.array(statements, { minLength: 1, maxLength }),
  });
}

const FULL: PlainPolicy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const identityPolicy = fc.oneof(fc.constant(FULL), policy(identityStatement));
/** What filters mostly lets everything pass, so that the layers behind it come to bear. */
const mostlyFull = fc.oneof(
  { weight: 3, arbitrary: fc.constant(FULL) },
  { weight: 1, arbitrary: policy(identityStatement) },
);
const OPEN: PlainStatement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

function levels(policies: fc.Arbitrary<PlainPolicy>): fc.Arbitrary<readonly PlainLevel[]> {
  return fc
    .array(fc.array(policies, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
    .map((found) => found.map((each, index) => ({ target: `ou-ab12-0000000${index}`, policies: each })));
}

const pairs = fc.constantFrom({ app: 'orders' }, { App: 'orders' }, { app: 'orders', stage: 'live' }, { app: 'x' }, {});
const ownPairs = fc.constantFrom({ app: 'orders' }, { APP: 'orders' }, { app: 'orders', stage: 'live' });

const grant: fc.Arbitrary<Grant> = compact(
  fc
    .record({
      operations: fc.subarray([...pool.grantOperations], { minLength: 1 }),
      encryptionContextEquals: maybe(ownPairs, 1),
      encryptionContextSubset: maybe(ownPairs, 1),
      retiringPrincipal: maybe(fc.constantFrom(...pool.arns.filter((arn) => arn.startsWith('arn:')))),
      issuingAccount: fc.constantFrom(pool.KEY_ACCOUNT, pool.OTHER_ACCOUNT),
      grantee: fc.constantFrom(...pool.grantees),
    })
    // One constraint is enough, as in the API.
    .map(({ grantee, encryptionContextSubset: part, ...rest }) => ({
      name: 'worker',
      ...rest,
      ...(rest.encryptionContextEquals ? {} : { encryptionContextSubset: part }),
      ...grantee,
    })),
);

const ofKey = {
  keyPolicy: fc.option(policy(keyPolicyStatement, 4), { nil: undefined, freq: 12 }),
  grants: maybe(fc.array(grant, { minLength: 1, maxLength: 2 }), 1),
};
/** What stands on one key. */
export const policiesOfKey: fc.Arbitrary<Pick<PlainWorld, 'keyPolicy' | 'grants'>> = compact(fc.record(ofKey));

export const world: fc.Arbitrary<PlainWorld> = compact(
  fc.record({
    ...ofKey,
    identityPolicies: fc.option(fc.array(identityPolicy, { maxLength: 2 }), { nil: undefined, freq: 6 }),
    permissionsBoundary: maybe(identityPolicy, 1),
    sessionPolicies: maybe(fc.array(identityPolicy, { maxLength: 2 }), 1),
    serviceControlPolicies: maybe(levels(mostlyFull), 1),
    resourceControlPolicies: maybe(levels(policy(resourceControlStatement, 1)), 1),
    vpcEndpointPolicy: maybe(policy(fc.oneof(fc.constant(OPEN), keyPolicyStatement.map(withPrincipal))), 1),
  }),
);

/** Policies of endpoints know no NotPrincipal. */
function withPrincipal({ NotPrincipal: _, ...rest }: PlainStatement): PlainStatement {
  return { Principal: '*', ...rest };
}

export const key: fc.Arbitrary<KeyDescription> = compact(
  fc.record({
    partition: fc.constant('aws'),
    account: fc.constant(pool.KEY_ACCOUNT),
    region: fc.constant(pool.REGION),
    id: fc.option(fc.constantFrom(...pool.KEY_IDS), { nil: undefined, freq: 5 }),
    requestAlias: maybe(fc.constant('alias/orders'), 1),
    spec: maybe(fc.constantFrom('SYMMETRIC_DEFAULT', 'SYMMETRIC_DEFAULT', 'RSA_2048'), 4),
    multiRegion: maybe(fc.boolean(), 4),
    aliases: maybe(fc.constantFrom([], ['alias/orders'], ['alias/orders', 'alias/old']), 4),
    tags: maybe(fc.constantFrom({ team: 'red' }, { Team: 'blue' }, {}), 4),
    manager: maybe(fc.constantFrom('AWS', 'CUSTOMER'), 1),
  }),
);

const input = fc.record(
  {
    Operations: fc.constantFrom(['Decrypt'], ['Decrypt', 'GenerateDataKey']),
    GranteePrincipal: fc.constant(`arn:aws:iam::${pool.KEY_ACCOUNT}:user/Ana`),
    Constraints: fc.constantFrom(
      { EncryptionContextEquals: { app: 'orders' } },
      { EncryptionContextSubset: { app: 'orders', stage: 'live' } },
    ),
  },
  { requiredKeys: ['Operations'] },
);

const organization = { id: 'o-exampleorg1', path: 'o-exampleorg1/r-ab12/ou-ab12-11111111/' };

const stated = fc.record(
  {
    'aws:SourceIp': fc.constantFrom('10.0.0.9', '10.1.2.3', '192.0.2.7', '2001:db8::7'),
    'aws:CurrentTime': fc.constantFrom('2026-11-01T00:00:00Z', '2026-11-01T10:00:00Z', '2026-12-01T00:00:00Z'),
    'aws:MultiFactorAuthAge': fc.constantFrom('300', '10', '5000', null),
    'aws:MultiFactorAuthPresent': fc.constantFrom('true', 'false', null),
    'aws:SourceArn': fc.constant(`arn:aws:logs:${pool.REGION}:${pool.KEY_ACCOUNT}:log-group:orders`),
    'aws:principaltag/key': fc.constantFrom(...pool.KEY_IDS, '*'),
    'aws:userid': fc.constantFrom(pool.UNIQUE_IDS[0], `${pool.UNIQUE_IDS[1]}:one`),
  },
  { requiredKeys: ['aws:MultiFactorAuthAge', 'aws:MultiFactorAuthPresent'] },
);

const ACTIONS = [
  'DescribeKey',
  'GenerateDataKey',
  'ReEncryptFrom',
  'PutKeyPolicy',
  'RetireGrant',
  'CreateAlias',
  'ListKeys',
] as const;

export const request: fc.Arbitrary<AccessRequest> = fc
  .record({
    caller: fc.constantFrom(...pool.callers),
    action: fc.oneof(fc.constant('Decrypt'), fc.constant('CreateGrant'), fc.constantFrom<string>(...ACTIONS)),
    key,
    alias: maybe(fc.constantFrom(...pool.aliases), 1),
    region: fc.constant(pool.REGION),
    encryptionContext: maybe(pairs, 4),
    input: maybe(input, 3),
    via: maybe(fc.constant('s3'), 1),
    context: stated,
    principalOrganization: fc.constantFrom(undefined, null, organization, organization),
    principalTags: maybe(fc.constantFrom({ team: 'red' }, { team: '*' }, { Team: 'Ana' }, {}), 4),
  })
  .map((found) => realistic(JSON.parse(JSON.stringify(found)) as AccessRequest));

/** Only people's calls are forwarded, what a service sends has the service's own address, and neither it nor a root user has an id of this form. */
function realistic({ via, alias, ...rest }: AccessRequest): AccessRequest {
  const isService = rest.caller.type === 'service';
  const hasId = !isService && rest.caller.type !== 'root';
  const { 'aws:SourceArn': source = null, 'aws:userid': userId = null, ...context } = rest.context ?? {};
  return {
    ...rest,
    ...targetOf(rest, alias),
    ...(rest.action !== 'CreateGrant' ? { input: {} } : {}),
    ...(via !== undefined && !isService ? { via } : {}),
    context: {
      ...context,
      ...(hasId && userId !== null ? { 'aws:userid': userId } : {}),
      ...(isService ? (source === null ? {} : { 'aws:SourceArn': source }) : { 'aws:SourceArn': null }),
      ...(via !== undefined || isService ? { 'aws:SourceVpce': null, 'aws:SourceIp': '10.0.0.9' } : {}),
    },
  };
}

/** CreateAlias needs the permission on the alias and on the key: each is a request. */
function targetOf({ action, key: asked }: AccessRequest, alias: AccessRequest['alias']): Partial<AccessRequest> {
  if (action === 'CreateAlias' && alias) return { key: undefined, alias };
  return { key: action === 'ListKeys' ? undefined : asked };
}

export const example: fc.Arbitrary<Example> = fc
  .record({ request, world })
  .map(({ request: asked, world: policies }) => {
    const direct = asked.via === undefined && asked.caller.type !== 'service';
    const { vpcEndpointPolicy, ...others } = policies;
    if (!vpcEndpointPolicy || !direct) return { request: asked, world: others };
    const { 'aws:SourceIp': _, ...context } = asked.context ?? {};
    return { request: { ...asked, vpcEndpoint: 'vpce-0a1b2c3d', context }, world: policies };
  });
