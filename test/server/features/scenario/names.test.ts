import { describe, expect, test } from 'vitest';
import { renamableAt, renamed } from '../../../../server/answers/scenario/rename.ts';
import { occurrencesOf } from '../../../../server/documents/scenario-names.ts';
import { definitionsAt } from '../../../../server/features/definition.ts';
import { occurrencesAt } from '../../../../server/features/references.ts';
import { at, edited, marks } from './harness.ts';

/** The text with every place marked that speaks of what stands at `$0`. */
function occurrences(marked: string): string {
  const { source, offset } = at(marked);
  return marks(
    source,
    occurrencesAt(source, offset).map(({ span }) => span),
  );
}

function definitions(marked: string): string | undefined {
  const { source, offset } = at(marked);
  const spans = definitionsAt(source, offset)?.map(({ range }) => ({
    start: source.offsetAt(range.start),
    end: source.offsetAt(range.end),
  }));
  return spans && marks(source, spans);
}

/** The text after the rename, or why there is none. */
function rename(marked: string, name: string): string | undefined {
  const { source, offset } = at(marked);
  const answer = renamed(source, offset, name);
  if (!answer) return undefined;
  return 'problem' in answer ? answer.problem : edited(source, answer.edits);
}

const PRINCIPALS = `
  "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App" }, "Ana": { "arn": "arn:aws:iam::111122223333:user/Ana" } }`;
const KEYS = `
  "keys": { "orders": { "id": "1234abcd-12ab-34cd-56ef-1234567890ab", "aliases": ["alias/orders"] }, "other": {} }`;

describe('places that speak of one thing', () => {
  test('a principal: steps, grants and the parameters of calls', () => {
    const text = `{ // the app
  "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App" } },
  "grants": { "g": { "key": "k", "GranteePrincipal": "App", "createdBy": "App", "Operations": [] } },
  "steps": [
    { "can": "Decrypt", "as": "A$0pp" },
    { "can": "CreateGrant", "as": "Ana", "input": { "GranteePrincipal": "App", "Name": "App" } }
  ]
}`;
    expect(occurrences(text)).toBe(
      text
        .replace('$0', '')
        .replace(/(?<!role\/|"Name": ")"App"/g, '"«App»"')
        .replace(/"Name": "«App»"/, '"Name": "App"'),
    );
  });

  test('a key: its id, ARN and aliases are uses as well', () => {
    const text = `{${KEYS},
  "grants": { "orders": { "key": "orders", "Operations": [] } },
  "steps": [
    { "can": "Decrypt", "on": "alias/ord$0ers" },
    { "can": "Decrypt", "on": "1234abcd-12ab-34cd-56ef-1234567890ab" },
    { "can": "Decrypt", "on": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
    { "can": "ReEncrypt", "on": "other", "to": "orders" },
    { "call": "Encrypt", "input": { "KeyId": "orders", "Plaintext": "orders" } },
    { "envelope": "orders" }, { "service": "s3", "do": "PutObject", "key": "orders" }
  ]
}`;
    expect(occurrences(text).match(/«[^»]*»/g)).toEqual([
      '«orders»',
      '«orders»',
      '«alias/orders»',
      '«1234abcd-12ab-34cd-56ef-1234567890ab»',
      '«arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab»',
      '«orders»',
      '«orders»',
      '«orders»',
      '«orders»',
    ]);
  });

  test('grants by their tokens, and VPC endpoints', () => {
    expect(occurrences('{ "grants": { "$0g": {} }, "steps": [{ "can": "x", "grantTokens": ["g", "h"] }] }')).toBe(
      '{ "grants": { "«g»": {} }, "steps": [{ "can": "x", "grantTokens": ["«g»", "h"] }] }',
    );
    expect(occurrences('{ "vpcEndpoints": { "vpce-0a": {} }, "steps": [{ "can": "x", "vpce": "vpce-0a$0" }] }')).toBe(
      '{ "vpcEndpoints": { "«vpce-0a»": {} }, "steps": [{ "can": "x", "vpce": "«vpce-0a»" }] }',
    );
  });

  test('a saved response: of `$name.Member` the name alone', () => {
    const text = `{ "steps": [
  { "call": "Encrypt", "save": "sealed" },
  { "call": "Decrypt", "input": { "CiphertextBlob": "$0$sealed.CiphertextBlob", "More": [{ "Deep": "$sealed" }] } },
  { "call": "Decrypt", "input": { "CiphertextBlob": "$sealed2.CiphertextBlob" } }
] }`;
    expect(occurrences(text)).toBe(
      text
        .replace('$0', '')
        .replace('"sealed"', '"«sealed»"')
        .replace('$sealed.', '$«sealed».')
        .replace('"$sealed"', '"$«sealed»"'),
    );
    expect(
      occurrences('{ "steps": [{ "save": "a", "call": "x" }, { "call": "x", "input": { "A": "$a.B$0b" } }] }'),
    ).not.toContain('«');
  });

  test('a name that is there twice, of which the last one counts', () => {
    const text = '{ "keys": { "k": {}, "$0k": {} }, "steps": [{ "can": "x", "on": "k" }] }';
    expect(occurrences(text)).toBe('{ "keys": { "«k»": {}, "«k»": {} }, "steps": [{ "can": "x", "on": "«k»" }] }');
    expect(occurrences(text.replace('$0', '').replace('"k"', '"$0k"'))).toBe(occurrences(text));
  });

  test('names of two kinds are two names', () => {
    const text =
      '{ "principals": { "x": {} }, "keys": { "$0x": {} }, "steps": [{ "can": "x", "as": "x", "on": "x" }] }';
    expect(occurrences(text)).toBe(
      '{ "principals": { "x": {} }, "keys": { "«x»": {} }, "steps": [{ "can": "x", "as": "x", "on": "«x»" }] }',
    );
  });

  test.each([
    '{ "steps": [{ "as": "ro$0ot" }] }',
    '{ "steps": [{ "as": "nobody$0" }] }',
    '{ "ke$0ys": {} }',
    '{ "keys": { "k": {} }, "description": "k$0" }',
    '{ /* $0 */ }',
    '$0',
  ])('nothing: %s', (text) => {
    expect(occurrences(text)).toBe(text.replace('$0', ''));
    expect(definitions(text)).toBeUndefined();
  });

  test.each([
    '{ "principals": { "App": { "arn": } },',
    '{ "principals": { "App": { } }',
    '{ "principals": { "App": {},, }, ',
  ])('in broken text: %s', (start) => {
    const text = `${start} "steps": [{ "as": "App$0", "can": `;
    const found = occurrences(text);
    expect(found.match(/«App»/g)).toHaveLength(2);
    expect(() => rename(text, 'Api')).not.toThrow();
  });

  test('with the line ends of Windows, in other scripts, and with escapes', () => {
    const text = '{\r\n"principals": { "Büro-🔑": {} },\r\n"steps": [{ "as": "B\\u00fcro-\\ud83d\\udd11$0" }]\r\n}';
    expect(occurrences(text)).toBe(
      '{\r\n"principals": { "«Büro-🔑»": {} },\r\n"steps": [{ "as": "«B\\u00fcro-\\ud83d\\udd11»" }]\r\n}',
    );
  });

  test('thousands of uses cost their number', () => {
    const steps = Array.from({ length: 20_000 }, () => '{ "can": "Decrypt", "as": "App" }').join(',');
    const { source } = at(`{ "principals": { "App": {} }, "steps": [${steps}] }$0`);
    const [definition] = source.scenario?.names.definitions ?? [];
    const started = performance.now();
    expect(definition && occurrencesOf(source, definition)).toHaveLength(20_001);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('definitions', () => {
  test('of every kind of use', () => {
    const text = `{${PRINCIPALS},${KEYS},
  "steps": [{ "can": "Decrypt", "as": "Ana", "on": "alias/orders" }] }`;
    expect(definitions(text.replace('"as": "Ana"', '"as": "An$0a"'))).toContain('"«Ana»": {');
    expect(definitions(text.replace('"on": "alias', '"on": "$0alias'))).toContain('"«orders»": {');
  });

  test('of a definition itself', () => {
    expect(definitions('{ "keys": { "k$0": {} } }')).toBe('{ "keys": { "«k»": {} } }');
  });

  test('of a response that is saved twice, the last one before the use', () => {
    const saved = '{ "call": "Encrypt", "save": "r" }';
    const used = (mark: string): string => `{ "call": "Decrypt", "input": { "CiphertextBlob": "$${mark}r.X" } }`;
    const marked = saved.replace('"r"', '"«r»"');
    expect(definitions(`{ "steps": [${saved}, ${used('$0')}, ${saved}, ${used('')}] }`)).toBe(
      `{ "steps": [${marked}, ${used('')}, ${saved}, ${used('')}] }`,
    );
    expect(definitions(`{ "steps": [${saved}, ${used('')}, ${saved}, ${used('$0')}] }`)).toBe(
      `{ "steps": [${saved}, ${used('')}, ${marked}, ${used('')}] }`,
    );
  });
});

describe('renaming', () => {
  test('a principal everywhere', () => {
    expect(
      rename('{ "principals": { "App": {} }, "steps": [{ "as": "$0App" }, { "as": "App" }, { "as": "root" }] }', 'Api'),
    ).toBe('{ "principals": { "Api": {} }, "steps": [{ "as": "Api" }, { "as": "Api" }, { "as": "root" }] }');
  });

  test('a key, not its ids and aliases', () => {
    const text = `{${KEYS}, "steps": [{ "on": "alias/orders" }, { "on": "$0orders" }] }`;
    expect(rename(text, 'sales')).toBe(text.replace('$0', '').replaceAll('"orders"', '"sales"'));
  });

  test('a response, of which members are used', () => {
    expect(
      rename(
        '{ "steps": [{ "call": "x", "save": "$0a" }, { "call": "x", "input": { "B": "$a.B", "C": "$ab.B" } }] }',
        'b_2',
      ),
    ).toBe('{ "steps": [{ "call": "x", "save": "b_2" }, { "call": "x", "input": { "B": "$b_2.B", "C": "$ab.B" } }] }');
  });

  test('writes what JSON has to escape, and replaces what was escaped', () => {
    expect(
      rename('{ "grants": { "a\\tb$0": {} }, "steps": [{ "can": "x", "grantTokens": ["a\\u0009b"] }] }', 'say "hi"\\'),
    ).toBe('{ "grants": { "say \\"hi\\"\\\\": {} }, "steps": [{ "can": "x", "grantTokens": ["say \\"hi\\"\\\\"] }] }');
  });

  test('the same name changes nothing', () => {
    expect(rename('{ "keys": { "$0k": {} } }', 'k')).toBe('{ "keys": { "k": {} } }');
  });

  test.each([
    ['{ "principals": { "$0App": {}, "Ana": {} } }', 'Ana', '`Ana` is taken: choose another name'],
    ['{ "principals": { "$0App": {} } }', '', 'a name has at least one character: write one'],
    ['{ "principals": { "$0App": {} } }', 'root', '`root` stands for somebody by itself: choose another name'],
    ['{ "principals": { "$0App": {} } }', 'arn:aws:iam::111122223333:role/App', 'stands for somebody by itself'],
    ['{ "principals": { "$0App": {} } }', '111122223333', 'stands for somebody by itself'],
    ['{ "keys": { "$0k": {} } }', 'alias/k', '`alias/k` reads as an ARN or an alias: choose another name'],
    [
      '{ "keys": { "$0k": {}, "l": { "id": "1234abcd-12ab-34cd-56ef-1234567890ab" } } }',
      '1234abcd-12ab-34cd-56ef-1234567890ab',
      '`1234abcd-12ab-34cd-56ef-1234567890ab` is taken: it says `l`',
    ],
    ['{ "steps": [{ "call": "x", "save": "$0a" }] }', 'a b', '`a b` is no name for a response'],
  ])('refuses a name: %s → %s', (text, name, problem) => {
    expect(rename(text, name)).toContain(problem);
  });

  test.each([
    [
      '{ "steps": [{ "can": "Decrypt", "as": "$0root" }] }',
      '`root` stands for somebody by itself, and is no name of this file',
    ],
    [
      '{ "steps": [{ "can": "Decrypt", "as": "$0arn:aws:iam::111122223333:role/App" }] }',
      'stands for somebody by itself',
    ],
    [
      '{ "steps": [{ "can": "Decrypt", "as": "$0service:logs.us-east-1.amazonaws.com" }] }',
      'stands for somebody by itself',
    ],
    ['{ "steps": [{ "can": "Decrypt", "as": "$0Nobody" }] }', '`Nobody` is no name of this file'],
    [`{${KEYS}, "steps": [{ "on": "$0alias/orders" }] }`, 'but another way to say `orders`: rename that'],
    ['{ "vpcEndpoints": { "$0vpce-0a": {} } }', 'is the ID that AWS gave the endpoint, and no name'],
  ])('refuses what is no name: %s', (text, problem) => {
    const { source, offset } = at(text);
    expect(renamableAt(source, offset)).toEqual({ problem: expect.stringContaining(problem) });
    expect(rename(text, 'x')).toContain(problem);
  });

  test('refuses a key whose id follows from its name and is used', () => {
    const { source } = at('{ "keys": { "k": {} } }$0');
    const id = source.scenario?.names.declaredKeys[0]?.description.id ?? '';
    expect(rename(`{ "keys": { "$0k": {} }, "steps": [{ "on": "${id}" }] }`, 'l')).toBe(
      `\`${id}\` names the key by the id that follows from its name: give the key an \`id\` first`,
    );
  });

  test('there is nothing to rename elsewhere', () => {
    for (const text of ['{ "ke$0ys": {} }', '{ "description": "App$0" }', '$0'])
      expect(rename(text, 'x'), text).toBeUndefined();
  });
});
