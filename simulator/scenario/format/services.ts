import type { ServiceMember } from '../../facts/service-operations.ts';
import { boolean, type Member, means, member, name, text } from '../shape.ts';
import * as texts from './texts.ts';

/** The members of a step that are a service's own. Which operation has which is in the facts. */
/** Something that a service keeps, under a name that the steps of the file share. */
const resource = means('resource', text());

/** The members of a step that belong to services. Which operation has which is in the facts. */
export const serviceMembers: Readonly<Record<ServiceMember, Member>> = {
  key: member(
    name('key'),
    'The key that it encrypts under, by name, id, ARN, alias or alias ARN. Left out: the AWS managed key of the service, where it uses one by itself.',
  ),
  bucket: member(resource, 'The bucket. It belongs to no account here, and its policy is not looked at.'),
  object: member(resource, 'The object, by its key in the bucket. Left out: `object`.'),
  source: member(resource, 'What is copied: an object of the bucket or `bucket/object`, or a snapshot.'),
  bucketKey: member(boolean, 'Whether S3 uses a Bucket Key. Left out: it does not.'),
  dsse: member(
    boolean,
    'Whether the object is encrypted twice (DSSE-KMS): KMS is called as for SSE-KMS, and Bucket Keys are not used. Left out: once.',
  ),
  volume: member(resource, 'The volume, by a name or as `vol-…`.'),
  snapshot: member(resource, 'The snapshot, by a name or as `snap-…`.'),
  instance: member(resource, 'The instance, by a name or as `i-…`.'),
  database: member(resource, 'The DB instance or DB cluster, by its name.'),
  unencrypted: member(
    boolean,
    'Whether the instance is made without encryption, as RDS does unless `StorageEncrypted` is set. Left out: it is encrypted.',
  ),
  function: member(resource, 'The function, by its name.'),
  role: member(name('principal'), 'The execution role of the function, a name of `principals` or an ARN.'),
  helpers: member(
    boolean,
    'Whether the console encrypts the variables one by one before they are sent (helpers for encryption in transit), so that the code of the function decrypts them. Left out: it does not.',
  ),
  secret: member(resource, 'The secret, by its name.'),
  table: member(resource, 'The table, by its name.'),
  logGroup: member(resource, 'The log group, by its name.'),
  topic: member(resource, 'The topic, by its name.'),
  queue: member(resource, 'The queue, by its name.'),
  reusePeriod: member(text(texts.duration), 'The data key reuse period of the queue. Left out: five minutes.'),
};
