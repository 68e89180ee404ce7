import { describe, expect, test } from 'vitest';
import { documentationOf } from '../../../../server/answers/completion/documentation.ts';
import { wantsAt } from '../../../../server/answers/completion/scenario/wants.ts';
import { SourceDocument } from '../../../../server/documents/source.ts';
import { scenarioShape } from '../../../../simulator/scenario/format/scenario.ts';
import { stepShape } from '../../../../simulator/scenario/format/steps.ts';
import { type Given, labels as labelsIn, offered, taken as takenIn } from '../completion/harness.ts';
import { at } from './harness.ts';

const FILE = 'a.kms-scenario.json';
const labels = (text: string, given: Given = {}): readonly string[] | undefined => labelsIn(FILE, text, given);
const taken = (text: string, label: string, given: Given = {}): string => takenIn(FILE, text, label, given);

/** The world around a step. */
const step = (members: string): string => `{ // a world
  "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App" }, "Ana": { "arn": "arn:aws:iam::111122223333:user/Ana" } },
  "keys": {
    "orders": { "id": "1234abcd-12ab-34cd-56ef-1234567890ab", "aliases": ["alias/orders"] },
    "signer": { "spec": "RSA_2048", "usage": "SIGN_VERIFY", "replicas": ["eu-west-1"] }
  },
  "grants": { "g": { "key": "orders", "GranteePrincipal": "App", "Operations": ["Decrypt"], "Constraints": { "EncryptionContextSubset": { "team": "x" } } } },
  "vpcEndpoints": { "vpce-0a": {} },
  "steps": [{ "call": "Encrypt", "save": "sealed" }, { ${members} }, { "call": "Encrypt", "save": "later" },]
}`;

describe('members', () => {
  test('of every object, required first, those that are there left out', () => {
    expect(labels('{ "keys": {}, "$0" }')).not.toContain('keys');
    expect(labels('{ "$0" }')?.at(-1)).toBe('$schema');
    expect(labels('{ "principals": { "A": { "$0" } } }')?.slice(0, 2)).toEqual(['arn', 'policies']);
    expect(labels('{ "grants": { "A": { "createdBy": "x", "$0" } } }')?.slice(0, 2)).toEqual(['key', 'Operations']);
    expect(labels('{ "keys": { "k": { "rotation": { $0 } } } }')).toEqual(['enabled', 'periodInDays']);
  });

  test('of a step are those of its kind; before it has one, the members that give it one come first', () => {
    const kinds = Object.keys(stepShape.variants);
    expect(labels(step('$0'))).toEqual([...kinds, 'name', 'as', 'expect']);
    expect(labels(step('"as": "App", "$0"'))).toEqual([...kinds, 'name', 'expect']);
    expect(labels(step('"can": "Decrypt", "$0"'))).toEqual(
      Object.keys(stepShape.variants.can.members).filter((name) => name !== 'can'),
    );
    expect(labels(step('"wait": "P1D", $0'))).toEqual(['name']);
    // The name at the cursor does not count.
    expect(labels(step('"ca$0n": "Decrypt"'))?.slice(0, kinds.length)).toEqual(kinds);
    expect(labels(step('"can": "x", "expect": { "$0" }'))).toEqual(['verdict', 'kind', 'by']);
    expect(labels(step('"call": "x", "expect": { "$0" }'))).toEqual(['error', 'ok']);
  });

  test('a grant has one grantee and one constraint on the encryption context', () => {
    const found = labels('{ "grants": { "g": { "GranteePrincipal": "x", "$0" } } }');
    expect(found).not.toContain('GranteeServicePrincipal');
    expect(found).toContain('RetiringServicePrincipal');
  });

  test.each([
    [
      '{ "$0" }',
      'principals',
      '{ "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App", "policies": [""] } } }',
    ],
    ['{ "$0" }', 'keys', '{ "keys": { "orders": { "policy": "" } } }'],
    ['{ "$0" }', 'organization', '{ "organization": { "id": "o-exampleorg1" } }'],
    ['{ "$0" }', 'now', '{ "now": "2026-01-15T09:00:00Z" }'],
    ['{ "keys": { "k": { "$0" } } }', 'rotation', '{ "keys": { "k": { "rotation": { "enabled": true } } } }'],
    ['{ "keys": { "k": { "$0" } } }', 'multiRegion', '{ "keys": { "k": { "multiRegion": true } } }'],
    ['{ "keys": { "k": { "$0" } } }', 'spec', '{ "keys": { "k": { "spec": "" } } }'],
    ['{ "keys": { "k": { "$0" } } }', 'tags', '{ "keys": { "k": { "tags": { "": "" } } } }'],
    ['{ "steps": [{ "can": "x", "$0" }] }', 'expect', '{ "steps": [{ "can": "x", "expect": "allowed" }] }'],
    ['{ "steps": [{ "can": "x", "$0" }] }', 'grantTokens', '{ "steps": [{ "can": "x", "grantTokens": [""] }] }'],
    ['{ "steps": [{ "$0" }] }', 'load', '{ "steps": [{ "load": { "": 1 } }] }'],
    [
      '{ "keys": { "k": { "policy": "a" "$0" "id": "b" } } }',
      'spec',
      '{ "keys": { "k": { "policy": "a", "spec": "", "id": "b" } } }',
    ],
    ['{ "keys": { "k": { "sp$0: "RSA_2048" } } }', 'spec', '{ "keys": { "k": { "spec": "RSA_2048" } } }'],
  ])('%s + %s', (text, label, result) => {
    expect(taken(text, label)).toBe(result);
  });

  test('each is documented from the table', () => {
    for (const marked of ['{ "$0" }', '{ "keys": { "k": { "$0" } } }', step('"can": "x", "$0"'), step('$0')])
      for (const { offer } of offered(FILE, marked) ?? []) {
        const text = offer.about && documentationOf(offer.about, 'us-east-1');
        expect(text, offer.label).toContain(`**\`${offer.label}\`** · member of`);
      }
    expect(scenarioShape.members['steps']?.summary).toBeDefined();
  });
});

describe('whole things', () => {
  test('a scenario in an empty file', () => {
    const text = taken('$0', 'Scenario');
    const source = new SourceDocument({ uri: `file:///${FILE}`, text });
    expect(source.scenario?.problems).toEqual([]);
    expect(source.scenario?.steps[0]?.title).toBe('Decrypt as App on orders');
  });

  test('a principal, a key and a grant, under names that are free', () => {
    expect(taken('{ "principals": { "App": {}, "App2": {}, $0 } }', 'a principal')).toContain('"App3": { "arn":');
    expect(taken('{ "keys": { "$0" } }', 'a key')).toBe('{ "keys": { "orders": { "policy": "" } } }');
    expect(taken('{ "grants": { $0 } }', 'a grant')).toContain(
      '"grant": { "key": "", "GranteePrincipal": "", "Operations": [""] }',
    );
    expect(taken('{ "vpcEndpoints": { $0 } }', 'a VPC endpoint')).toContain('"vpce-0a1b2c3d": { "policy": "" }');
    expect(labels('{ "keys": { "$0": {} } }')).toEqual([]);
  });

  test('a step of each kind', () => {
    expect(labels('{ "steps": [$0] }')).toEqual(Object.keys(stepShape.variants));
    expect(JSON.parse(taken('{ "steps": [$0] }', 'can')).steps).toEqual([
      { can: '', as: '', on: '', expect: 'allowed' },
    ]);
    expect(JSON.parse(taken('{ "steps": [{ "wait": "P1D" } $0] }', 'wait')).steps).toHaveLength(2);
  });
});

describe('names', () => {
  test('principals, then those who stand for themselves', () => {
    const found = labels(step('"can": "Decrypt", "as": "$0"'));
    expect(found?.slice(0, 4)).toEqual(['App', 'Ana', 'root', 'root:…']);
    expect(found).toContain('service:logs.us-east-1.amazonaws.com');
    expect(
      labels('{ "grants": { "g": { "GranteePrincipal": "$0" } } }')?.some((label) => label.startsWith('service:')),
    ).toBe(false);
  });

  test('keys that the operation works with first, then aliases, ids and ARNs that the file gives', () => {
    expect(labels(step('"can": "Decrypt", "on": "$0"'))).toEqual([
      'orders',
      'signer',
      'alias/orders',
      '1234abcd-12ab-34cd-56ef-1234567890ab',
      'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      expect.stringMatching(/^arn:aws:kms:eu-west-1:111122223333:key\/mrk-/),
    ]);
    expect(labels(step('"can": "kms:Sign", "on": "$0"'))?.[0]).toBe('signer');
    expect(labels(step('"envelope": "$0"'))).toContain('orders');
    expect(labels('{ "keys": { "k": {} }, "grants": { "g": { "key": "$0" } } }')).toEqual(['k']);
  });

  test('grants, endpoints, responses that were saved before', () => {
    expect(labels(step('"can": "x", "grantTokens": ["$0"]'))).toEqual(['g']);
    expect(labels(step('"can": "x", "grantTokens": ["g", "$0"]'))).toEqual([]);
    const lent =
      '{ "grants": { "g": {} }, "steps": [{ "call": "CreateGrant", "save": "lent" }, { "call": "CreateGrant", "save": "other" }, ';
    expect(labels(`${lent}{ "can": "x", "grantTokens": ["$other.GrantToken", "$0"] }] }`)).toEqual([
      'g',
      '$lent.GrantToken',
    ]);
    const names = labels(`${lent}{ "call": "Encrypt", "input": { "GrantTokens": ["$0"] } }] }`);
    expect(names?.slice(0, 3)).toEqual(['g', '$lent.GrantToken', '$other.GrantToken']);
    const ids = labels(`${lent}{ "call": "RetireGrant", "input": { "GrantId": "$0" } }] }`);
    expect(ids?.slice(0, 3)).toEqual(['g', '$lent.GrantId', '$other.GrantId']);
    expect(labels(step('"can": "x", "vpce": "$0"'))).toEqual(['vpce-0a']);
    expect(labels(step('"call": "Decrypt", "input": { "CiphertextBlob": "$0" }'))).toEqual([
      '$sealed.CiphertextBlob',
      'text:…',
      'base64:…',
      'hex:…',
      'file:…',
      '$sealed',
    ]);
    const wrapping = (inner: string) =>
      step(`"call": "ImportKeyMaterial", "input": { "EncryptedKeyMaterial": { ${inner} } }`);
    expect(labels(wrapping('"$0"'))).toEqual(['wrap', 'with']);
    expect(labels(wrapping('"wrap": "hex:00", "with": "$0"'))).toEqual(['$sealed']);
    expect(labels(step('"can": "Decrypt", "input": { "CiphertextBlob": "$0" }'))).toEqual([]);
    expect(taken(step('"call": "Decrypt", "input": { "CiphertextBlob": "$0" }'), '$sealed')).toContain(
      '"CiphertextBlob": "$sealed"',
    );
  });

  test('also where a string without an end hides the rest', () => {
    const text = '{ "principals": { "App": {} }, "steps": [{ "can": "Decrypt", "as": "$0 }], "keys": { "k": {} } }';
    expect(labels(text)).toContain('App');
    expect(labels(text.replace('"as"', '"on"'))).toEqual(['k']);
  });
});

test('a load may be one of S3, and the quotas of a group have names of their own', () => {
  expect(labels(step('"load": { "$0" }'))).toContain('s3:GetObject');
  expect(labels(step('"load": { "Decrypt": 1 }, "quotas": { "$0" }'))).toContain('GenerateDataKeyPair (RSA_2048)');
});

describe('values', () => {
  test.each<[string, readonly string[]]>([
    [step('"can": "$0"'), ['Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncrypt']],
    [step('"can": "kms:De$0"'), ['kms:Decrypt', 'kms:Encrypt']],
    [step('"call": "$0"'), ['Decrypt', 'Encrypt']],
    [step('"load": { "$0" }'), ['Decrypt', 'Encrypt']],
    [step('"load": { "Decrypt": 1 }, "per": "$0"'), ['second', 'minute', 'hour']],
    [step('"load": { "Decrypt": 1 }, "keySpec": "$0"'), ['SYMMETRIC_DEFAULT', 'RSA_2048']],
    [
      step('"load": { "Decrypt": 1 }, "expect": { "throttled": true, "quota": "$0" }'),
      ['CryptographicOperationsSymmetric'],
    ],
    [step('"load": { "Decrypt": 1 }, "quotas": { "$0" }'), ['CryptographicOperationsSymmetric']],
    [step('"can": "x", "expect": "$0"'), ['allowed', 'denied', 'depends']],
    [step('"call": "x", "expect": "$0"'), ['ok']],
    [step('"can": "x", "expect": { "by": "$0" }'), ['scp', 'rcp']],
    [step('"can": "x", "via": "$0"'), ['s3', 'ec2', 'rds']],
    [step('"can": "x", "context": { "$0" }'), ['kms:ViaService']],
    [step('"can": "x", "context": { "kms:ViaService": "$0" }'), ['s3.us-east-1.amazonaws.com']],
    [step('"can": "x", "context": { "aws:PrincipalIsAWSService": $0 }'), ['true', 'false', '[ … ]', 'null']],
    [step('"can": "CreateGrant", "context": { "$0" }'), ['kms:GrantIsForAWSResource', 'kms:GrantOperations']],
    [step('"can": "x", "encryptionContext": { "$0" }'), ['team', 'aws:s3:arn']],
    [step('"can": "x", "encryptionContext": { "team": "$0" }'), ['x']],
    [
      '{ "region": "eu-west-1", "keys": { "k": { "account": "444455556666", "region": "$0" } } }',
      ['eu-west-1', 'us-east-1', 'af-south-1'],
    ],
    ['{ "keys": { "k": { "state": "$0" } } }', ['Enabled', 'Disabled']],
    ['{ "keys": { "k": { "usage": "$0" } } }', ['ENCRYPT_DECRYPT']],
    ['{ "principals": { "A": { "mfa": $0 } } }', ['true', 'false']],
    ['{ "principals": { "A": { "accessKeyId": "$0" } } }', ['AKIAIOSFODNN7EXAMPLE']],
    ['{ "principals": { "A": { "arn": "$0" } } }', ['arn:aws:iam::…:role/…', 'arn:aws:iam::…:user/…']],
    ['{ "account": "$0", "keys": { "k": { "account": "444455556666" } } }', ['444455556666', '111122223333']],
    ['{ "grants": { "g": { "Operations": ["Sign", "$0"] } } }', ['DescribeKey', 'CreateGrant']],
    ['{ "grants": { "g": { "GranteeServicePrincipal": "$0" } } }', ['cloudtrail.amazonaws.com']],
    ['{ "quotas": { "$0" } }', ['CryptographicOperationsSymmetric']],
    [
      '{ "organization": { "accounts": { "111122223333": { "path": "r-ab12/ou-ab12-11111111" } }, "targets": { "$0" } } }',
      ['r-ab12', 'ou-ab12-11111111', '111122223333'],
    ],
  ])('%s', (text, first) => {
    expect(labels(text)?.slice(0, first.length)).toEqual(first);
  });

  test('are documented as elsewhere', () => {
    const about = (marked: string, label: string): string | undefined => {
      const offer = offered(FILE, marked)?.find((each) => each.offer.label === label)?.offer;
      return offer?.about && documentationOf(offer.about, 'us-east-1');
    };
    expect(about(step('"can": "$0"'), 'Decrypt')).toContain('**`kms:Decrypt`** · action');
    expect(about(step('"can": "kms:$0"'), 'kms:ReEncrypt')).toContain('**`ReEncrypt`** · operation');
    expect(about(step('"can": "x", "context": { "$0" }'), 'aws:PrincipalOrgID')).toContain('condition key');
    expect(about(step('"can": "x", "via": "$0"'), 's3')).toContain('kms:ViaService');
    expect(about('{ "keys": { "k": { "spec": "$0" } } }', 'RSA_2048')).toContain('key spec');
    expect(about(step('"can": "PutKeyPolicy", "input": { "$0" }'), 'BypassPolicyLockoutSafetyCheck')).toContain(
      '`kms:BypassPolicyLockoutSafetyCheck`',
    );
    expect(about(step('"can": "CreateGrant", "input": { "$0" }'), 'Operations')).toContain('What the grant allows');
  });

  test('a condition key is written with a value of its type', () => {
    expect(taken(step('"can": "x", "context": { "$0" }'), 'aws:MultiFactorAuthPresent')).toContain(
      '"context": { "aws:MultiFactorAuthPresent": "true" }',
    );
    expect(taken(step('"can": "x", "context": { "$0" }'), 'kms:EncryptionContextKeys')).toContain(
      '{ "kms:EncryptionContextKeys": [""] }',
    );
  });
});

describe('request parameters', () => {
  test('those that conditions look at; a call has more', () => {
    expect(labels(step('"can": "PutKeyPolicy", "input": { "$0" }'))).toEqual(['BypassPolicyLockoutSafetyCheck']);
    expect(labels(step('"can": "CreateGrant", "input": { "Operations": [], "$0" }'))?.slice(0, 2)).toEqual([
      'Constraints',
      'GranteePrincipal',
    ]);
    expect(labels(step('"call": "CreateGrant", "input": { "$0" }'))?.slice(0, 3)).toEqual([
      'KeyId',
      'Operations',
      'GranteePrincipal',
    ]);
    const rest = labels(step('"call": "CreateGrant", "input": { "GranteePrincipal": "App", "$0" }'));
    expect(rest).toEqual(expect.arrayContaining(['RetiringPrincipal', 'RetiringServicePrincipal', 'Name', 'DryRun']));
    expect(rest).not.toContain('GranteeServicePrincipal');
    const constraints = (before: string) =>
      labels(step(`"call": "CreateGrant", "input": { "Constraints": { ${before}"$0" } }`));
    expect(constraints('')).toEqual(['EncryptionContextSubset', 'EncryptionContextEquals', 'SourceArn']);
    expect(constraints('"EncryptionContextEquals": {}, ')).toEqual(['SourceArn']);
    expect(labels(step('"can": "Nothing", "input": { "$0" }'))).toEqual([]);
  });

  test('are written with values that fit', () => {
    const result = (operation: string, label: string): string =>
      /"input": (\{.*?\}) \}, \{ "call"/s.exec(taken(step(`"call": "${operation}", "input": { $0 }`), label))?.[1] ??
      '';
    expect(result('CreateGrant', 'Operations')).toBe('{ "Operations": [""] }');
    expect(result('PutKeyPolicy', 'BypassPolicyLockoutSafetyCheck')).toBe('{ "BypassPolicyLockoutSafetyCheck": true }');
    expect(result('ScheduleKeyDeletion', 'PendingWindowInDays')).toBe('{ "PendingWindowInDays": 30 }');
    expect(result('Encrypt', 'EncryptionContext')).toBe('{ "EncryptionContext": { "": "" } }');
    expect(result('TagResource', 'Tags')).toBe('{ "Tags": [{ "TagKey": "", "TagValue": "" }] }');
  });

  test.each<[string, readonly string[]]>([
    [step('"can": "CreateGrant", "input": { "GranteePrincipal": "$0" }'), ['App', 'Ana', 'root']],
    [step('"can": "CreateGrant", "input": { "Operations": ["$0"] }'), ['Decrypt', 'Encrypt']],
    [step('"can": "CreateGrant", "input": { "Constraints": { "$0" } }'), ['EncryptionContextSubset']],
    [step('"can": "CreateGrant", "input": { "Constraints": { "EncryptionContextEquals": { "$0" } } }'), ['team']],
    [step('"call": "CreateGrant", "input": { "GranteePrincipal": "$0" }'), ['App', 'Ana', 'root']],
    [step('"call": "CreateGrant", "input": { "Operations": ["$0"] }'), ['Decrypt', 'Encrypt']],
    [step('"call": "CreateGrant", "input": { "Constraints": { "EncryptionContextEquals": { "$0" } } }'), ['team']],
    [step('"call": "Encrypt", "input": { "KeyId": "$0" }'), ['orders', 'signer', 'alias/orders']],
    [step('"call": "Encrypt", "input": { "EncryptionContext": { "$0" } }'), ['team']],
    [step('"call": "Encrypt", "input": { "EncryptionContext": { "team": "$0" } }'), ['x', '$sealed']],
    [step('"can": "Sign", "input": { "MessageType": "$0" }'), ['RAW', 'DIGEST']],
    [step('"can": "CreateAlias", "input": { "AliasName": "$0" }'), ['alias/orders']],
    [step('"can": "PutKeyPolicy", "input": { "BypassPolicyLockoutSafetyCheck": $0 }'), ['true', 'false']],
    [step('"can": "ReplicateKey", "input": { "ReplicaRegion": "$0" }'), ['us-east-1']],
  ])('%s', (text, first) => {
    expect(labels(text)?.slice(0, first.length)).toEqual(first);
  });
});

describe('policies', () => {
  const workspace = {
    files: [
      { path: 'orders.key-policy.json', kind: 'key-policy' },
      { path: '../app.iam-policy.json', kind: 'iam-policy' },
      { path: 'more/ana.iam-policy.json', kind: 'iam-policy' },
      { path: 'deny.scp.json', kind: 'scp' },
    ],
    named: [
      new SourceDocument({
        uri: 'file:///orders.key-policy.json',
        text: '{ "Statement": [{ "Condition": { "StringEquals": { "kms:EncryptionContext:Stage": ["prod", "test*"], "kms:encryptioncontext:one": "1" } } }] }',
      }),
    ],
  } as const;

  test('paths to files of the right kind, then policies that are written out', () => {
    const found = labels('{ "principals": { "A": { "policies": ["../app.iam-policy.json", "$0"] } } }', { workspace });
    expect(found?.slice(0, 2)).toEqual(['more/ana.iam-policy.json', 'Policy']);
    expect(labels('{ "keys": { "k": { "policy": "$0" } } }', { workspace })?.[0]).toBe('orders.key-policy.json');
    expect(labels('{ "organization": { "targets": { "r-ab12": { "scps": [$0] } } } }', { workspace })?.[0]).toBe(
      'deny.scp.json',
    );
    expect(taken('{ "keys": { "k": { "policy": $0 } } }', 'orders.key-policy.json', { workspace })).toBe(
      '{ "keys": { "k": { "policy": "orders.key-policy.json" } } }',
    );
    expect(taken('{ "keys": { "k": { "policy": $0 } } }', 'Policy')).toContain('"Version": "2012-10-17"');
  });

  test('what a policy inside can have is what it can have elsewhere', () => {
    const inline = (text: string): string => `{ "keys": { "k": { "policy": { "Statement": [${text}] } } } }`;
    expect(labels('{ "keys": { "k": { "policy": { "$0" } } } }')).toEqual(['Version', 'Id', 'Statement']);
    expect(labels(inline('{ "Action": "$0" }'))?.[0]).toBe('kms:Decrypt');
    expect(labels(inline('$0'))).toContain('Statement');
    expect(labels(inline('{ "Effect": "$0" }'))).toEqual(['Allow', 'Deny']);
    expect(labels(inline('{ "Action": "kms:CreateGrant", "Condition": { "Bool": { "$0" } } }'))?.[0]).toBe(
      'kms:GrantIsForAWSResource',
    );
    expect(
      labels('{ "organization": { "targets": { "r-a": { "rcps": [{ "Statement": { "Effect": "$0" } }] } } } }'),
    ).toEqual(['Deny']);
  });

  test('pairs of the encryption context come from the policies that are named and that stand in the file', () => {
    const text = (context: string): string => `{ "principals": { "A": { "policies": [
      { "Statement": { "Condition": { "StringEquals": { "kms:EncryptionContext:inline": "2" } } } }] } },
      "steps": [{ "can": "Decrypt", "encryptionContext": ${context} }] }`;
    expect(labels(text('{ "$0" }'), { workspace })?.slice(0, 3)).toEqual(['Stage', 'one', 'inline']);
    expect(taken(text('{ $0 }'), 'Stage', { workspace })).toContain('"encryptionContext": { "Stage": "prod" }');
    expect(labels(text('{ "Stage": "$0" }'), { workspace })).toEqual(['prod']);
  });

  test('are looked for where they are needed only', () => {
    const wants = (marked: string): string | undefined => {
      const { source, offset } = at(marked);
      return wantsAt(source, offset);
    };
    expect(wants('{ "keys": { "k": { "policy": "$0" } } }')).toBe('files');
    expect(wants('{ "principals": { "k": { "policies": [$0] } } }')).toBe('files');
    expect(wants('{ "keys": { "k": { "policy": { "Statement": [{ "Action": "$0" }] } } } }')).toBeUndefined();
    expect(wants('{ "steps": [{ "can": "x", "encryptionContext": { "$0" } }] }')).toBe('named');
    expect(wants('{ "keys": { "k": { "spec": "$0" } } }')).toBeUndefined();
    expect(wants('{ /* $0 */ }')).toBeUndefined();
  });
});

describe('nothing', () => {
  test.each(['{ // $0\n }', '{ /* "$0" */ }', '{ } $0'])('where nothing can be written: %s', (text) => {
    expect(labels(text)).toBeUndefined();
  });

  test.each([
    '{ "nothing": "$0" }',
    '{ "nothing": { "$0" } }',
    '{ "keys": [ { "$0" } ] }',
    '{ "description": "$0" }',
    '{ "steps": [{ "wait": "P1D", "as": "$0" }] }',
    '{ "__proto__": { "$0" } }',
    '[ "$0" ]',
  ])('where nothing is known: %s', (text) => {
    expect(labels(text)).toEqual([]);
  });
});

test('CRLF and other scripts', () => {
  expect(
    labels('{\r\n  "keys": { "Schlüssel-🔑": {} },\r\n  "steps": [{ "can": "Decrypt", "on": "$0" }]\r\n}'),
  ).toEqual(['Schlüssel-🔑']);
  expect(taken('{\r\n"keys": { "a\\"b": {} }, "steps": [{ "on": "$0", "can": "Decrypt" }] }', 'a"b')).toContain(
    '"on": "a\\"b"',
  );
});

test('key stores are offered where they are named, with what may fail behind them', () => {
  const world = (rest: string): string =>
    `{ "customKeyStores": { "hsm": { "type": "AWS_CLOUDHSM" } }, "keys": {}, ${rest} }`;
  expect(labels(world('"steps": [{ "backend": "$0" }]'))).toEqual(['hsm']);
  expect(labels(world('"steps": [{ "backend": "hsm", "error": "$0" }]'))).toEqual(
    expect.arrayContaining(['none', 'USER_LOGGED_IN']),
  );
  expect(
    labels(world('"steps": [{ "call": "ConnectCustomKeyStore", "input": { "CustomKeyStoreId": "$0" } }]')),
  ).toEqual(['hsm']);
  expect(labels('{ "customKeyStores": { "hsm": {} }, "keys": { "a": { "customKeyStore": "$0" } } }')).toEqual(['hsm']);
});

describe('calls', () => {
  const inputOf = (text: string, label: string): string | undefined =>
    /"input": (\{.*?\}) \}, \{ "call"/s.exec(taken(step(text), label))?.[1];

  test('members of the request, those that it needs first', () => {
    expect(labels(step('"call": "Sign", "input": { "$0" }'))?.slice(0, 4)).toEqual([
      'KeyId',
      'Message',
      'SigningAlgorithm',
      'MessageType',
    ]);
    expect(labels(step('"call": "ListKeys", "input": { "$0" }'))).toEqual(['Limit', 'Marker']);
    expect(labels(step('"call": "TagResource", "input": { "Tags": [{ "$0" }] }'))).toEqual(['TagKey', 'TagValue']);
  });

  test.each([
    ['"call": "Encrypt", "input": { $0 }', 'Plaintext', '{ "Plaintext": "text:hello" }'],
    ['"call": "GenerateRandom", "input": { $0 }', 'NumberOfBytes', '{ "NumberOfBytes": 30 }'],
    ['"call": "CreateKey", "input": { $0 }', 'MultiRegion', '{ "MultiRegion": true }'],
    ['"call": "TagResource", "input": { $0 }', 'Tags', '{ "Tags": [{ "TagKey": "", "TagValue": "" }] }'],
    ['"call": "ImportKeyMaterial", "input": { $0 }', 'ValidTo', '{ "ValidTo": "2026-01-15T09:00:00Z" }'],
  ])('%s is taken with a value that fits: %s', (text, label, input) => {
    expect(inputOf(text, label)).toBe(input);
  });

  test('the request as a whole has what it needs', () => {
    expect(inputOf('"call": "Sign", $0', 'input')).toBe(
      '{ "KeyId": "", "Message": "text:hello", "SigningAlgorithm": "" }',
    );
  });

  test.each<[string, readonly string[]]>([
    ['"call": "GenerateDataKey", "input": { "KeySpec": "$0" }', ['AES_256', 'AES_128']],
    ['"call": "CreateKey", "input": { "KeySpec": "$0" }', ['SYMMETRIC_DEFAULT', 'RSA_2048']],
    ['"call": "Encrypt", "input": { "Plaintext": "$0" }', ['text:…', 'base64:…', 'hex:…', 'file:…']],
    ['"call": "UpdateAlias", "input": { "AliasName": "$0" }', ['alias/orders']],
    ['"call": "ReplicateKey", "input": { "ReplicaRegion": "$0" }', ['af-south-1', 'ap-east-1']],
    ['"call": "DescribeKey", "input": { "KeyId": "$0" }', ['orders', 'signer', 'alias/orders']],
    ['"call": "CreateKey", "input": { "MultiRegion": $0 }', ['true', 'false']],
    ['"call": "ScheduleKeyDeletion", "input": { "PendingWindowInDays": $0 }', ['1', '365']],
    ['"call": "UntagResource", "input": { "TagKeys": $0 }', ['[ … ]']],
  ])('values: %s', (text, expected) => {
    expect(labels(step(text))?.slice(0, expected.length)).toEqual(expected);
  });

  test('parts of saved responses, also within structures', () => {
    const made = step('"call": "DescribeKey", "input": { "KeyId": "$0" }').replace(
      '"call": "Encrypt", "save": "sealed"',
      '"call": "CreateKey", "save": "made"',
    );
    expect(labels(made)).toEqual(expect.arrayContaining(['$made.KeyMetadata.KeyId', '$made.KeyMetadata.Arn', '$made']));
    expect(labels(made)).not.toContain('$made.KeyMetadata.Enabled');
  });

  test('of an envelope round trip', () => {
    expect(labels(step('"envelope": "orders", "$0"'))?.[0]).toBe('payload');
    expect(labels(step('"envelope": "orders", "decrypt": { "$0" }'))).toEqual(['as', 'encryptionContext', 'tamper']);
    expect(labels(step('"envelope": "orders", "decrypt": { "tamper": "$0" }'))).toEqual([
      'none',
      'ciphertext',
      'tag',
      'header',
      'encrypted-data-key',
    ]);
    const errors = labels(step('"envelope": "orders", "expect": { "error": "$0" }'));
    expect(errors?.[0]).toBe('AccessDeniedException');
    expect(errors?.slice(-3)).toEqual(['header-tag', 'frame-tag', 'encryption-context']);
    expect(errors).not.toContain('MalformedPolicyDocumentException');
    expect(labels(step('"envelope": "$0"'))).toContain('orders');
    expect(taken(step('"envelope": "orders", "payload": "$0"'), 'text:hello')).toContain('"payload": "text:hello"');
  });

  test('errors that the operation answers with, and members of its response', () => {
    const errors = labels(step('"call": "Decrypt", "expect": { "error": "$0" }'));
    expect(errors?.[0]).toBe('AccessDeniedException');
    expect(errors).toContain('InvalidCiphertextException');
    expect(errors).not.toContain('MalformedPolicyDocumentException');
    expect(labels(step('"call": "Decrypt", "expect": { "ok": { "$0" } }'))).toEqual([
      'KeyId',
      'Plaintext',
      'EncryptionAlgorithm',
      'CiphertextForRecipient',
      'KeyMaterialId',
    ]);
    expect(labels(step('"call": "DescribeKey", "expect": { "ok": { "KeyMetadata": { "$0" } } }'))).toContain(
      'KeyState',
    );
    expect(
      labels(step('"call": "DescribeKey", "expect": { "ok": { "KeyMetadata": { "KeyState": "$0" } } }')),
    ).toContain('PendingDeletion');
    expect(
      labels(step('"call": "ListKeyRotations", "expect": { "ok": { "Rotations": [{ "RotationType": "$0" }] } }')),
    ).toEqual(['AUTOMATIC', 'ON_DEMAND', '$sealed']);
  });

  test('every operation can be called, and those that are checked most come first', () => {
    expect(labels(step('"call": "$0"'))).toContain('DeleteCustomKeyStore');
    const checked = labels(step('"can": "$0"')) ?? [];
    expect(checked.indexOf('CreateGrant')).toBeLessThan(checked.indexOf('UpdateAlias'));
  });

  test('durations of waits', () => {
    expect(labels(step('"wait": "$0"'))).toEqual(['PT1H', 'P1D', 'P7D', 'P30D', 'P365D']);
  });

  test('documentation says what a member takes and what an error means', () => {
    const about = { type: 'parameter', name: 'KeySpec', of: 'GenerateDataKey', part: 'request' } as const;
    expect(documentationOf(about, 'us-east-1')).toContain('`AES_256`, `AES_128`');
    expect(documentationOf({ type: 'scenario-value', name: 'DisabledException', of: 'error' }, 'us-east-1')).toContain(
      'The key is disabled.',
    );
  });
});
