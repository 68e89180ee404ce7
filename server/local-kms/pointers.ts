/** How programs call a KMS at an address: what they are, and what to write. */
export function pointersTo(url: string, region: string): readonly (readonly [what: string, text: string])[] {
  return [
    ['AWS CLI', `aws kms list-keys --endpoint-url ${url} --region ${region}`],
    ['JavaScript', `new KMSClient({ endpoint: '${url}', region: '${region}' })`],
    ['Python', `boto3.client('kms', endpoint_url='${url}', region_name='${region}')`],
    ['Environment', `AWS_ENDPOINT_URL_KMS=${url}`],
  ];
}
