import { grantOperationNames } from '../../facts/grant-operations.ts';
import { keySpecNames, keyUsages } from '../../facts/key-specs.ts';
import { keyStates } from '../../facts/key-states.ts';
import { connectionErrors, externalKeyStatuses, keyStoreTypes } from '../../facts/key-stores.ts';
import { origins } from '../../facts/origins.ts';
import { quotaNames } from '../../facts/quotas.ts';
import { partitions } from '../../facts/regions.ts';
import {
  boolean,
  choice,
  list,
  type Member,
  map,
  means,
  member,
  name,
  object,
  policy,
  required,
  text,
  usually,
} from '../shape.ts';
import * as texts from './texts.ts';

/** The members of a scenario that describe its world, before any step is taken. */

const regionNames = partitions.flatMap(({ regions }) => regions.map((region) => region.name));
const region = means('region', usually(regionNames, texts.region));
const account = means('account', text(texts.account));
const tags = map(text());

const principal = object('a principal', {
  arn: required(
    means('principal-arn', text(texts.principalArn)),
    'The ARN of a user or a role. A step that a role takes is taken by a session of it.',
  ),
  policies: member(
    list(policy('iam-policy')),
    'Its identity policies: paths from the folder of this file, or policies themselves. Left out: it has none.',
  ),
  permissionsBoundary: member(policy('iam-policy'), 'The policy that limits what its identity policies can allow.'),
  sessionPolicies: member(
    list(policy('iam-policy')),
    'For a role: the policies that were passed when the session was made. They limit, and one of them has to allow.',
  ),
  sessionName: member(text(texts.sessionName), 'For a role: the name of the session, `session` if left out.'),
  tags: member(tags, 'Its tags, which conditions see as `aws:PrincipalTag/…`.'),
  mfa: member(
    boolean,
    'Whether it signed in with a second factor (`aws:MultiFactorAuthPresent`). Left out: not known.',
  ),
  accessKeyId: member(
    text(texts.accessKeyId),
    'Calls that are signed with this access key are calls of this principal. Never a real one.',
  ),
  secretAccessKey: member(
    text(texts.secretAccessKey),
    'The secret of the access key. With it signatures are verified. Never a real one.',
  ),
});

const organization = object('an organization', {
  id: required(text(texts.organizationId), 'The ID of the organization (`aws:PrincipalOrgID`, `aws:ResourceOrgID`).'),
  managementAccount: member(
    account,
    'The account that manages it. Neither service control nor resource control policies bind it.',
  ),
  accounts: member(
    map(
      object('an account', {
        path: required(text(texts.organizationPath), 'Its parents from the root down: `r-ab12/ou-ab12-11111111`.'),
      }),
      { names: texts.account, means: 'account' },
    ),
    'Where its accounts stand. An account that is not listed is in no organization.',
  ),
  targets: member(
    map(
      object('a target', {
        scps: member(list(policy('scp')), 'The service control policies that are attached here.'),
        rcps: member(list(policy('rcp')), 'The resource control policies that are attached here.'),
        fullAwsAccess: member(
          boolean,
          '`false` where `FullAWSAccess` was detached, so that the service control policies here have to allow themselves.',
        ),
      }),
      { names: texts.organizationTarget },
    ),
    'What is attached to the root, to organizational units and to accounts, by their IDs.',
  ),
});

const errors = ['none', ...connectionErrors.map((error) => error.name)];

/** How what stands behind a key store does: as the world begins, and as steps change it. */
export const backendState = {
  error: member(
    means('connection-error', choice(errors)),
    'What is wrong with it, as the ConnectionErrorCode that KMS gives for it; `none` where all is well.',
  ),
  hsms: member(
    { type: 'number', least: 0, most: 28, whole: true },
    'Of a CloudHSM cluster: how many active HSMs it has, each in another Availability Zone. CreateKey needs two, all else one.',
  ),
  externalKeys: member(
    map(choice(externalKeyStatuses), { names: texts.externalKey }),
    'Of an external key store: the keys of the key manager, by their IDs.',
  ),
};

const keyStore = object('a custom key store', {
  type: member(
    choice(keyStoreTypes),
    'What stands behind it: a CloudHSM cluster, or a key manager outside of AWS and its proxy. `AWS_CLOUDHSM` if left out.',
  ),
  account: member(account, 'The account that owns it. Left out: the account of the file.'),
  region: member(region, 'Its Region. Left out: the Region of the file.'),
  id: member(text(texts.keyStoreId), 'Its ID. Left out: one made from the name, the same every time.'),
  cluster: member(
    text(texts.cluster),
    'The ID of its CloudHSM cluster. Left out: one made from the name, the same every time.',
  ),
  endpoint: member(
    text(texts.proxyEndpoint),
    'The endpoint of its external key store proxy. Left out: one made from the name, the same every time.',
  ),
  path: member(text(texts.proxyPath), 'The path of its external key store proxy, `/kms/xks/v1` if left out.'),
  state: member(choice(['CONNECTED', 'DISCONNECTED']), 'Whether it is connected at first, `CONNECTED` if left out.'),
  created: member(
    boolean,
    '`false` where only the cluster, or the proxy, is there at first: a step makes the key store with CreateCustomKeyStore.',
  ),
  ...backendState,
});

const key = object('a key', {
  policy: member(
    policy('key-policy'),
    'Its key policy: a path from the folder of this file, or the policy itself. Left out: the one that CreateKey gives.',
  ),
  account: member(account, 'The account that owns it. Left out: the account of the file.'),
  region: member(region, 'Its Region. Left out: the Region of the file.'),
  id: member(text(texts.keyId), 'Its key ID. Left out: one made from the name, the same every time.'),
  spec: member(means('key-value', choice(keySpecNames)), 'Its key spec, `SYMMETRIC_DEFAULT` if left out.'),
  usage: member(
    means('key-value', choice(keyUsages.map((usage) => usage.name))),
    'What it is for. Left out: the only usage that its spec has, or the first.',
  ),
  origin: member(
    means('key-value', choice(origins.map((origin) => origin.name))),
    'Where its material comes from, `AWS_KMS` if left out.',
  ),
  multiRegion: member(boolean, 'Whether it is a multi-Region key. `replicas` make it one.'),
  replicas: member(
    list(region),
    'The Regions of its replicas. A step names one by its ARN, a call also by the name of the key and `region`. They start out with the policy of this key.',
  ),
  state: member(
    means('key-state', choice(keyStates.map((state) => state.name))),
    'The state it starts in, `Enabled` if left out.',
  ),
  aliases: member(list(text(texts.alias)), 'Its aliases, each with its `alias/`.'),
  tags: member(tags, 'Its tags, which conditions see as `aws:ResourceTag/…`.'),
  rotation: member(
    object('a rotation', {
      enabled: required(boolean, 'Whether its material is rotated by itself.'),
      periodInDays: member({ type: 'number', least: 90, most: 2560, whole: true }, 'How often, 365 if left out.'),
    }),
    'Its automatic rotation. Left out: off.',
  ),
  customKeyStore: member(name('key-store'), 'The custom key store that it is in. Left out: KMS keeps it itself.'),
  externalKey: member(
    text(texts.externalKey),
    'In an external key store: the ID of its external key. Left out: the name of the key, as far as it can be one.',
  ),
});

const context = means('encryption-context', map(text()));
const servicePrincipal = means('service-principal', text(texts.service));

const grant = object('a grant', {
  key: required(name('key'), 'The key that it is on.'),
  GranteePrincipal: member(name('principal'), 'Who gets it, by name, by ARN, or as `root:` and an account.'),
  GranteeServicePrincipal: member(servicePrincipal, 'The AWS service that gets it, in place of a principal.'),
  RetiringPrincipal: member(name('principal'), 'Who may retire it.'),
  RetiringServicePrincipal: member(servicePrincipal, 'The AWS service that may retire it.'),
  Operations: required(list(means('grant-operation', choice(grantOperationNames))), 'What it allows.'),
  Constraints: member(
    object('constraints', {
      EncryptionContextSubset: member(
        context,
        'The encryption context of the request must contain all of these pairs.',
      ),
      EncryptionContextEquals: member(context, 'The encryption context of the request must be exactly this.'),
      SourceArn: member(means('arn', text()), 'The resource for which a service calls.'),
    }),
    'What requests must satisfy for it to count.',
  ),
  createdBy: member(name('principal'), 'Who created it. Left out: the account of the key.'),
});

export const worldMembers: Readonly<Record<string, Member>> = {
  $schema: member(text(), 'The JSON schema of the file, for editors that need to be told.'),
  description: member(text(), 'What this world shows.'),
  account: member(account, 'The account of what names no other, 111122223333 if left out.'),
  region: member(region, 'The Region of what names no other, `us-east-1` if left out.'),
  partition: member(choice(partitions.map((each) => each.name)), 'The partition, `aws` if left out.'),
  now: member(
    text(texts.time),
    'When the first step is taken. Left out: 2026-01-15T09:00:00Z, so that every run gives the same.',
  ),
  principals: member(map(principal, { defines: 'principal' }), 'Who calls, by names of yours.'),
  organization: member(organization, 'The organization of the accounts. Left out: they are in none.'),
  customKeyStores: member(
    map(keyStore, { defines: 'key-store' }),
    'Custom key stores with what stands behind them, by names of yours, which are also the names that KMS knows.',
  ),
  keys: member(
    map(key, { defines: 'key' }),
    'The keys, by names of yours. They are taken as they are; nothing checks whether KMS would have made them.',
  ),
  grants: member(map(grant, { defines: 'grant' }), 'The grants on the keys, by names of yours.'),
  vpcEndpoints: member(
    map(
      object('a VPC endpoint', {
        policy: member(policy('vpce-policy'), 'Its endpoint policy. Left out: it lets everything pass.'),
      }),
      { names: texts.vpcEndpointId, defines: 'vpc-endpoint' },
    ),
    'The VPC endpoints that steps go through, by ID.',
  ),
  grantConsistencyDelay: member(
    text(texts.duration),
    'How long a new grant works with its token only, and a retired or revoked one goes on working: `PT30S`. Left out: both are known everywhere at once.',
  ),
  quotas: member(
    means('quota', map({ type: 'number', least: 0, whole: true }, { known: quotaNames })),
    'Request quotas per second that differ from the defaults of AWS, for loads. Calls are throttled by these alone.',
  ),
};
