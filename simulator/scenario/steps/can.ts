import { decideOperation, type OperationDecision, type OperationRequest } from '../../access/operation.ts';
import { type CanEntry, type ExpectedVerdict, isCan } from '../file.ts';
import type { StepKind, StepRun } from '../step.ts';
import { namedParameters } from '../walk.ts';
import type { ScenarioCaller, ScenarioKey, ScenarioWorld } from '../world.ts';

/** An access check: is the call authorized? Nothing is executed. */
export const can: StepKind = {
  name: 'can',
  async run(entry, { world }) {
    if (!isCan(entry)) throw new TypeError('this is no access check');
    const gone = [entry.on, entry.to].find((text) => text !== undefined && !world.keyOf(text));
    if (gone !== undefined)
      return { outcome: 'error', problem: `\`${gone}\` is not there any more when this step is taken` };
    const ended = entry.grantTokens?.find((text) => !world.grantOf(text));
    if (ended !== undefined)
      return {
        outcome: 'error',
        problem: `\`${ended}\` is the token of no grant that is there when this step is taken`,
      };
    return judged(decideCan(entry, world), entry.expect);
  },
};

/** Decides the call of a step. Undefined where KMS has no such operation, which reading the file reports. */
export function decideCan(entry: CanEntry, world: ScenarioWorld): OperationDecision | undefined {
  const caller = world.callerOf(entry.as ?? 'root');
  const on = entry.on === undefined ? undefined : world.keyOf(entry.on);
  const to = destinationOf(entry, world, on?.key);
  return decideOperation(requestOf(entry, { world, caller, on: on?.description, key: on?.key, to: to?.description }), {
    on: world.worldFor(caller, on?.key, entry.vpce, entry.grantTokens),
    ...(to ? { to: world.worldFor(caller, to.key, entry.vpce, entry.grantTokens) } : {}),
  });
}

interface Asked {
  readonly world: ScenarioWorld;
  readonly caller: ScenarioCaller;
  readonly on: OperationRequest['on'];
  readonly key: ScenarioKey | undefined;
  readonly to: OperationRequest['to'];
}

/** The other key: the one that is named, or the replica in the Region that becomes the primary. */
function destinationOf(
  { to, input, can: operation }: CanEntry,
  world: ScenarioWorld,
  key: ScenarioKey | undefined,
): ReturnType<ScenarioWorld['keyOf']> {
  if (to !== undefined) return world.keyOf(to);
  const region = input?.['PrimaryRegion'];
  if (!/^(kms:)?UpdatePrimaryRegion$/i.test(operation) || typeof region !== 'string' || !key) return undefined;
  const replica = world.inRegion(key, region);
  return replica && { key: replica, description: replica.description };
}

function requestOf(entry: CanEntry, { world, caller, on, to }: Asked): OperationRequest {
  const { can: operation, via, vpce, context, input } = entry;
  const parameters = input && withoutNames(input, world);
  const source = pairsOf(input?.['SourceEncryptionContext']);
  const encryptionContext = entry.encryptionContext ?? pairsOf(input?.['EncryptionContext']) ?? source;
  // The step's own is for both keys of ReEncrypt; that of the source is for the source alone.
  const isForSource = source !== undefined && entry.encryptionContext === undefined;
  const toEncryptionContext = pairsOf(input?.['DestinationEncryptionContext']) ?? (isForSource ? {} : undefined);
  return {
    caller: caller.caller,
    operation,
    on,
    ...(to ? { to } : {}),
    region: on?.region ?? world.defaults.region,
    ...(encryptionContext ? { encryptionContext } : {}),
    ...(toEncryptionContext ? { toEncryptionContext } : {}),
    ...(parameters ? { input: parameters } : {}),
    ...(via === undefined ? {} : { via }),
    ...(vpce === undefined ? {} : { vpcEndpoint: vpce }),
    ...(context ? { context } : {}),
    ...world.knownOf(caller, (on ?? to)?.account),
    now: world.now,
  };
}

/** Parameters may name principals and keys as the file does; policies see ARNs. */
function withoutNames(input: Readonly<Record<string, unknown>>, world: ScenarioWorld): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const kind = typeof value === 'string' ? namedParameters[name] : undefined;
      if (kind === 'principal' && world.outline.names.find('principal', String(value)))
        return [name, world.arnOf(String(value))];
      return [name, value];
    }),
  );
}

function pairsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : [])),
  );
}

/** A verdict in the words of `expect`. */
export function verdictJson({ verdict, kind, by }: OperationDecision): ExpectedVerdict {
  return verdict === 'denied' ? { verdict, kind, by } : { verdict, by };
}

function judged(decision: OperationDecision | undefined, expected: CanEntry['expect']): StepRun {
  if (!decision) return { outcome: 'error', problem: 'AWS KMS has no such operation' };
  const { verdict, kind, by } = decision;
  const result = { actual: verdictJson(decision), decision };
  if (expected === undefined) return { outcome: 'info', ...result };
  const wanted = typeof expected === 'string' ? { verdict: expected } : expected;
  const fits =
    wanted.verdict === verdict &&
    (wanted.kind === undefined || (verdict === 'denied' && wanted.kind === kind)) &&
    (wanted.by === undefined || wanted.by === by);
  return { outcome: fits ? 'pass' : 'fail', expected, ...result };
}
