import { parseCaller } from '../../simulator/access/caller.ts';
import { keyArn } from '../../simulator/access/request.ts';
import { valueOf } from '../../simulator/json/node.ts';
import { resolvePath } from '../../simulator/json/place.ts';
import type { ScenarioOutline } from '../../simulator/scenario/outline.ts';
import type { TrailEvent } from '../../simulator/trail/event.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { TrailRow, TrailView } from '../protocol.ts';
import type { KeptTrail, TrailEntry } from './trails.ts';

/**
 * The trail of a run as a table, with the names of the scenario.
 *
 * @param ran the scenario as it ran
 * @param isOld whether it says something else by now
 */
export function trailViewOf(ran: SourceDocument, { entries }: KeptTrail, name: string, isOld: boolean): TrailView {
  const names = new TrailNames(ran.scenario, entries);
  return {
    uri: ran.uri,
    title: trailTitle(name),
    isOld,
    rows: entries.map(({ step, event }) => ({
      time: trailTime(event.eventTime),
      event: event.eventName,
      ...names.principalOf(event),
      keys: (event.resources ?? []).map(({ ARN }) => names.resource(ARN)),
      account: event.recipientAccountId,
      region: event.awsRegion,
      ...(event.errorCode === undefined ? {} : { error: event.errorCode }),
      step: { index: step, name: ran.scenario?.steps[step]?.title ?? '' },
      record: event,
    })),
  };
}

/** `2026-11-01 09:00:00` of `2026-11-01T09:00:00Z`. */
export const trailTime = (iso: string): string => iso.replace('T', ' ').replace(/(\.\d+)?Z$/, '');

/** @param name the file's */
export const trailTitle = (name: string): string => `CloudTrail of ${shortName(name)}`;

/** Without its ending. */
export const shortName = (name: string): string => name.replace(/(\.kms-scenario)?\.jsonc?$/i, '');

/** What the scenario calls the principals and keys of events. */
export class TrailNames {
  private readonly principals = new Map<string, string>();
  private readonly keys = new Map<string, string>();

  constructor(outline: ScenarioOutline | undefined, entries: readonly TrailEntry[]) {
    if (!outline) return;
    const { definitions, declaredKeys } = outline.names;
    for (const { name, description } of declaredKeys) this.keys.set(keyArn(description), name);
    const saved = new Map<number, string>();
    for (const { kind, name, place } of definitions) {
      if (kind === 'saved') saved.set(Number(place.path[1]), name);
      if (kind !== 'principal') continue;
      const node = resolvePath(outline.root, place.path)?.node;
      const arn = node?.type === 'object' ? valueOf(node, 'arn') : undefined;
      if (arn?.type === 'string') this.principals.set(arn.value, name);
    }
    // A key that a step made goes by the name under which its response is saved.
    for (const { step, event } of entries) {
      const [made] = event.resources ?? [];
      const name = saved.get(step);
      if (event.eventName === 'CreateKey' && made && name !== undefined) this.keys.set(made.ARN, `$${name}`);
    }
  }

  principalOf({ userIdentity, eventType }: TrailEvent): Pick<TrailRow, 'principal' | 'arn'> {
    if (eventType === 'AwsServiceEvent') return { principal: '', arn: '' };
    const { type, arn, principalId, invokedBy } = userIdentity;
    if (type === 'AWSService') return { principal: String(invokedBy), arn: '' };
    // The owner of a key learns no more of a caller from another account.
    if (typeof arn !== 'string') return { principal: String(principalId ?? userIdentity.accountId ?? ''), arn: '' };
    const answer = parseCaller(arn);
    const caller = 'caller' in answer ? answer.caller : undefined;
    const role = caller?.type === 'role-session' ? issuerOf(userIdentity['sessionContext']) : undefined;
    const name = this.principals.get(role ?? arn) ?? this.principals.get(arn);
    if (name !== undefined) return { principal: name, arn };
    return caller?.type === 'root' ? { principal: 'root', arn } : { principal: arn, arn };
  }

  /** Of a key its name or id, of an alias its name. */
  resource(arn: string): string {
    return this.keys.get(arn) ?? arn.replace(/^.*?:(key\/|(?=alias\/))/, '');
  }
}

/** The role of a session. */
function issuerOf(context: unknown): string | undefined {
  const { sessionIssuer } = Object(context) as { readonly sessionIssuer?: { readonly arn?: unknown } };
  return typeof sessionIssuer?.arn === 'string' ? sessionIssuer.arn : undefined;
}
