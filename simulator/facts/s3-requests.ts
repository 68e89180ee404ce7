/**
 * What S3 asks of KMS for each request about an object under SSE-KMS.
 *
 * Sources: KMS Developer Guide, "Request quotas" (API requests made on your behalf); S3 User Guide, "Using server-side
 * encryption with AWS KMS keys", "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys". Checked 2026-11.
 */
export interface S3RequestFact {
  /** As policies name the action. */
  readonly name: string;
  readonly summary: string;
  /** The operations of KMS, called once each. */
  readonly calls: readonly string[];
}

export const s3Requests: readonly S3RequestFact[] = [
  { name: 's3:GetObject', summary: 'A download: S3 calls Decrypt.', calls: ['Decrypt'] },
  { name: 's3:PutObject', summary: 'An upload in one part: S3 calls GenerateDataKey.', calls: ['GenerateDataKey'] },
  {
    name: 's3:CopyObject',
    summary: 'A copy inside S3: it calls Decrypt for the source and GenerateDataKey for the copy.',
    calls: ['Decrypt', 'GenerateDataKey'],
  },
];

export const s3RequestNames: readonly string[] = s3Requests.map(({ name }) => name);

export const findS3Request = (name: string): S3RequestFact | undefined => s3Requests.find((each) => each.name === name);

/** The share of calls that a Bucket Key leaves at best: AWS says "by up to 99 percent" fewer. */
export const BUCKET_KEY_LEAVES = 0.01;
