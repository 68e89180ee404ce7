import type { KeyChange, RecordedLoad, RecordedMoment } from '../../simulator/kms/steps/recording.ts';
import type { TrailEvent } from '../../simulator/trail/event.ts';
import type { TimelineKind, TimelineMark } from '../protocol.ts';

/** A mark as far as it says nothing of where it stands. */
export type BareMark = Omit<TimelineMark, 'moment' | 'step'>;

/** A mark with the key that it belongs to; undefined: to none. */
export interface KeyMark {
  readonly arn: string | undefined;
  readonly mark: BareMark;
}

interface Words {
  readonly kind: TimelineKind;
  readonly title: string;
}

/** What operations, and events of KMS itself, are to whoever follows a key. All others use it or ask about it. */
const WORDS: Readonly<Record<string, Words>> = {
  CreateKey: { kind: 'made', title: 'Key made' },
  ReplicateKey: { kind: 'made', title: 'Replica made' },
  EnableKey: { kind: 'state', title: 'Enabled' },
  DisableKey: { kind: 'state', title: 'Disabled' },
  UpdatePrimaryRegion: { kind: 'state', title: 'Another primary Region' },
  RotateKey: { kind: 'rotation', title: 'Rotated automatically' },
  RotateKeyOnDemand: { kind: 'rotation', title: 'Rotated on demand' },
  EnableKeyRotation: { kind: 'rotation', title: 'Automatic rotation on' },
  DisableKeyRotation: { kind: 'rotation', title: 'Automatic rotation off' },
  ImportKeyMaterial: { kind: 'material', title: 'Key material imported' },
  DeleteImportedKeyMaterial: { kind: 'material', title: 'Key material deleted' },
  DeleteExpiredKeyMaterial: { kind: 'material', title: 'Key material expired' },
  SynchronizeMultiRegionKey: { kind: 'material', title: 'Replicas synchronized' },
  PutKeyPolicy: { kind: 'policy', title: 'Key policy replaced' },
  CreateAlias: { kind: 'alias', title: 'Alias made' },
  UpdateAlias: { kind: 'alias', title: 'Alias moved' },
  DeleteAlias: { kind: 'alias', title: 'Alias deleted' },
  TagResource: { kind: 'tags', title: 'Tagged' },
  UntagResource: { kind: 'tags', title: 'Untagged' },
  UpdateKeyDescription: { kind: 'tags', title: 'Described anew' },
  CreateGrant: { kind: 'grant', title: 'Grant made' },
  RetireGrant: { kind: 'grant', title: 'Grant retired' },
  RevokeGrant: { kind: 'grant', title: 'Grant revoked' },
  ScheduleKeyDeletion: { kind: 'deletion', title: 'Deletion scheduled' },
  CancelKeyDeletion: { kind: 'deletion', title: 'Deletion cancelled' },
  DeleteKey: { kind: 'deletion', title: 'Deleted' },
};

/** What became otherwise about a key without an event of its own, as with a replica when its primary rotates. */
const CHANGES: Readonly<Record<string, Words>> = {
  'deletion date': { kind: 'deletion', title: 'Another deletion date' },
  'key material': { kind: 'rotation', title: 'Other key material' },
  rotation: { kind: 'rotation', title: 'Another rotation' },
  'multi-Region': { kind: 'state', title: 'Another primary Region' },
  policy: { kind: 'policy', title: 'Another key policy' },
  aliases: { kind: 'alias', title: 'Other aliases' },
  tags: { kind: 'tags', title: 'Other tags' },
  description: { kind: 'tags', title: 'Another description' },
  grants: { kind: 'grant', title: 'Other grants' },
};

/** Whatever happened in a moment, key by key. @param byOf who called */
export function marksOf(
  { changes, events, load, remedy }: RecordedMoment,
  byOf: (event: TrailEvent) => string,
): KeyMark[] {
  const marks: KeyMark[] = [];
  const rest = new Map<string, KeyChange[]>();
  for (const change of changes) rest.set(change.arn, [...(rest.get(change.arn) ?? []), change]);
  for (const event of tellingOnes(events)) {
    const keys = (event.resources ?? []).filter(({ type }) => type === 'AWS::KMS::Key').map(({ ARN }) => ARN);
    for (const arn of keys.length > 0 ? keys : [undefined]) {
      const own = (arn !== undefined && rest.get(arn)) || [];
      if (arn !== undefined) rest.delete(arn);
      marks.push({ arn, mark: { ...markOf(event, own, remedy), by: byOf(event) } });
    }
  }
  for (const [arn, own] of rest) marks.push({ arn, mark: { ...wordsFor(own), ...nothing, changes: shown(own) } });
  if (load) marks.push({ arn: load.on, mark: markOfLoad(load) });
  return marks;
}

const nothing = { by: '', detail: '', facts: [] } as const;

/** A call across accounts is recorded in both, and a rotation on demand as the call and as what KMS did. */
function tellingOnes(events: readonly TrailEvent[]): TrailEvent[] {
  const seen = new Set<string>();
  return events.filter(({ requestID, eventID, serviceEventDetails }) => {
    const id = requestID ?? eventID;
    if (seen.has(id) || serviceEventDetails?.['rotationType'] === 'ON_DEMAND') return false;
    seen.add(id);
    return true;
  });
}

function markOf(event: TrailEvent, changes: readonly KeyChange[], remedy: string | undefined): BareMark {
  const { eventName, errorCode, errorMessage } = event;
  const facts = factsOf(event);
  if (errorCode === 'DryRunOperationException')
    return { ...nothing, kind: 'calls', title: `${eventName}: a dry run that would go through`, changes: [], facts };
  if (errorCode !== undefined) {
    const kind = errorCode === 'ThrottlingException' ? 'throttling' : 'error';
    return {
      ...nothing,
      kind,
      title: `${eventName}: ${errorCode}`,
      detail: errorMessage ?? '',
      changes: shown(changes),
      facts: [...facts, ...(remedy ? [['what to do', remedy] as const] : [])],
    };
  }
  const known = Object.hasOwn(WORDS, eventName) ? WORDS[eventName] : undefined;
  const words = known ?? { kind: 'calls', title: eventName };
  // A grant that is asked for again under its name is the same one.
  const isSame = eventName === 'CreateGrant' && changes.length === 0;
  return { ...nothing, ...words, ...(isSame ? { title: 'The same grant again' } : {}), changes: shown(changes), facts };
}

/** Of what was asked for: that which tells one call from another. */
const PARAMETERS: Readonly<Record<string, string>> = {
  encryptionContext: 'encryption context',
  sourceEncryptionContext: 'encryption context',
  destinationEncryptionContext: 'new encryption context',
  name: 'name',
  grantId: 'grant',
  granteePrincipal: 'grantee',
  granteeServicePrincipal: 'grantee',
  retiringPrincipal: 'may retire it',
  retiringServicePrincipal: 'may retire it',
  operations: 'operations',
  constraints: 'constraints',
  pendingWindowInDays: 'waiting period in days',
  validTo: 'valid to',
  importType: 'import type',
  keySpec: 'key spec',
  signingAlgorithm: 'signing algorithm',
};

function factsOf({ requestParameters, awsRegion, resources }: TrailEvent): TimelineMark['facts'] {
  const asked = Object.entries(requestParameters ?? {}).flatMap(([name, value]) => {
    const what = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
    return what === undefined ? [] : [[what, inWords(value)] as const];
  });
  // A key has the Region in its ARN.
  return resources?.length ? asked : [...asked, ['Region', awsRegion]];
}

/** `tenant=blue`, `Decrypt, Encrypt`. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name}=${typeof each === 'object' ? JSON.stringify(each) : each}`)
    .join(', ');
}

function wordsFor(changes: readonly KeyChange[]): Words {
  const state = changes.find(({ what }) => what === 'state');
  if (state) {
    const isDeletion = state.after === undefined || /Deletion$/.test(state.after);
    return { kind: isDeletion ? 'deletion' : 'state', title: `${state.after ?? 'Gone'} now` };
  }
  const [first] = changes;
  return (first && CHANGES[first.what]) ?? { kind: 'state', title: 'Changed' };
}

function markOfLoad({ actual, reason, parts = [] }: RecordedLoad): BareMark {
  const facts = parts.flatMap((part) =>
    part.facts.map(([what, value]) => [parts.length > 1 ? `${part.title}: ${what}` : what, value] as const),
  );
  return {
    ...nothing,
    ...(actual.throttled
      ? { kind: 'throttling', title: 'Load throttled' }
      : { kind: 'calls', title: 'Load, of which nothing is throttled' }),
    detail: (reason ?? '').split('; ').map(sentence).join(' '),
    changes: [],
    facts,
  };
}

const sentence = (text: string): string => (text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);

/** A key that was deleted has nothing any more, which one word says. */
function shown(changes: readonly KeyChange[]): TimelineMark['changes'] {
  const state = changes.find(({ what }) => what === 'state');
  if (state && state.after === undefined) return [{ what: 'state', ...before(state.before), after: 'gone' }];
  return changes.map(({ what, before: old, after: now }) => {
    const words = what === 'key material' ? materialInWords : datesInWords;
    return { what, ...before(old && words(old)), ...(now === undefined ? {} : { after: words(now) }) };
  });
}

/** `2027-04-30 09:00:00`, as all times here. */
const datesInWords = (text: string): string => text.replaceAll(/(\d{4}-\d\d-\d\d)T([\d:]{8})Z/g, '$1 $2');

const before = (text: string | undefined) => (text === undefined ? {} : { before: text });

/** A key that rotates for years has a long list. */
function materialInWords(list: string): string {
  const pieces = list.split(', ');
  const gone = pieces.filter((piece) => piece.endsWith(' (gone)')).length;
  const newest = pieces.at(-1) ?? '';
  if (pieces.length === 1) return newest;
  return `${newest}, the newest of ${pieces.length}${gone > 0 ? `, ${gone} of them gone` : ''}`;
}
