// @cloud-copilot/iam-simulate, by its published entry and by the core below it with everything loaded before.
// It is AGPL: this folder alone installs it, and nothing else imports it.

import { loadPolicy } from '@cloud-copilot/iam-policy';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { ACCOUNT, cases, identityPolicies, KEY, keyPolicy, serviceControlPolicy } from './policies.mjs';

const inside = (path) => new URL(`node_modules/@cloud-copilot/iam-simulate/dist/esm/${path}`, import.meta.url).href;
const { authorize } = await import(inside('core_engine/CoreSimulatorEngine.js'));
const { AwsRequestImpl } = await import(inside('request/request.js'));
const { RequestContextImpl } = await import(inside('requestContext.js'));
const { DiscoveryContextKeyConstraints } = await import(inside('context_keys/discoveryContextKeyConstraints.js'));

const sessionOf = (principal) =>
  principal.replace(/^arn:aws:iam::(\d+):role\/(.*)$/, 'arn:aws:sts::$1:assumed-role/$2/session');

function requestOf({ principal, app }) {
  return {
    principal: sessionOf(principal),
    context: {
      'kms:EncryptionContext:app': app,
      'aws:PrincipalOrgID': 'o-exampleorg1',
      'aws:PrincipalArn': principal,
      'kms:CallerAccount': principal.split(':')[4],
    },
  };
}

function check(result, { allowed }) {
  if ((result === 'Allowed') !== allowed) throw new Error(`the peer says ${result}`);
}

/** Its entry: takes JSON, validates and loads the policies in each call. */
export function simulations(size) {
  const policies = {
    identityPolicies: identityPolicies.map((policy, index) => ({ name: `identity-${index}`, policy })),
    serviceControlPolicies: [{ orgIdentifier: 'r-ab12', policies: [{ name: 'scp', policy: serviceControlPolicy }] }],
    resourceControlPolicies: [],
    resourcePolicy: keyPolicy(size),
  };
  let turn = 0;
  return async () => {
    const asked = cases[turn++ % cases.length];
    const { principal, context } = requestOf(asked);
    const resource = { resource: KEY, accountId: ACCOUNT };
    const request = { principal, action: 'kms:Decrypt', resource, contextVariables: context };
    const found = await runSimulation({ request, ...policies }, {});
    check(found.overallResult, asked);
    return found;
  };
}

/** Its core, with the policies loaded once. */
export function preloaded(size) {
  const identity = identityPolicies.map((policy, index) => loadPolicy(policy, { name: `identity-${index}` }));
  const scp = [{ orgIdentifier: 'r-ab12', policies: [loadPolicy(serviceControlPolicy, { name: 'scp' })] }];
  const resourcePolicy = loadPolicy(keyPolicy(size), { name: 'key' });
  const simulationParameters = {
    simulationMode: 'Strict',
    discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints([]),
  };
  let turn = 0;
  return () => {
    const asked = cases[turn++ % cases.length];
    const { principal, context } = requestOf(asked);
    const resource = { resource: KEY, accountId: ACCOUNT };
    const found = authorize({
      request: new AwsRequestImpl(principal, resource, 'kms:Decrypt', new RequestContextImpl(context)),
      sessionPolicy: undefined,
      identityPolicies: identity,
      serviceControlPolicies: scp,
      resourceControlPolicies: [],
      resourcePolicy,
      permissionBoundaries: undefined,
      vpcEndpointPolicies: undefined,
      simulationParameters,
      serviceSettings: {},
    });
    check(found.result, asked);
    return found;
  };
}
