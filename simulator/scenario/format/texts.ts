import { parseCaller } from '../../access/caller.ts';
import { regionName } from '../../facts/region-name.ts';
import { parseDuration } from '../duration.ts';
import { parseSize, randomSize } from '../payload.ts';
import type { TextFormat } from '../shape.ts';

/** What the texts of a scenario file have to be. */

const within = (least: number, value: number, most: number): boolean => least <= value && value <= most;

export const account: TextFormat = {
  pattern: /^\d{12}$/,
  otherwise: 'is no account ID: write its 12 digits',
  example: '111122223333',
};

export const region: TextFormat = {
  pattern: regionName,
  otherwise: 'is no Region: write its name, such as `eu-central-1`',
  example: 'us-east-1',
};

export const time: TextFormat = {
  pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/,
  accepts: (text) => !Number.isNaN(Date.parse(text)),
  otherwise: 'is no time: write one with its zone, such as `2026-01-15T09:00:00Z`',
  example: '2026-01-15T09:00:00Z',
};

export const duration: TextFormat = {
  pattern: /^P[0-9WDTHMS.]+$/,
  accepts: (text) => parseDuration(text) !== undefined,
  otherwise: 'is no duration: write weeks, days, hours, minutes or seconds as `P8D` or `PT30S`',
  example: 'PT30S',
};

/** As {@link duration}, but not none. */
export const age: TextFormat = {
  ...duration,
  accepts: (text) => (parseDuration(text) ?? 0) > 0,
  otherwise: 'is no time that passes: write days, hours, minutes or seconds such as `PT5M`',
  example: 'PT5M',
};

export const size: TextFormat = {
  pattern: /^[0-9]+(B|KiB|MiB|GiB)$/,
  accepts: (text) => within(1, parseSize(text) ?? 0, Number.MAX_SAFE_INTEGER),
  otherwise: 'is no size: write a whole number from 1 on, and `B`, `KiB`, `MiB` or `GiB`, such as `10MiB`',
  example: '10MiB',
};

export const principalArn: TextFormat = {
  pattern: /^arn:/,
  accepts: (text) => 'caller' in parseCaller(text),
  otherwise: "is nobody's ARN: write one such as `arn:aws:iam::111122223333:role/App`",
  example: 'arn:aws:iam::111122223333:role/App',
};

export const sessionName: TextFormat = {
  pattern: /^[\w+=,.@-]{2,64}$/,
  otherwise: 'is no session name: write 2 to 64 letters, digits or any of `_+=,.@-`',
  example: 'api',
};

export const keyId: TextFormat = {
  pattern: /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  otherwise:
    'is no key ID: write 32 hexadecimal digits as in `1234abcd-12ab-34cd-56ef-1234567890ab`, or `mrk-` and 32 of them',
  example: '1234abcd-12ab-34cd-56ef-1234567890ab',
};

export const keyStoreId: TextFormat = {
  pattern: /^cks-[0-9a-f]{17}$/,
  otherwise: 'is no ID of a key store: write `cks-` and 17 hexadecimal digits',
  example: 'cks-1234567890abcdef0',
};

export const cluster: TextFormat = {
  pattern: /^cluster-[2-7a-zA-Z]{11,16}$/,
  otherwise: 'is no cluster: write `cluster-` and 11 to 16 letters or digits from 2 to 7',
  example: 'cluster-2abcdefghij',
};

export const proxyEndpoint: TextFormat = {
  pattern: /^https:\/\/[a-zA-Z0-9.-]{2,120}$/,
  otherwise: 'is no endpoint of a proxy: write `https://` and its host name, without port and path',
  example: 'https://xks.example.com',
};

export const proxyPath: TextFormat = {
  pattern: /^(\/[a-zA-Z0-9/_-]+)?\/kms\/xks\/v\d{1,2}$/,
  otherwise: 'is no path of a proxy: it ends in `/kms/xks/v1`',
  example: '/kms/xks/v1',
};

export const externalKey: TextFormat = {
  pattern: /^[a-zA-Z0-9_.-]{1,128}$/,
  otherwise: 'is no ID of an external key: write letters, digits, `-`, `_` and `.`',
  example: 'example-key-1',
};

export const alias: TextFormat = {
  pattern: /^alias\/[\w:/-]+$/,
  otherwise: 'is no alias: write `alias/` and a name, such as `alias/orders`',
  example: 'alias/orders',
};

export const organizationId: TextFormat = {
  pattern: /^o-[a-z0-9]{10,32}$/,
  otherwise: 'is no organization ID: write `o-` and 10 to 32 small letters or digits, such as `o-exampleorg1`',
  example: 'o-exampleorg1',
};

export const organizationPath: TextFormat = {
  pattern: /^r-[0-9a-z]+(\/ou-[0-9a-z-]+)*$/,
  otherwise: 'is no path: write the parents from the root down, such as `r-ab12/ou-ab12-11111111`',
  example: 'r-ab12/ou-ab12-11111111',
};

export const organizationTarget: TextFormat = {
  pattern: /^(r-[0-9a-z]+|ou-[0-9a-z-]+|\d{12})$/,
  otherwise: 'is nothing to attach a policy to: write the ID of the root, of an organizational unit or of an account',
  example: 'r-ab12',
};

export const vpcEndpointId: TextFormat = {
  pattern: /^vpce-[0-9a-f]+$/,
  otherwise: 'is no VPC endpoint: write its ID, such as `vpce-0a1b2c3d`',
  example: 'vpce-0a1b2c3d',
};

export const conditionKey: TextFormat = {
  pattern: /^[A-Za-z0-9-]+:[^\s]+$/,
  otherwise: 'is no condition key: write one with its prefix, such as `aws:SourceIp`',
  example: 'aws:SourceIp',
};

export const service: TextFormat = {
  pattern: /^[a-z0-9-]+(\.[a-z0-9-]+)*$/,
  otherwise: 'is no service: write its name as `kms:ViaService` has it, such as `s3`',
  example: 's3',
};

export const savedName: TextFormat = {
  pattern: /^[A-Za-z_]\w*$/,
  otherwise: 'is no name for a response: write letters, digits and `_`, and begin with a letter',
  example: 'sealed',
};

export const bytes: TextFormat = {
  pattern: /^(\$[A-Za-z_]|(text|base64|hex|file):)/,
  otherwise:
    'stands for no bytes: write `text:…`, `base64:…`, `hex:…`, `file:path`, or `$name.Member` of a saved response',
  example: 'hex:00',
};

export const savedResponse: TextFormat = {
  pattern: /^\$[A-Za-z_]\w*$/,
  otherwise: 'is no saved response: write `$` and the name under which an earlier step saved it',
  example: '$import',
};

export const binary: TextFormat = {
  pattern:
    /^(text:|base64:([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}(==)?|[A-Za-z0-9+/]{3}=?)?$|hex:([0-9A-Fa-f]{2})*$|file:.|random:[0-9]+(B|KiB|MiB|GiB)$)/,
  accepts: (text) => !text.startsWith('random:') || randomSize(text) !== undefined,
  confidential: true,
  otherwise:
    'is no payload: write `text:…`, `base64:…`, `hex:…`, `file:path`, or `random:` and a size of at most `1GiB`, such as `random:10MiB`',
  example: 'text:hello',
};

/** AWS's documentation has examples that end so, and nobody else has such ids. */
export const accessKeyId: TextFormat = {
  pattern: /^((AKIA|ASIA)[A-Z0-9]*EXAMPLE|AKIDEXAMPLE|AKIAKMSLENS[A-Z0-9]*)$/,
  secret: true,
  otherwise:
    'this access key ID may be a real one: write an example of AWS such as `AKIAIOSFODNN7EXAMPLE`, or one that begins with `AKIAKMSLENS`',
  example: 'AKIAIOSFODNN7EXAMPLE',
};

/** In requests of calls. */
export const requestSecret: TextFormat = {
  pattern: /kms-?lens|example/i,
  secret: true,
  otherwise: 'this secret may be a real one: write one with `example` in it, and change the real one if it was',
  example: 'example-password',
};

export const secretAccessKey: TextFormat = {
  pattern: /^(kms-lens-.*|[A-Za-z0-9/+]{30}EXAMPLEKEY)$/,
  secret: true,
  otherwise:
    'this secret may be a real one: write one that begins with `kms-lens-`, and withdraw the real one if it was',
  example: 'kms-lens-example-secret',
};
