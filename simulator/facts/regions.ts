/**
 * Partitions and their Regions.
 *
 * Source: the partition data of npm package `@aws-sdk/core` 3.981.0 (Apache-2.0). It also has Regions that AWS has only
 * announced. Checked 2026-11.
 */
export interface Partition {
  /** The second field of an ARN. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** The end of host names; service principals and kms:ViaService values end in `amazonaws.com` all the same. */
  readonly dnsSuffix: string;
  readonly regions: readonly Region[];
}

export interface Region {
  /** `us-east-1`. */
  readonly name: string;
  /** `US East (N. Virginia)`. */
  readonly place: string;
}

export const partitions: readonly Partition[] = [
  partition('aws', 'AWS', 'amazonaws.com', {
    'af-south-1': 'Africa (Cape Town)',
    'ap-east-1': 'Asia Pacific (Hong Kong)',
    'ap-east-2': 'Asia Pacific (Taipei)',
    'ap-northeast-1': 'Asia Pacific (Tokyo)',
    'ap-northeast-2': 'Asia Pacific (Seoul)',
    'ap-northeast-3': 'Asia Pacific (Osaka)',
    'ap-south-1': 'Asia Pacific (Mumbai)',
    'ap-south-2': 'Asia Pacific (Hyderabad)',
    'ap-southeast-1': 'Asia Pacific (Singapore)',
    'ap-southeast-2': 'Asia Pacific (Sydney)',
    'ap-southeast-3': 'Asia Pacific (Jakarta)',
    'ap-southeast-4': 'Asia Pacific (Melbourne)',
    'ap-southeast-5': 'Asia Pacific (Malaysia)',
    'ap-southeast-6': 'Asia Pacific (New Zealand)',
    'ap-southeast-7': 'Asia Pacific (Thailand)',
    'ca-central-1': 'Canada (Central)',
    'ca-west-1': 'Canada West (Calgary)',
    'eu-central-1': 'Europe (Frankfurt)',
    'eu-central-2': 'Europe (Zurich)',
    'eu-north-1': 'Europe (Stockholm)',
    'eu-south-1': 'Europe (Milan)',
    'eu-south-2': 'Europe (Spain)',
    'eu-west-1': 'Europe (Ireland)',
    'eu-west-2': 'Europe (London)',
    'eu-west-3': 'Europe (Paris)',
    'il-central-1': 'Israel (Tel Aviv)',
    'me-central-1': 'Middle East (UAE)',
    'me-south-1': 'Middle East (Bahrain)',
    'me-west-1': 'Middle East (Saudi Arabia)',
    'mx-central-1': 'Mexico (Central)',
    'sa-east-1': 'South America (São Paulo)',
    'sa-west-1': 'South America (Chile)',
    'us-east-1': 'US East (N. Virginia)',
    'us-east-2': 'US East (Ohio)',
    'us-west-1': 'US West (N. California)',
    'us-west-2': 'US West (Oregon)',
  }),
  partition('aws-cn', 'AWS in China', 'amazonaws.com.cn', {
    'cn-north-1': 'China (Beijing)',
    'cn-northwest-1': 'China (Ningxia)',
  }),
  partition('aws-us-gov', 'AWS GovCloud (US)', 'amazonaws.com', {
    'us-gov-east-1': 'AWS GovCloud (US-East)',
    'us-gov-west-1': 'AWS GovCloud (US-West)',
  }),
  partition('aws-eusc', 'AWS European Sovereign Cloud', 'amazonaws.eu', {
    'eusc-de-east-1': 'AWS European Sovereign Cloud (Germany)',
  }),
  partition('aws-iso', 'AWS ISO (US)', 'c2s.ic.gov', {
    'us-iso-east-1': 'US ISO East',
    'us-iso-west-1': 'US ISO West',
  }),
  partition('aws-iso-b', 'AWS ISOB (US)', 'sc2s.sgov.gov', {
    'us-isob-east-1': 'US ISOB East (Ohio)',
    'us-isob-west-1': 'US ISOB West',
  }),
  partition('aws-iso-e', 'AWS ISOE (Europe)', 'cloud.adc-e.uk', { 'eu-isoe-west-1': 'EU ISOE West' }),
  partition('aws-iso-f', 'AWS ISOF', 'csp.hci.ic.gov', {
    'us-isof-east-1': 'US ISOF East',
    'us-isof-south-1': 'US ISOF South',
  }),
];

const byName = new Map(partitions.map((each) => [each.name, each]));
const byRegion = new Map(
  partitions.flatMap((each) => each.regions.map((region) => [region.name, { partition: each, region }] as const)),
);

/** The partition with exactly this name. */
export function findPartition(name: string): Partition | undefined {
  return byName.get(name);
}

/** The Region with exactly this name, and its partition. */
export function findRegion(name: string): { readonly partition: Partition; readonly region: Region } | undefined {
  return byRegion.get(name);
}

function partition(
  name: string,
  title: string,
  dnsSuffix: string,
  places: Readonly<Record<string, string>>,
): Partition {
  const regions = Object.entries(places).map(([region, place]) => ({ name: region, place }));
  return { name, title, dnsSuffix, regions };
}
