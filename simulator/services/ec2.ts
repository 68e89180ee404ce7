import type { Caller } from '../access/caller.ts';
import { StepProblem } from '../kms/steps/values.ts';
import { type Errand, type Hand, idOf, type SealedKey } from './errand.ts';
import type { Acts, Done } from './operations.ts';
import { sealedResponse } from './sealed.ts';
import { Shelf } from './shelf.ts';

/** The `aws:ebs:id` of a snapshot's data key is that of the volume that it was made of, until it is copied. */
interface Storage {
  readonly id: string;
  readonly key: SealedKey;
}

interface Volume extends Storage {
  /** The name of the instance whose host has the plaintext of the data key. */
  attached?: string;
  /** Whether the instance has stopped, and its host forgotten. */
  isStopped: boolean;
}

const volumes = new Shelf<Volume>('volume');
const snapshots = new Shelf<Storage>('snapshot');

export const ec2: Acts<'ec2'> = {
  CreateVolume: createVolume,

  async AttachVolume(errand): Promise<Done> {
    const volume = errand.need(volumes, 'volume');
    if (volume.attached !== undefined)
      throw new StepProblem(`\`${errand.text('volume')}\` is attached to \`${volume.attached}\`: detach it first`);
    return attach(errand, volume, errand.text('instance'));
  },

  DetachVolume(errand) {
    const volume = errand.need(volumes, 'volume');
    delete volume.attached;
    return { because: 'the host forgets the data key' };
  },

  async RunInstances(errand) {
    await createVolume(errand);
    return attach(errand, errand.need(volumes, 'volume'), errand.text('instance'));
  },

  StopInstances(errand) {
    for (const volume of attachedTo(errand)) volume.isStopped = true;
    return { because: 'the host forgets the data keys' };
  },

  async StartInstances(errand) {
    const instance = errand.text('instance');
    for (const volume of attachedTo(errand)) if (volume.isStopped) await attach(errand, volume, instance);
    return {};
  },

  CreateSnapshot(errand) {
    const { key } = errand.need(volumes, 'volume');
    const name = errand.text('snapshot');
    errand.on(snapshots).set(name, { id: idOf('snap-0', name, 16), key });
    return { because: 'the snapshot has the data key of its volume', response: sealedResponse(key) };
  },

  async CopySnapshot(errand) {
    const source = errand.find(snapshots, errand.text('source'));
    const name = errand.text('snapshot');
    const copy = await copied(errand, source, idOf('snap-0', name, 16));
    errand.on(snapshots).set(name, copy);
    return { response: sealedResponse(copy.key) };
  },

  use(errand) {
    const volume = errand.need(volumes, 'volume');
    if (volume.attached === undefined || volume.isStopped)
      throw new StepProblem(`\`${errand.text('volume')}\` is attached to no running instance: attach it first`);
    return {
      because: 'the data key is in the memory of the host, so that KMS is not called and the key need not be usable',
    };
  },
};

async function createVolume(errand: Errand): Promise<Done> {
  const name = errand.text('volume');
  const id = idOf('vol-0', name, 16);
  const { key } = errand.has('snapshot')
    ? await copied(errand, errand.need(snapshots, 'snapshot'), id)
    : { key: await newDataKey(errand, errand.key, id) };
  errand.on(volumes).set(name, { id, key, isStopped: false });
  return { response: sealedResponse(key) };
}

/** EBS asks for 64 bytes, of which it never sees the plaintext. */
async function newDataKey(errand: Errand, key: string, id: string): Promise<SealedKey> {
  const encryptionContext = { 'aws:ebs:id': id };
  const { region } = errand.place;
  const { CiphertextBlob, KeyId } = await errand.call(
    errand.asCaller,
    'GenerateDataKeyWithoutPlaintext',
    { KeyId: key, NumberOfBytes: 64, EncryptionContext: encryptionContext },
    region,
  );
  return { ciphertext: CiphertextBlob, encryptionContext, keyArn: KeyId, region };
}

/** What a snapshot holds, for a new id: with its data key under the same key, with a new one under another. */
async function copied(errand: Errand, source: Storage, id: string): Promise<Storage> {
  const { region } = errand.place;
  const old = source.key;
  const target = errand.has('key') ? await keyArnOf(errand, errand.key) : undefined;
  const isHere = errand.entry.region === undefined || errand.entry.region === old.region;
  if (isHere && (target === undefined || target === old.keyArn)) return { id, key: await rebound(errand, old, id) };
  // What it holds is read with the old data key and written with the new one, by somebody who gets grants for both.
  const worker = infrastructure(errand, id);
  const token = await grantDecrypt(errand, worker, old);
  const key = await newDataKey(errand, target ?? errand.key, id);
  const newToken = await grantDecrypt(errand, worker, key);
  await errand.open(worker, old, token);
  await errand.open(worker, key, newToken);
  return { id, key: { ...key, region } };
}

/** Also whether the caller may know of the key at all. */
async function keyArnOf(errand: Errand, key: string): Promise<string> {
  const { KeyMetadata } = await errand.call(errand.asCaller, 'DescribeKey', { KeyId: key });
  return String(Object(KeyMetadata)['Arn']);
}

/** The same data key, encrypted for another id. */
async function rebound(errand: Errand, old: SealedKey, id: string): Promise<SealedKey> {
  const encryptionContext = { 'aws:ebs:id': id };
  const { CiphertextBlob } = await errand.call(
    errand.asCaller,
    'ReEncrypt',
    {
      CiphertextBlob: old.ciphertext,
      SourceEncryptionContext: old.encryptionContext,
      SourceKeyId: old.keyArn,
      DestinationKeyId: old.keyArn,
      DestinationEncryptionContext: encryptionContext,
    },
    old.region,
  );
  return { ...old, ciphertext: CiphertextBlob, encryptionContext };
}

/** No instance has more. */
const MOST_VOLUMES = 128;

async function attach(errand: Errand, volume: Volume, instance: string): Promise<Done> {
  if (volume.attached === undefined && MOST_VOLUMES <= volumesOf(errand, instance).length)
    throw new StepProblem(`an instance has ${MOST_VOLUMES} volumes at most: attach it to another`);
  const role = infrastructure(errand, idOf('i-0', instance, 16));
  const token = await grantDecrypt(errand, role, volume.key);
  await errand.open(role, volume.key, token);
  volume.attached = instance;
  volume.isStopped = false;
  return { response: sealedResponse(volume.key) };
}

/** The session of the identity-only role that an instance has for its encrypted volumes. It has no policies. */
function infrastructure(errand: Errand, sessionName: string): Hand {
  const { partition, account } = errand.place;
  const roleName = 'aws:ec2-infrastructure';
  const caller: Caller = {
    type: 'role-session',
    partition,
    account,
    arn: `arn:${partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`,
    roleArn: `arn:${partition}:iam::${account}:role/${roleName}`,
    roleName,
    sessionName,
  };
  return errand.asPrincipal(caller);
}

async function grantDecrypt(errand: Errand, { shown }: Hand, key: SealedKey): Promise<string> {
  const { GrantToken } = await errand.call(
    errand.asCaller,
    'CreateGrant',
    {
      KeyId: key.keyArn,
      GranteePrincipal: shown,
      Operations: ['Decrypt'],
      Constraints: { EncryptionContextSubset: key.encryptionContext },
    },
    key.region,
  );
  return GrantToken;
}

const volumesOf = (errand: Errand, instance: string): Volume[] =>
  [...errand.on(volumes).values()].filter(({ attached }) => attached === instance);

function attachedTo(errand: Errand): Volume[] {
  const instance = errand.text('instance');
  const found = volumesOf(errand, instance);
  if (found.length === 0) throw new StepProblem(`no volume is attached to \`${instance}\`: attach one first`);
  return found;
}
