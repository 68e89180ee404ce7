import { accountOf, type Caller, parseCaller } from '../../simulator/access/caller.ts';
import { decide, permissionOf } from '../../simulator/access/decide.ts';
import type { Assumption, Decision } from '../../simulator/access/decision.ts';
import { type AccessRequest, type KeyDescription, parseKeyArn } from '../../simulator/access/request.ts';
import type { Grant, World } from '../../simulator/access/world.ts';
import { actionNames, findAction } from '../../simulator/facts/actions.ts';
import { operationsOf } from '../../simulator/facts/operations.ts';
import { CompiledPolicy } from '../../simulator/policy/compile.ts';
import type { PolicyDocument } from '../../simulator/policy/document.ts';
import type { Organization } from '../../simulator/scenario/organization.ts';
import { nearest } from '../../simulator/text/nearest.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { SimulateRequest } from '../protocol.ts';

/** A what-if question about documents. */
export interface Question {
  readonly request: SimulateRequest;
  /** The key's policy; undefined where only identity policies are known. */
  readonly keyPolicy: SourceDocument | undefined;
  /** Undefined: unknown. An empty list: the caller has none. */
  readonly identityPolicies: readonly SourceDocument[] | undefined;
  readonly permissionsBoundary?: SourceDocument;
  /** The policies passed when the session was made. */
  readonly sessionPolicies?: readonly SourceDocument[];
  /** The policies laid over the accounts of the caller and the key. Left out: there are none. */
  readonly organization?: Organization;
  /** The policy of the VPC endpoint that the request comes through. Left out: it comes through none. */
  readonly vpcEndpointPolicy?: SourceDocument;
  /** The grants on the key. */
  readonly grants?: readonly Grant[];
  /** `aws:PrincipalTag/…`. Left out: not known. */
  readonly principalTags?: Readonly<Record<string, string>>;
  readonly defaults: {
    /** The account that owns the key; empty: the policy says. */
    readonly account: string;
    readonly region: string;
  };
  /** Milliseconds since 1970; undefined: what depends on the time is unknown. */
  readonly now?: number;
  /** What was chosen on the way to the question, for the list of what is taken for granted. */
  readonly taken?: readonly Assumption[];
  /** Request parameters, complete. */
  readonly input?: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly request: AccessRequest;
  /** What it was decided against. */
  readonly world: World;
  readonly decision: Decision;
}

/** What keeps a question from being asked, with what to do about it. */
export interface Misunderstanding {
  /** The part of the request that is wrong. */
  readonly about: 'principal' | 'action' | 'key' | 'key-account' | 'to-key';
  readonly problem: string;
}

/** Puts a question to the evaluator. The one way in for the editor and the command line. */
export function ask(question: Question): Answer | Misunderstanding {
  const action = permissionOf(question.request.action);
  if (action === undefined) return { about: 'action', problem: unknownAction(question.request.action) };
  const understood = understand(question);
  if ('problem' in understood) return understood;
  const { base, key, assumed } = understood;
  const request: AccessRequest = { ...base, action, key: hasKey(action) ? key : undefined };
  const world = worldOf(question, request);
  const decision = decide(request, world);
  return { request, world, decision: { ...decision, assumed: [...assumed, ...decision.assumed] } };
}

/** What a question is about, whichever permission it asks for. */
export interface Understood {
  readonly base: Omit<AccessRequest, 'action' | 'key' | 'alias' | 'newKey'>;
  readonly key: KeyDescription;
  readonly assumed: readonly Assumption[];
}

/** Reads everything but the action: who calls, on which key, with what. */
export function understand(question: Question): Understood | Misunderstanding {
  const { request, keyPolicy, defaults, input, now, principalTags, organization } = question;
  const assumed: Assumption[] = [...(question.taken ?? [])];
  const key = keyOf(request, keyPolicy?.policy?.policy, defaults, assumed);
  if ('problem' in key) return key;
  const answer = parseCaller(request.principal, { account: key.account, partition: key.partition });
  if ('problem' in answer) return { about: 'principal', problem: answer.problem };
  const { caller } = answer;
  const { encryptionContext, context, via } = request;
  const callerPlace = organization?.placeOf(accountOf(caller) ?? '');
  const keyPlace = organization?.placeOf(key.account);
  const base: Understood['base'] = {
    caller,
    region: request.region ?? key.region,
    ...(encryptionContext ? { encryptionContext } : {}),
    ...(context ? { context } : {}),
    ...(via ? { via } : {}),
    ...(input ? { input } : {}),
    ...(principalTags ? { principalTags } : {}),
    ...(callerPlace ? { principalOrganization: callerPlace } : {}),
    ...(keyPlace ? { resourceOrganization: keyPlace } : {}),
    ...(now === undefined ? {} : { now }),
  };
  return { base, key, assumed };
}

/** The policies and grants that a request is decided against. */
export function worldOf(question: Question, { caller, key }: Pick<AccessRequest, 'caller' | 'key'>): World {
  const { identityPolicies, sessionPolicies, organization, grants } = question;
  const boundary = compiled(question.permissionsBoundary);
  const endpoint = compiled(question.vpcEndpointPolicy);
  const serviceControl = organization?.serviceControl(accountOf(caller) ?? '');
  const resourceControl = key && organization?.resourceControl(key.account);
  return {
    keyPolicy: compiled(question.keyPolicy),
    identityPolicies: identityPolicies && compiledAll(identityPolicies),
    ...(boundary ? { permissionsBoundary: boundary } : {}),
    ...(sessionPolicies ? { sessionPolicies: compiledAll(sessionPolicies) } : {}),
    ...(serviceControl ? { serviceControlPolicies: serviceControl } : {}),
    ...(resourceControl ? { resourceControlPolicies: resourceControl } : {}),
    ...(endpoint ? { vpcEndpointPolicy: endpoint } : {}),
    ...(grants ? { grants } : {}),
  };
}

const cache = new WeakMap<SourceDocument, CompiledPolicy>();

/** The policy of a document, compiled once. */
export function compiled(source: SourceDocument | undefined): CompiledPolicy | undefined {
  const policy = source?.policy?.policy;
  if (!source || !policy) return undefined;
  let found = cache.get(source);
  if (!found) {
    found = new CompiledPolicy(policy, source.uri);
    cache.set(source, found);
  }
  return found;
}

const compiledAll = (sources: readonly SourceDocument[]): CompiledPolicy[] =>
  sources.flatMap((source) => compiled(source) ?? []);

/** The accounts that a policy's account principals name in Allow statements, each once, in the order of the text. */
export function accountPrincipalsOf(policy: PolicyDocument | undefined): string[] {
  const accounts = (policy?.statements ?? []).flatMap((statement) =>
    statement.effect === 'Deny' || statement.principal?.negated
      ? []
      : (statement.principal?.items ?? []).flatMap(({ pattern }) =>
          pattern.kind === 'account' ? [pattern.account] : [],
        ),
  );
  return [...new Set(accounts)];
}

/** The key that a request is about: the one it names, else one of the account that the request or the policy names. */
export function keyOf(
  request: Pick<SimulateRequest, 'key' | 'keyAccount' | 'region'>,
  policy: PolicyDocument | undefined,
  defaults: Question['defaults'],
  assumed: Assumption[],
): KeyDescription | Misunderstanding {
  if (request.key) {
    const key = parseKeyArn(request.key);
    if (key) return key;
    return {
      about: 'key',
      problem: `\`${request.key}\` is no key: write its ARN, \`arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\``,
    };
  }
  const region = request.region ?? defaults.region;
  const account = request.keyAccount ?? (defaults.account || undefined);
  if (account !== undefined) {
    if (!/^\d{12}$/.test(account))
      return { about: 'key-account', problem: `\`${account}\` is no account: write its 12 digits` };
    return ownKey(account, region, policy, assumed);
  }
  const [only, ...others] = accountPrincipalsOf(policy);
  if (only === undefined) {
    const problem =
      'the policy names no account as a principal, so the account that owns the key is not known: state it';
    return { about: 'key-account', problem };
  }
  if (others.length > 0) {
    const problem = `the policy names several accounts as principals (${[only, ...others].join(', ')}), so state which one owns the key`;
    return { about: 'key-account', problem };
  }
  assumed.push({
    id: 'key-account',
    text: `the key belongs to account ${only}, the one account that the policy names as a principal`,
  });
  return ownKey(only, region, policy, assumed);
}

/** A key of the account; its id where the policy's Resource names a single key of it. */
function ownKey(
  account: string,
  region: string,
  policy: PolicyDocument | undefined,
  assumed: Assumption[],
): KeyDescription {
  const named = new Set(
    (policy?.statements ?? []).flatMap((statement) =>
      statement.resource?.negated ? [] : (statement.resource?.items ?? []).map(({ text }) => text),
    ),
  );
  const keys = [...named].flatMap((text) => parseKeyArn(text) ?? []).filter((key) => key.account === account);
  const [key, ...others] = keys;
  if (key && others.length === 0) {
    assumed.push({
      id: 'key-id',
      text: `the key is ${[...named].find((text) => parseKeyArn(text)?.id === key.id)}, which the policy names as its Resource`,
    });
    return key;
  }
  return { partition: 'aws', account, region };
}

const hasKey = (action: string): boolean =>
  findAction(action)?.resources.includes('key') ?? operationsOf(action).length > 0;

function unknownAction(action: string): string {
  if (/^(kms:)?ReEncrypt$/i.test(action))
    return '`ReEncrypt` needs two permissions: ask about `kms:ReEncryptFrom` on the source key or `kms:ReEncryptTo` on the destination key';
  const name = nearest(action.replace(/^kms:/i, ''), actionNames);
  return `\`${action}\` is no action of AWS KMS; ${name ? `did you mean \`kms:${name}\`?` : 'write one such as `kms:Decrypt`'}`;
}

/** True of answers, false of misunderstandings. */
export function isAnswer(result: object): result is Answer {
  return 'decision' in result;
}

export type { Caller };
