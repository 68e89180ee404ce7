import { StepProblem } from '../kms/steps/values.ts';
import type { Errand, SealedKey } from './errand.ts';
import type { Acts, Done } from './operations.ts';
import { MINUTE, Remembered } from './remembered.ts';
import { sealedResponse } from './sealed.ts';
import { Shelf } from './shelf.ts';

/** An object with the data key that it is encrypted under: its own, or with a Bucket Key that of the bucket. */
interface Stored {
  readonly key: SealedKey;
  readonly isBucketKey: boolean;
}

interface Encryption {
  readonly key: string;
  readonly bucketKey: boolean;
  readonly dsse: boolean;
}

interface Bucket {
  readonly region: string;
  /** Of objects whose request says nothing. */
  encryption?: Encryption;
  readonly objects: Map<string, Stored>;
  readonly uploads: Map<string, Stored>;
  /** Bucket-level keys in use, by whose they are and the KMS key. */
  readonly bucketKeys: Map<string, { readonly key: SealedKey; readonly until: number }>;
  readonly remembered: Remembered;
}

const buckets = new Shelf<Bucket>('bucket');

/** AWS says only that it is a limited time. */
const BUCKET_KEY_LASTS = 5 * MINUTE;

export const s3: Acts<'s3'> = {
  PutBucketEncryption(errand) {
    bucketOf(errand).encryption = asked(errand);
    return { because: 'KMS is asked once there is an object' };
  },

  async PutObject(errand) {
    const stored = await newDataKey(errand);
    bucketOf(errand).objects.set(objectIn(errand), stored);
    return done(errand, stored);
  },

  async GetObject(errand) {
    return read(errand, stored(errand, errand.text('bucket'), objectIn(errand)));
  },

  async CopyObject(errand) {
    await read(errand, sourceOf(errand));
    const copy = await newDataKey(errand);
    bucketOf(errand).objects.set(objectIn(errand), copy);
    return done(errand, copy);
  },

  async CreateMultipartUpload(errand) {
    const upload = await newDataKey(errand);
    bucketOf(errand).uploads.set(objectIn(errand), upload);
    return done(errand, upload);
  },

  UploadPart: (errand) => read(errand, uploadOf(errand)),

  async CompleteMultipartUpload(errand) {
    const upload = uploadOf(errand);
    const result = await read(errand, upload);
    const { objects, uploads } = bucketOf(errand);
    objects.set(objectIn(errand), upload);
    uploads.delete(objectIn(errand));
    return result;
  },
};

const objectIn = (errand: Errand): string => (errand.has('object') ? errand.text('object') : 'object');

function bucketOf(errand: Errand, name = errand.text('bucket')): Bucket {
  const all = errand.on(buckets);
  const bucket = all.get(name) ?? {
    region: errand.place.region,
    objects: new Map(),
    uploads: new Map(),
    bucketKeys: new Map(),
    remembered: new Remembered(),
  };
  all.set(name, bucket);
  return bucket;
}

/** @param usual the key of the bucket, where the step names none */
function asked(errand: Errand, usual?: string): Encryption {
  const [bucketKey, dsse] = [errand.has('bucketKey'), errand.has('dsse')];
  if (bucketKey && dsse) throw new StepProblem('S3 has no Bucket Keys for DSSE-KMS: remove `bucketKey` or `dsse`');
  return { key: !errand.has('key') && usual !== undefined ? usual : errand.key, bucketKey, dsse };
}

/** The data key that an object is written under. */
async function newDataKey(errand: Errand): Promise<Stored> {
  const { partition } = errand.place;
  const bucketArn = `arn:${partition}:s3:::${errand.text('bucket')}`;
  const { bucketKeys, remembered, encryption, region } = bucketOf(errand);
  const isSaid = errand.has('key') || errand.has('dsse') || errand.entry.bucketKey !== undefined;
  const { key: id, bucketKey } = !isSaid && encryption ? encryption : asked(errand, encryption?.key);
  if (!bucketKey) {
    const context = { 'aws:s3:arn': `${bucketArn}/${objectIn(errand)}` };
    return { key: await errand.seal(errand.asCaller, id, context, region), isBucketKey: false };
  }
  const whose = `${errand.as} ${id}`;
  const known = bucketKeys.get(whose);
  if (known && errand.now < known.until) return { key: known.key, isBucketKey: true };
  const key = await errand.seal(errand.asCaller, id, { 'aws:s3:arn': bucketArn }, region);
  const until = errand.now + BUCKET_KEY_LASTS;
  bucketKeys.set(whose, { key, until });
  remembered.keep(errand.as, idOf(key), until);
  return { key, isBucketKey: true };
}

/** Decrypts the data key of an object, unless it is a bucket-level key that the caller has got lately. */
async function read(errand: Errand, object: Stored): Promise<Done> {
  const { key, isBucketKey } = object;
  const { remembered } = bucketOf(errand);
  if (isBucketKey && remembered.has(errand.as, idOf(key), errand.now)) return done(errand, object);
  await errand.open(errand.asCaller, key);
  if (isBucketKey) remembered.keep(errand.as, idOf(key), errand.now + BUCKET_KEY_LASTS);
  return done(errand, object);
}

function stored(errand: Errand, bucket: string, object: string): Stored {
  const found = bucketOf(errand, bucket).objects.get(object);
  if (!found)
    throw new StepProblem(`there is no object \`${object}\` in \`${bucket}\`: let an earlier step put it there`);
  return found;
}

/** `object`, or `bucket/object` as in `x-amz-copy-source`. */
function sourceOf(errand: Errand): Stored {
  const source = errand.text('source');
  const [bucket = '', ...rest] = source.split('/');
  const isElsewhere = rest.length > 0 && errand.on(buckets).get(bucket)?.objects.has(rest.join('/'));
  return isElsewhere ? stored(errand, bucket, rest.join('/')) : stored(errand, errand.text('bucket'), source);
}

function uploadOf(errand: Errand): Stored {
  const [bucket, object] = [errand.text('bucket'), objectIn(errand)];
  const upload = bucketOf(errand).uploads.get(object);
  if (!upload)
    throw new StepProblem(
      `no upload of \`${object}\` to \`${bucket}\` has begun: take \`CreateMultipartUpload\` first`,
    );
  return upload;
}

const idOf = ({ ciphertext }: SealedKey): string => Buffer.from(ciphertext).toString('base64');

function done({ made }: Errand, { key, isBucketKey }: Stored): Done {
  const reused = 'the Bucket Key is still there, so that S3 need not call KMS, and nobody looks at the key policy';
  return {
    ...(isBucketKey && made.length === 0 ? { because: reused } : {}),
    response: sealedResponse(key),
  };
}
