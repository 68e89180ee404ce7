import { describe, expect, test } from 'vitest';
import { SourceDocument, type SourceDocumentInit } from '../../../server/documents/source.ts';
import { check, inspect } from '../../../server/rules/engine.ts';
import { rules } from '../../../server/rules/generated/index.ts';

/** A key policy with one unknown action on each of three lines, and room for comments. */
function policy(comments: Readonly<Partial<Record<'top' | 'above' | 'beside' | 'inner' | 'below', string>>>): string {
  const { top = '', above = '', beside = '', inner = '', below = '' } = comments;
  return `${top}
{
  "Version": "2012-10-17",
  "Statement": {
    "Sid": "Use",
    "Effect": "Allow",
    "Principal": { "AWS": "arn:aws:iam::111122223333:role/App" },
    "Action": [
      "kms:Fist",
      ${above}
      ${inner}"kms:Sekond", ${beside}
      ${below}
      "kms:Thirt"
    ],
    "Resource": "*"
  }
}
`;
}

const open = (text: string, more: Partial<SourceDocumentInit> = {}): SourceDocument =>
  new SourceDocument({ uri: 'file:///k.jsonc', text, configured: 'key-policy', ...more });

/** The actions that are still reported as unknown. */
function reported(text: string, more: Partial<SourceDocumentInit> = {}): string[] {
  const found = check(open(text, more), { rules, severities: { 'suppression-unused': 'off' } });
  return found
    .filter(({ rule }) => rule.id === 'action-unknown')
    .map(({ finding }) => /`kms:(\w+)`/.exec(finding.message)?.[1] ?? '');
}

const [FIRST, SECOND, THIRD] = ['Fist', 'Sekond', 'Thirt'];
const NEXT = 'kms-lens-disable-next-line action-unknown';
const LINE = 'kms-lens-disable-line action-unknown';

describe('a comment covers', () => {
  test.each<[string, Parameters<typeof policy>[0], readonly (string | undefined)[]]>([
    ['nothing where there is none', {}, [FIRST, SECOND, THIRD]],
    ['the next line', { above: `// ${NEXT}` }, [FIRST, THIRD]],
    ['the next line, with a reason', { above: `// ${NEXT} -- since 4711` }, [FIRST, THIRD]],
    ['the next line, as a block', { above: `/* ${NEXT} */` }, [FIRST, THIRD]],
    ['the next line, over several lines', { above: `/*\n * ${NEXT}\n * -- because\n */` }, [FIRST, THIRD]],
    [
      'the next line, with another comment between',
      { above: `// ${NEXT}\n\n      // a word\n      /* or\n two */` },
      [FIRST, THIRD],
    ],
    ['the next line, with a comment before the code there', { above: `// ${NEXT}`, inner: '/* x */ ' }, [FIRST, THIRD]],
    ['the next line, and not its own', { beside: `/* ${NEXT} */` }, [FIRST, SECOND]],
    ['the line that a comment after it ends on', { beside: `/* ${NEXT} */ /* and\n more */` }, [FIRST, SECOND]],
    ['its own line', { beside: `// ${LINE}` }, [FIRST, THIRD]],
    ['its own line, from the front', { inner: `/* ${LINE} */ ` }, [FIRST, THIRD]],
    ['both ends of it', { above: `/* ${LINE} --\n because */ "kms:Decrypt",` }, [FIRST, SECOND, THIRD]],
    ['the whole file', { top: '/* kms-lens-disable action-unknown */' }, []],
    ['the whole file from anywhere', { below: '// kms-lens-disable action-unknown -- all new' }, []],
    [
      'several rules',
      { above: '// kms-lens-disable-next-line sid-empty,action-unknown , no-such-rule' },
      [FIRST, THIRD],
    ],
    [
      'nothing by a name with capitals',
      { above: '// kms-lens-disable-next-line Action-Unknown' },
      [FIRST, SECOND, THIRD],
    ],
    ['nothing by another rule', { top: '/* kms-lens-disable sid-empty */' }, [FIRST, SECOND, THIRD]],
    ['nothing where its first word is another', { top: `// see ${NEXT}` }, [FIRST, SECOND, THIRD]],
    [
      'nothing where its first word is no directive',
      { top: '// kms-lens-disable-lines action-unknown' },
      [FIRST, SECOND, THIRD],
    ],
    ['nothing behind the dashes', { top: '/* kms-lens-disable -- action-unknown */' }, [FIRST, SECOND, THIRD]],
  ])('%s', (_, comments, expected) => {
    expect(reported(policy(comments))).toEqual(expected);
    expect(reported(policy(comments).replaceAll('\n', '\r\n'))).toEqual(expected);
  });

  test('nothing from inside a string', () => {
    expect(reported(policy({}).replace('"Use"', '"Use // kms-lens-disable action-unknown"'))).toHaveLength(3);
  });

  test('nothing at the end of the text', () => {
    expect(reported(`${policy({})}// ${NEXT}`)).toHaveLength(3);
  });
});

describe('comments count where they are allowed', () => {
  const text = policy({ top: '/* kms-lens-disable action-unknown */' });

  test.each<[string, Partial<SourceDocumentInit>, number]>([
    ['in a file whose name says so', {}, 0],
    ['in what the editor calls JSON with Comments', { uri: 'file:///k.json', languageId: 'jsonc' }, 0],
    ['and nowhere else', { uri: 'file:///k.json' }, 3],
    ['also not in a key policy by its name', { uri: 'file:///a.key-policy.json', languageId: 'json' }, 3],
  ])('%s', (_, more, count) => {
    expect(reported(text, more)).toHaveLength(count);
  });

  test('in scenarios', () => {
    const scenario =
      '// kms-lens-disable-next-line json-duplicate-key\n{ "account": "111122223333", "account": "444455556666" }';
    const found = (of: string) => check(new SourceDocument({ uri: 'a.kms-scenario.json', text: of }), { rules });
    expect(found(scenario)).toEqual([]);
    expect(found(scenario.replace('//', '// no')).map(({ rule }) => rule.id)).toEqual(['json-duplicate-key']);
  });

  test('around the output of get-key-policy', () => {
    const inner = JSON.stringify(policy({}));
    const output = `{\n  "PolicyName": "default",\n  // ${NEXT}\n  "Policy": ${inner}\n}`;
    expect(reported(output, { uri: 'file:///answer.jsonc' })).toEqual([]);
  });
});

test('what is suppressed is told, with who accepts it and why', () => {
  const document = open(policy({ above: `// ${NEXT} -- since 4711`, beside: `// ${LINE}` }));
  const { diagnostics, suppressed } = inspect(document, {
    rules,
    suppressionOf: ({ id }, { message }) =>
      id === 'action-unknown' && !message.includes('Fist') ? { reason: 'all known' } : undefined,
  });
  expect(diagnostics.map(({ rule }) => rule.id)).toEqual([
    'kms-lockout-no-putkeypolicy',
    'action-unknown',
    'suppression-unused',
  ]);
  expect(suppressed.map(({ diagnostic: { rule }, by }) => [rule.id, by])).toEqual([
    ['action-unknown', { where: 'comment', reason: 'since 4711' }],
    ['action-unknown', { where: 'configuration', reason: 'all known' }],
  ]);
});

test('a rule that yields to a suppressed finding does not speak for it', () => {
  const spoken = (comment: string) =>
    check(
      open(
        `{ "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "kms:Sign", "Resource": "*",\n${comment}\n"Condition": { "StringEquals": { "kms:EncryptionContext:a": "b" } } }] }`,
      ),
      { rules, facts: { keySpec: 'RSA_2048' } },
    )
      .map(({ rule }) => rule.id)
      .filter((id) => id.startsWith('kms-context'));
  expect(spoken('')).toEqual(['kms-context-on-noncontext-action']);
  expect(spoken('// kms-lens-disable-next-line kms-context-on-noncontext-action')).toEqual([]);
});

test('many comments take no time', () => {
  const count = 20_000;
  const text = policy({ above: `// ${NEXT}\n`.repeat(count), below: `/* ${NEXT} */ `.repeat(count) });
  expect(reported(text)).toEqual([FIRST]);
  expect(reported(policy({ top: `/* kms-lens-disable a${' '.repeat(100_000)}b, */` }))).toHaveLength(3);
});
