import { describe, expect, test } from 'vitest';
import { scenarioShape } from '../../../../simulator/scenario/format/scenario.ts';
import type { Shape } from '../../../../simulator/scenario/shape.ts';
import { rowOf } from '../../../../simulator/scenario/spot.ts';
import { hover as hoverIn, pointedAt as pointedIn, rows as rowsIn } from '../hover/harness.ts';

const FILE = 'file:///folder/a.kms-scenario.json';
const hover = (text: string): string | undefined => hoverIn(FILE, text, { languageId: 'kms-scenario' });
const pointedAt = (text: string): string | undefined => pointedIn(FILE, text, { languageId: 'kms-scenario' });
const rows = (text: string): Readonly<Record<string, string>> => rowsIn(FILE, text, { languageId: 'kms-scenario' });
const step = (members: string): string => `{ "steps": [{ ${members} }] }`;

describe('members', () => {
  test('say what they are, whether they are needed, and what they take', () => {
    expect(hover('{ "keys": { "k": { "ro$0tation": { } } } }')).toBe(`**\`rotation\`** · member of a key

Its automatic rotation. Left out: off.

| | |
|:---|:---|
| Needed | no |
| Value | an object |`);
    expect(rows('{ "keys": { "k": { "rotation": { "en$0abled": true, "periodInDays": 100 } } } }')).toEqual({
      Needed: 'yes',
      Value: '`true` or `false`',
    });
    expect(rows('{ "keys": { "k": { "rotation": { "periodIn$0Days": 100 } } } }')['Value']).toBe(
      'a number from 90 to 2560',
    );
    expect(rows('{ "principals": { "A": { "a$0rn": "" } } }')).toEqual({
      Needed: 'yes',
      Value: 'a text such as `arn:aws:iam::111122223333:role/App`',
    });
    expect(rows('{ "principals": { "A": { "poli$0cies": "" } } }')['Value']).toBe(
      'a list of paths to policies, or of policies themselves',
    );
    expect(rows('{ "keys": { "A": { "poli$0cy": "" } } }')['Value']).toBe(
      'a path to a key policy, or the policy itself',
    );
    expect(rows(step('"can": "x", "exp$0ect": ""'))).toEqual({
      Needed: 'no',
      Value: 'a text or an object',
      Values: '`allowed`, `denied`, `depends`',
    });
  });

  test('are those of the step that it is', () => {
    expect(hover(step('"ca$0n": "Decrypt"'))).toContain('nothing is executed');
    expect(hover(step('"input$0": {}, "call": "Encrypt"'))).toContain('member of a call');
    expect(hover(step('"input$0": {}, "can": "Encrypt"'))).toContain('member of an access check');
    expect(hover(step('"a$0s": "App"'))).toContain('**`as`** · member of');
    const wrapping = '"call": "ImportKeyMaterial", "input": { "EncryptedKeyMaterial": { "wr$0ap": "hex:00" } }';
    expect(hover(step(wrapping))).toContain('**`wrap`** · member of a wrapping');
  });

  test('speak for values of which there is no more to say', () => {
    expect(hover('{ "description": "or$0ders" }')).toContain('**`description`** · member of a scenario');
    expect(hover('{ "principals": { "A": { "mfa": tr$0ue } } }')).toContain('**`mfa`** · member of a principal');
    expect(hover('{ "keys": { "k": { "tags": { "te$0am": "x" } } } }')).toContain('**`tags`** · member of a key');
    expect(hover('{ "keys": { "k": { "aliases": ["alias/$0x"] } } }')).toContain('**`aliases`** · member of a key');
    expect(hover('{ "steps": $0[] }')).toContain('**`steps`** · member of a scenario');
    expect(pointedAt('{ "steps": $0[ {} ] }')).toBe('[');
  });

  test.each([
    '{ "$0nothing": 1 }',
    '{ "keys": { "k": { "nothing$0": 1 } } }',
    '{ "nothing": { "x": "$0y" } }',
    '{ "keys":  $0 { } }',
    '{ "keys": { $0 } }',
    '{ /* ke$0ys */ }',
    '$0',
    '[ "$0keys" ]',
  ])('nothing: %s', (text) => {
    expect(hover(text)).toBeUndefined();
  });

  test('each has a row of its own, which is found by its id', () => {
    let members = 0;
    const visit = (shape: Shape, trail: string): void => {
      if (shape.type === 'list' || shape.type === 'map') visit(shape.of, `${trail}/*`);
      if (shape.type === 'either') for (const each of shape.of) visit(each, trail);
      if (shape.type === 'variants')
        for (const [kind, each] of Object.entries(shape.variants)) visit(each, `${trail}?${kind}`);
      if (shape.type !== 'object') return;
      for (const [name, member] of Object.entries(shape.members)) {
        members += 1;
        expect(rowOf(`${trail}/${name}`)?.member, `${trail}/${name}`).toBe(member);
        visit(member.shape, `${trail}/${name}`);
      }
    };
    visit(scenarioShape, '');
    expect(members).toBeGreaterThan(80);
  });
});

describe('what has a name', () => {
  const world = `{
  "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App", "policies": ["app.json", { "Statement": [] }], "tags": { "a": "b" } } },
  "keys": {
    "orders": { "id": "1234abcd-12ab-34cd-56ef-1234567890ab", "aliases": ["alias/orders"], "policy": "orders.json" },
    "everywhere": { "replicas": ["eu-west-1"] }
  },
  "grants": { "g": { "key": "orders", "GranteePrincipal": "arn:aws:iam::111122223333:role/App", "Operations": ["Decrypt"], "createdBy": "App" } },
  "vpcEndpoints": { "vpce-0a": { } },
  "steps": [
    { "can": "Decrypt", "as": "App", "on": "alias/orders", "grantTokens": ["g"], "vpce": "vpce-0a" },
    { "call": "Encrypt", "save": "sealed" },
    { "call": "Decrypt", "input": { "CiphertextBlob": "$sealed.CiphertextBlob", "KeyId": "everywhere" } }
  ]
}`;
  const on = (text: string, last = false): string => {
    const start = last ? world.lastIndexOf(text) : world.indexOf(text);
    return `${world.slice(0, start + 2)}$0${world.slice(start + 2)}`;
  };

  test('a principal, where it is defined and where it is used', () => {
    expect(hover(on('"App"'))).toBe(`**\`App\`** · principal of the scenario

The role App of 111122223333.

What it does, its session \`session\` does.

| | |
|:---|:---|
| ARN | \`arn:aws:iam::111122223333:role/App\` |
| Identity policies | \`app.json\` and one in this file |
| Tags | \`a\` = \`b\` |
| Defined | in line 2 |`);
    expect(hover(on('"App"', true))).toBe(hover(on('"App"')));
    expect(pointedAt(on('"App"', true))).toBe('"App"');
  });

  test('a key, by its name and otherwise', () => {
    expect(rows(on('"alias/orders"', true))).toEqual({
      ARN: '`arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`',
      Policy: '`orders.json`',
      'Key spec': '`SYMMETRIC_DEFAULT`',
      Usage: '`ENCRYPT_DECRYPT`',
      State: '`Enabled`',
      Aliases: '`alias/orders`',
      Defined: 'in line 4',
    });
    expect(rows(on('"everywhere"', true))).toMatchObject({
      Policy: 'the one that CreateKey gives',
      Replicas: '`eu-west-1`',
    });
  });

  test('a grant, an endpoint, a response', () => {
    expect(hover(on('"g"', true))).toContain('Lets the role App of 111122223333 decrypt.');
    expect(rows(on('"g"', true))).toEqual({ Key: '`orders`', 'Created by': '`App`', Defined: 'in line 7' });
    expect(rows(on('"vpce-0a"', true))['Policy']).toBe('none: everything passes');
    expect(hover(on('$sealed'))).toContain('The response of step 2, `call Encrypt as root`.');
    expect(pointedAt(on('$sealed'))).toBe('sealed');
  });

  test('a step, on its brace', () => {
    expect(hover(on('{ "can"').replace('{ $0', '$0{ '))).toContain(
      '**Decrypt as App on alias/orders** · step 1, an access check',
    );
    expect(hover('{ "steps": [$0{ }] }')).toContain('It does nothing yet.');
  });

  test.each([
    ['root', 'The root user of the account 111122223333.'],
    ['root:444455556666', 'The root user of the account 444455556666.'],
    ['service:logs.us-east-1.amazonaws.com', 'The service calls as itself'],
    ['arn:aws:iam::111122223333:user/Ana', 'it has no identity policies here'],
  ])('%s stands for itself', (text, sentence) => {
    expect(hover(step(`"can": "Decrypt", "as": "$0${text}"`))).toContain(sentence);
  });

  test('what is named nowhere is spoken of as the member is', () => {
    expect(hover(step('"can": "Decrypt", "as": "$0Nobody"'))).toContain('**`as`** · member of an access check');
  });
});

describe('values', () => {
  test.each([
    [step('"can": "De$0crypt"'), '**`kms:Decrypt`** · action'],
    [step('"can": "kms:De$0crypt"'), '**`kms:Decrypt`** · action'],
    [step('"can": "Re$0Encrypt"'), '**`ReEncrypt`** · operation'],
    [step('"call": "Si$0gn"'), '**`kms:Sign`** · action'],
    [step('"load": { "De$0crypt": 3 }'), '**`kms:Decrypt`** · action'],
    [step('"can": "x", "via": "s$03"'), 'in `kms:ViaService` `s3.us-east-1.amazonaws.com`'],
    [
      step('"can": "x", "context": { "kms:Via$0Service": "s3.us-east-1.amazonaws.com" }'),
      '**`kms:ViaService`** · condition key',
    ],
    [
      step('"can": "x", "context": { "kms:ViaService": "s3.us-$0east-1.amazonaws.com" }'),
      'service that forwards the call',
    ],
    [step('"can": "x", "context": { "aws:SourceIp": ["10.$00.0.7"] }'), '**`aws:SourceIp`** · condition key'],
    [step('"can": "x", "encryptionContext": { "aws:s3$0:arn": "x" }'), 'Amazon S3 sets `aws:s3:arn`.'],
    [
      step('"can": "x", "encryptionContext": { "my": "va$0lue" }'),
      '**`my` = `value`** · pair of the encryption context',
    ],
    ['{ "keys": { "k": { "spec": "RSA_$02048" } } }', 'key spec'],
    ['{ "keys": { "k": { "usage": "SIGN$0_VERIFY" } } }', 'key usage'],
    ['{ "keys": { "k": { "origin": "EXT$0ERNAL" } } }', 'origin of key material'],
    ['{ "keys": { "k": { "state": "Dis$0abled" } } }', 'key state'],
    ['{ "region": "eu-cen$0tral-1" }', 'Frankfurt'],
    ['{ "grants": { "g": { "Operations": ["De$0crypt"] } } }', 'operation of a grant'],
    ['{ "grants": { "g": { "GranteeServicePrincipal": "logs.us-east-1.amazon$0aws.com" } } }', 'CloudWatch Logs'],
    ['{ "principals": { "A": { "arn": "arn:aws:iam::111122223333:user/A$0" } } }', 'The user A of 111122223333'],
    ['{ "keys": { "k": { "policy": "a/or$0ders.json" } } }', 'The policy of one KMS key.'],
    ['{ "principals": { "k": { "policies": ["a/or$0ders.json"] } } }', '`policies`: Its identity policies'],
  ])('%s', (text, sentence) => {
    expect(hover(text)).toContain(sentence);
  });

  test.each([
    [
      step('"can": "CreateGrant", "input": { "Grantee$0Principal": "x" }'),
      '**`GranteePrincipal`** · member of a grant',
    ],
    [step('"can": "kms:CreateGrant", "input": { "Operations": ["Dec$0rypt"] }'), 'operation of a grant'],
    [step('"can": "CreateGrant", "input": { "Constraints": { "Source$0Arn": "x" } }'), 'constraint of a grant'],
    [
      step('"can": "CreateGrant", "input": { "Constraints": { "EncryptionContextEquals": { "a$0": "x" } } }'),
      'pair of the encryption context',
    ],
    [
      step('"can": "PutKeyPolicy", "input": { "Bypass$0PolicyLockoutSafetyCheck": true }'),
      '| Condition keys | `kms:BypassPolicyLockoutSafetyCheck` |',
    ],
    [step('"call": "Sign", "input": { "Message$0Type": "RAW" }'), '**`MessageType`** · parameter of Sign'],
    [
      step('"call": "Encrypt", "input": { "EncryptionContext": { "a": "x$0" } }'),
      '**`a` = `x`** · pair of the encryption context',
    ],
    [step('"call": "Encrypt", "input": { "EncryptionAlgorithm": "RSAES_OAEP_$0SHA_256" }'), 'algorithm'],
  ])('parameters: %s', (text, sentence) => {
    expect(hover(text)).toContain(sentence);
  });
});

describe('policies that stand in the scenario', () => {
  const inline = (members: string): string =>
    `{ "keys": { "k": { "policy": { "Version": "2012-10-17", "Statement": [{ ${members} }] } } } }`;

  test.each([
    [inline('"Prin$0cipal": "*"'), '**`Principal`** · element of a statement'],
    [inline('"Action": "kms:De$0crypt"'), '**`kms:Decrypt`** · action'],
    [inline('"Effect": "Al$0low"'), 'effect'],
    [inline('"Resource": "$0*"'), 'This key.'],
    [inline('"Condition": { "StringEquals": { "kms:Via$0Service": "s3.us-east-1.amazonaws.com" } }'), 'condition key'],
    [
      inline('"Condition": { "StringEquals": { "kms:ViaService": "s$03.us-east-1.amazonaws.com" } }'),
      'service that forwards the call',
    ],
    [
      inline(
        '"Condition": { "ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:user/${aws:user$0name}" } }',
      ),
      'aws:username',
    ],
    ['{ "principals": { "A": { "policies": [$0{ "Statement": [] }] } } }', 'What an identity may do'],
    [
      '{ "principals": { "A": { "policies": ["x", { "Statement": { "NotRe$0source": "*" } }] } } }',
      'element of a statement',
    ],
    [
      '{ "organization": { "targets": { "r-ab12": { "rcps": [{ "Statement": [{ "Princi$0pal": "*" }] }] } } } }',
      'element of a statement',
    ],
  ])('%s', (text, sentence) => {
    expect(hover(text)).toContain(sentence);
  });
});

describe('calls', () => {
  test('members of requests and responses say what they take', () => {
    expect(hover(step('"call": "GenerateDataKey", "input": { "Key$0Spec": "AES_256" }'))).toContain(
      'parameter of GenerateDataKey',
    );
    expect(rows(step('"call": "GenerateDataKey", "input": { "Key$0Spec": "AES_256" }'))).toMatchObject({
      Needed: 'no',
      Value: 'a text',
      Values: '`AES_256`, `AES_128`',
    });
    expect(rows(step('"call": "Encrypt", "input": { "Plain$0text": "" }'))).toMatchObject({ Needed: 'yes' });
    expect(rows(step('"call": "TagResource", "input": { "Tags": [{ "Tag$0Key": "a" }] }'))).toMatchObject({
      Needed: 'yes',
      Value: 'a text',
    });
    expect(rows(step('"call": "DescribeKey", "expect": { "ok": { "KeyMetadata": { "Ena$0bled": true } } }'))).toEqual({
      Value: '`true` or `false`',
    });
  });

  test('what an envelope round trip may come to', () => {
    const error = (name: string): string => step(`"envelope": "k", "expect": { "error": "${name}" }`);
    expect(hover(error('frame$0-tag'))).toContain('does not match its authentication tag');
    expect(hover(error('Disabled$0Exception'))).toContain('error of AWS KMS');
    expect(hover(step('"envelope": "k", "decrypt": { "tam$0per": "tag" }'))).toContain('the first frame');
  });

  test('values that facts tell of, and errors', () => {
    expect(hover(step('"call": "CreateKey", "input": { "KeySpec": "RSA_$02048" }'))).toContain('key spec');
    expect(hover(step('"call": "Decrypt", "expect": { "error": "Disabled$0Exception" }'))).toContain(
      'The key is disabled.',
    );
  });

  test('a saved response names its parts', () => {
    const text = `{ "steps": [{ "call": "Encrypt", "save": "sealed" }, { "call": "Decrypt", "input": { "CiphertextBlob": "$sea$0led.CiphertextBlob" } }] }`;
    expect(rows(text)).toMatchObject({ Members: '`CiphertextBlob`, `KeyId`, `EncryptionAlgorithm`' });
  });
});

describe('custom key stores', () => {
  const world = (step: string): string =>
    `{ "customKeyStores": { "hsm": { "cluster": "cluster-2abcdefghij" } }, "steps": [${step}] }`;

  test('say what they are where they are named', () => {
    expect(rows(world('{ "backend": "h$0sm", "hsms": 1 }'))).toMatchObject({
      Type: '`AWS_CLOUDHSM`',
      State: '`CONNECTED`',
      'CloudHSM cluster': '`cluster-2abcdefghij`',
    });
  });

  test('say what it means that something behind them fails', () => {
    expect(hover(world('{ "backend": "hsm", "error": "USER_LOG$0GED_IN" }'))).toContain('logged in as `kmsuser`');
  });
});
