/**
 * Documents of any length, one for each thing that there can be many of. Names hold `salt`, so that nothing that was
 * remembered of an earlier document helps with a later one.
 */
export interface Sized {
  readonly file: string;
  readonly text: string;
}

export type Shape = (n: number, salt: string) => Sized;

const ACCOUNT = '111122223333';
const role = (name: string | number): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const key = (id: string | number): string => `arn:aws:kms:us-east-1:${ACCOUNT}:key/${id}`;
const account = (index: number): string => String(100_000_000_000 + index);

const keyPolicy = (text: string): Sized => ({ file: 'a.key-policy.json', text });
const identityPolicy = (statement: unknown): Sized => ({ file: 'a.iam-policy.json', text: policy(statement) });
const policy = (statement: unknown): string => JSON.stringify({ Version: '2012-10-17', Statement: statement });
/** Indexes of equal length, so that the names with them are so, too. */
const FIRST = 100_000;
const many = <T>(n: number, make: (index: number) => T): T[] =>
  Array.from({ length: n }, (_, index) => make(FIRST + index));
const allow = (more: object): object => ({
  Effect: 'Allow',
  Principal: { AWS: role('Orders') },
  Action: 'kms:Decrypt',
  Resource: '*',
  ...more,
});

/** Many statements, which `make` gives what sets them apart. */
const statements =
  (make: (index: number, salt: string) => object): Shape =>
  (n, salt) =>
    keyPolicy(policy(many(n, (index) => allow(make(index, salt)))));

/** One statement of a key policy with a long list. */
const list =
  (element: string, make: (index: number, salt: string) => unknown): Shape =>
  (n, salt) => {
    const items = many(n, (index) => make(index, salt));
    return keyPolicy(policy(allow({ [element]: element === 'Principal' ? { AWS: items } : items })));
  };

const resources =
  (make: (index: number, salt: string) => string): Shape =>
  (n, salt) =>
    identityPolicy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: many(n, (index) => make(index, salt)) });

/** One condition with many values. */
const values =
  (operator: string, name: string, make: (index: number, salt: string) => unknown): Shape =>
  (n, salt) =>
    keyPolicy(policy(allow({ Condition: { [operator]: { [name]: many(n, (index) => make(index, salt)) } } })));

/** One operator with many keys. */
const keys =
  (operator: string, make: (index: number, salt: string) => string): Shape =>
  (n, salt) =>
    keyPolicy(policy(allow({ Condition: { [operator]: byName(n, (index) => make(index, salt), 'x') } })));

const byName = (n: number, make: (index: number) => string, value: unknown): object =>
  Object.fromEntries(many(n, (index) => [make(index), value]));

/** One text that is long. */
const long =
  (text: string, document: (long: string) => Sized): Shape =>
  (n, salt) =>
    document(salt + text.repeat(n));

const grant = (more: object): Sized => ({
  file: 'a.kms-grant.json',
  text: JSON.stringify({ KeyId: key(1), GranteePrincipal: role('Orders'), Operations: ['Decrypt'], ...more }),
});

const capitals = (text: string, index: number): string =>
  [...text].map((char, bit) => ((index >> bit) & 1 ? char.toUpperCase() : char)).join('');

const nested = (n: number, open: string, inner: string, close: string): string =>
  open.repeat(n) + inner + close.repeat(n);

export const manyStatements: Readonly<Record<string, Shape>> = {
  'equal statements': statements(() => ({})),
  'statements for a role each': statements((index, salt) => ({
    Sid: `${salt}${index}`,
    Principal: { AWS: role(salt + index) },
  })),
  'statements of the same Sid, and of the names it could have instead': statements((index, salt) => ({
    Sid: index % 2 ? salt : `${salt}${(index - FIRST) / 2 + 2}`,
    Principal: { AWS: role(salt + index) },
  })),
  'statements for an account each': statements((index) => ({ Principal: { AWS: account(index) }, Action: 'kms:*' })),
  'statements for everyone': statements((index) => ({
    Principal: '*',
    Action: 'kms:*',
    Condition: { StringEquals: { 'kms:ViaService': `s3.us-east-${index}.amazonaws.com` } },
  })),
  'statements for services': statements((index, salt) => ({
    Principal: { Service: `${salt}${index}.amazonaws.com` },
    Action: ['kms:CreateGrant', 'kms:Decrypt'],
  })),
  'administrators, and denials that spare them': statements((index, salt) => ({
    Principal: { AWS: role(salt + index) },
    Action: 'kms:PutKeyPolicy',
    ...(index % 2
      ? {}
      : { Effect: 'Deny', Condition: { ArnNotEquals: { 'aws:PrincipalArn': role(`${salt}${index + 1}`) } } }),
  })),
  'administrators that use the key': statements((index, salt) => ({
    Principal: { AWS: role(salt + index) },
    Action: ['kms:CreateGrant', 'kms:PutKeyPolicy', 'kms:Decrypt', 'kms:TagResource', 'kms:ScheduleKeyDeletion'],
  })),
  'enclaves, and ways around them': statements((index, salt) => ({
    Principal: { AWS: role(salt + (index >> 1)) },
    ...(index % 2
      ? { Condition: { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:PCR0': 'a'.repeat(96) } } }
      : {}),
  })),
  'statements without any element': (n) => keyPolicy(policy(many(n, () => ({})))),
  'statements of a policy inside another text': (n, salt) => ({
    file: 'a.json',
    text: JSON.stringify({
      Policy: policy(many(n, (index) => allow({ Sid: salt + index, Action: 'kms:Decypt' }))),
      PolicyName: 'default',
    }),
  }),
  'statements of which half name a principal': (n) => ({
    file: 'a.json',
    text: policy(
      many(n, (index) => ({
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '*',
        ...(index % 2 ? { Principal: '*' } : {}),
      })),
    ),
  }),
  'statements of an identity policy': (n, salt) =>
    identityPolicy(
      many(n, (index) => ({
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:TagResource'],
        Resource: '*',
        Condition: { StringEquals: { [`aws:ResourceTag/${salt}${index}`]: 'x' } },
      })),
    ),
  'statements of a service control policy': (n, salt) => ({
    file: 'a.scp.json',
    text: policy(many(n, (index) => allow({ Effect: 'Deny', Action: `kms:${salt}${index}` }))),
  }),
  'statements of a resource control policy': (n, salt) => ({
    file: 'a.rcp.json',
    text: policy(
      many(n, (index) =>
        allow({
          Effect: 'Deny',
          Principal: '*',
          Action: ['kms:*', 'kms:RetireGrant'],
          Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': `o-${salt}${index}` } },
        }),
      ),
    ),
  }),
  'statements of an endpoint policy': (n, salt) => ({
    file: 'a.vpce-policy.json',
    text: policy(many(n, (index) => allow({ Action: ['kms:ListKeys', 'kms:Decrypt'], Resource: key(salt + index) }))),
  }),
  grants: (n, salt) => ({
    file: 'a.kms-grants.json',
    text: JSON.stringify(
      many(n, (index) => ({
        KeyId: salt + index,
        GranteePrincipal: '*',
        GranteeServicePrincipal: 'x',
        RetiringPrincipal: 'y',
        RetiringServicePrincipal: 'z',
        Name: ' ',
        Operations: ['Decrypt', 'kms:X', 'CreateGrant'],
        Constraints: { EncryptionContextSubset: { a: '*' } },
      })),
    ),
  }),
  'grants of a list': (n, salt) => ({
    file: 'a.kms-grants.json',
    text: JSON.stringify({
      Grants: many(n, (index) => ({
        GrantId: salt + index,
        KeyId: key(1),
        GranteePrincipal: role(index),
        Operations: ['Decrypt'],
      })),
    }),
  }),
};

export const longLists: Readonly<Record<string, Shape>> = {
  'equal actions': list('Action', () => 'kms:Decrypt'),
  'misspelt actions': list('Action', (index, salt) => `kms:Decypt${salt}${index}`),
  'patterns of actions': list('Action', (index, salt) => `kms:*${salt}${index}*`),
  'actions of another service': list('Action', (index, salt) => `s3:Get${salt}${index}`),
  'actions of services that do not exist': list('Action', (index, salt) => `km${salt}${index}:Decrypt`),
  'actions about no key, on keys': (n, salt) =>
    identityPolicy({
      Effect: 'Allow',
      Action: many(n, () => 'kms:ListKeys'),
      Resource: many(n, (index) => key(salt + index)),
    }),
  'keys as resources': resources((index, salt) => key(salt + index)),
  'aliases as resources': resources((index, salt) => `arn:aws:kms:us-east-1:${account(index)}:alias/${salt}`),
  'names as resources': resources((index, salt) => `alias/${salt}${index}`),
  'roles as principals': (n, salt) =>
    keyPolicy(
      policy(
        allow({
          Principal: { AWS: many(n, (index) => role(salt + index)) },
          Action: ['kms:PutKeyPolicy', 'kms:Decrypt', 'kms:CreateGrant'],
        }),
      ),
    ),
  'accounts as principals': list('Principal', account),
  'patterns as principals': list('Principal', (index, salt) => role(`${salt}-*${index}`)),
  'principals of two partitions': list('Principal', (index, salt) =>
    role(salt + index).replace('aws', index % 2 ? 'aws-cn' : 'aws'),
  ),
  'operations of a grant': (n, salt) => grant({ Operations: many(n, (index) => `kms:${salt}${index}`) }),
  'pairs of a grant': (n, salt) =>
    grant({
      Constraints: {
        EncryptionContextSubset: Object.fromEntries(many(n, (index) => [salt + index, index % 2 ? '*' : index])),
        EncryptionContextEquals: byName(n, (index) => salt + index, '*'),
      },
    }),
};

export const longConditions: Readonly<Record<string, Shape>> = {
  'services by other names': values('StringEquals', 'kms:ViaService', (index) => `ebs.us-east-${index}.amazonaws.com`),
  'services with wildcards': values('StringEquals', 'kms:ViaService', (index, salt) => `s3.*.${salt}${index}.com`),
  'callers that are no accounts': values('StringEquals', 'kms:CallerAccount', (index) => `${index}`),
  'private addresses': values('IpAddress', 'aws:SourceIp', (index) => `10.${index % 256}.${(index >> 8) % 256}.1/16`),
  numbers: values('NumericLessThan', 'kms:ScheduleKeyDeletionPendingWindowInDays', (index) => `${index}`),
  'numbers of two types': values('NumericLessThan', 'kms:RotationPeriodInDays', (index) =>
    index % 2 ? index : `${index}`,
  ),
  dates: values('DateLessThan', 'aws:CurrentTime', (index) => `2026-01-01T00:00:${index}`),
  truths: values('Bool', 'aws:ViaAWSService', (index) => `yes${index}`),
  'ARNs of callers': values('StringLike', 'aws:PrincipalArn', (index, salt) => `arn:aws:iam::*:role/${salt}${index}*`),
  organizations: values('StringLike', 'aws:PrincipalOrgID', (index) => `o-${index}*`),
  networks: values('StringEquals', 'aws:SourceVpc', (index) => `vpc-${index}`),
  Regions: values('StringEquals', 'aws:RequestedRegion', (index) => `us-east-1${index}`),
  measurements: values('StringEquals', 'kms:RecipientAttestation:PCR0', (index) => `A${index}`),
  algorithms: values('StringEquals', 'kms:SigningAlgorithm', (index) => `RSASSA_PSS_SHA_${index}`),
  'ARNs of aliases': values(
    'StringEquals',
    'kms:RequestAlias',
    (index) => `arn:aws:kms:us-east-1:${ACCOUNT}:alias/${index}`,
  ),
  'operations of grants': values('ForAllValues:StringEquals', 'kms:GrantOperations', (index) => `kms:Decrypt${index}`),
  'keys of contexts': values('ForAllValues:StringEquals', 'kms:EncryptionContextKeys', (index, salt) => salt + index),
  'variables that do not end': values(
    'StringEquals',
    'kms:EncryptionContext:user',
    (index) => `\${aws:username${index}`,
  ),
  'unknown keys of KMS': keys('StringEquals', (index, salt) => `kms:ViaServic${salt}${index}`),
  'unknown keys of AWS': keys('StringEquals', (index, salt) => `aws:PrincipalOrgI${salt}${index}`),
  'pairs of a context': keys('StringEquals', (index, salt) => `kms:EncryptionContext:${salt}${index}`),
  'pairs of a context in many capitals': keys(
    'StringEquals',
    (index, salt) => `kms:EncryptionContext:${capitals('abcdefghijklmnopqrst', index)}${salt}`,
  ),
  'pairs of services': keys('StringEquals', (index, salt) => `kms:EncryptionContext:aws:s3:${salt}${index}`),
  'one key in many capitals': keys(
    'StringEquals',
    (index, salt) => `aws:${capitals('principalorgidxyzabcd', index)}${salt}`,
  ),
  tags: keys('ForAllValues:StringEquals', (index, salt) => `aws:RequestTag/${salt}${index}`),
  operators: (n, salt) =>
    keyPolicy(
      policy(
        allow({
          Condition: byName(n, (index) => `StringEqual${salt}${index}`, {
            'kms:ViaService': 's3.us-east-1.amazonaws.com',
          }),
        }),
      ),
    ),
  'one operator in many capitals': (n) =>
    keyPolicy(
      policy(
        allow({
          Condition: byName(n, (index) => capitals('ForAllValues:StringEqualsIfExists', index), {
            'kms:EncryptionContextKeys': 'x',
          }),
        }),
      ),
    ),
};

export const strangeTexts: Readonly<Record<string, Shape>> = {
  'members that do not exist': (n, salt) => keyPolicy(policy(allow(byName(n, (index) => `Actio${salt}${index}`, 'x')))),
  'one member in many capitals': (n) =>
    keyPolicy(policy(allow(byName(n, (index) => capitals('notprincipalxyzabcdef', index), 'x')))),
  'members of the same name': (n) =>
    keyPolicy(`{"Version":"2012-10-17","Statement":[{${'"Action":"kms:Decrypt",'.repeat(n)}"Effect":"Allow"}]}`),
  'lists in lists': (n) => keyPolicy(`{"Version":"2012-10-17","Statement":${nested(n, '[', '', ']')}}`),
  'lists of two in lists': (n) =>
    keyPolicy(policy(allow({ Resource: '' })).replace(':""', `:${nested(n, '["x",', '"y"', ']')}`)),
  'lists of two in a condition': (n) =>
    keyPolicy(policy(allow({ Condition: { StringEquals: { a: '' } } })).replace('""', nested(n, '["x",', '"y"', ']'))),
  'lists of two in an unknown element': (n) =>
    keyPolicy(policy(allow({ Foo: '' })).replace('""', nested(n, '["x",', '"y"', ']'))),
  'objects in objects': (n) =>
    keyPolicy(`{"Version":"2012-10-17","Statement":${nested(n, '{"Condition":', '1', '}')}}`),
  'objects in a condition': (n) =>
    keyPolicy(policy(allow({ Condition: '' })).replace('""', nested(n, '{"StringEquals":', '1', '}'))),
  'commas that lack or abound': (n) =>
    keyPolicy(
      `{"Version":"2012-10-17","Statement":[${'{"Effect":"Allow",,"Action":"kms:Decypt" "Resource":"*"} '.repeat(n)}]}`,
    ),
  'brackets that never close': (n) => keyPolicy(`{"Version":"2012-10-17","Statement":${'[{'.repeat(n)}`),
  quotes: (n) => keyPolicy(`{"Version":${'"'.repeat(n)}`),
  placeholders: (n) => keyPolicy(`{"Version":"2012-10-17","Statement":[${'{{ x }},'.repeat(n)}]}`),
  'characters that no key policy may hold': long('–', (text) => keyPolicy(policy(allow({ Sid: text })))),
  'a long pattern of actions': long('*a'.repeat(10), (text) =>
    keyPolicy(policy(allow({ Action: [`kms:${text}`, `kms:a${text}`] }))),
  ),
  'a long pattern of keys': long('*a'.repeat(10), (text) =>
    identityPolicy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: [key(text), key(`a${text}`)] }),
  ),
  'long patterns of actions': (n, salt) =>
    keyPolicy(policy(allow({ Action: many(50, (index) => `kms:${salt}${index}${'*a'.repeat(n)}`) }))),
  'long patterns of administrators': (n, salt) =>
    keyPolicy(
      policy([
        ...many(50, (index) =>
          allow({ Principal: { AWS: role(`${salt}${index}${'a'.repeat(n)}`) }, Action: 'kms:PutKeyPolicy' }),
        ),
        allow({
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:PutKeyPolicy',
          Condition: { ArnNotLike: { 'aws:PrincipalArn': many(50, (index) => role(`${'a?'.repeat(n)}${index}`)) } },
        }),
      ]),
    ),
  'an ARN of many fields': long('aws:', (text) =>
    identityPolicy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: `arn:${text}` }),
  ),
  'a value of many variables': long('${aws:username}', (text) =>
    values('StringEquals', 'kms:EncryptionContext:user', () => text)(1, ''),
  ),
  'a value of variables that do not end': long('${', (text) =>
    values('StringEquals', 'kms:EncryptionContext:user', () => text)(1, ''),
  ),
  'a value of placeholders that do not end': long('{{', (text) =>
    values('StringEquals', 'kms:EncryptionContext:user', () => text)(1, ''),
  ),
  'a long service': long('s3.', (text) => values('StringEquals', 'kms:ViaService', () => text)(1, '')),
  'a long address': long('1:', (text) => values('IpAddress', 'aws:SourceIp', () => text)(1, '')),
  'a long date': long('1', (text) => values('DateLessThan', 'aws:CurrentTime', () => text)(1, '')),
  'a long key': long('A', (text) => keys('StringEquals', () => `kms:EncryptionContext:${text}`)(1, '')),
  'a long operator': long('ForAllValues:', (text) => keys(text, () => 'kms:ViaService')(1, '')),
  'a long principal': long('a', (text) => keyPolicy(policy(allow({ Principal: { AWS: text, Service: text } })))),
  'a long Sid, action and resource': long(' a', (text) =>
    identityPolicy({ Sid: text, Effect: 'Allow', Action: `kms:${text}`, Resource: text }),
  ),
};
