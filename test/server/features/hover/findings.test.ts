import { describe, expect, test } from 'vitest';
import { diffLines } from '../../../../server/answers/help/diff.ts';
import { renderFindings } from '../../../../server/answers/help/finding.ts';
import { pointedAt, pointedSpan, renderHover } from '../../../../server/answers/help/hover.ts';
import { SourceDocument } from '../../../../server/documents/source.ts';
import { loadKnowledge } from '../../../../server/knowledge/index.ts';
import { topicUrl } from '../../../../server/knowledge/url.ts';
import { check } from '../../../../server/rules/engine.ts';
import { rules } from '../../../../server/rules/generated/index.ts';
import { statement } from './harness.ts';

const KEY = 'orders.key-policy.json';
const knowledge = await loadKnowledge();

/** The blocks of the hover at `$0`, with the findings of these rules; undefined where there is none. */
function blocks(file: string, marked: string, ids: readonly string[], examTips: 'off' | 'short' = 'off') {
  const offset = marked.indexOf('$0');
  expect(offset, 'the text has no `$0`').toBeGreaterThanOrEqual(0);
  const source = new SourceDocument({ uri: file, text: marked.replace('$0', '') });
  const diagnostics = check(source, { rules: rules.filter(({ id }) => ids.includes(id)) });
  expect([...new Set(diagnostics.map(({ rule }) => rule.id))].sort()).toEqual([...ids].sort());
  const pointed = pointedAt(source, offset, 'us-east-1', diagnostics);
  const span = pointed && pointedSpan(pointed);
  return {
    shown: pointed && renderHover(pointed, examTips, knowledge, ({ id }) => topicUrl(id)).split('\n\n---\n\n'),
    about: span && source.text.slice(span.start, span.end),
  };
}

describe('where a rule reports something, the hover holds its page', () => {
  test('with the message, what, why, what is not reported, how it is mended and where AWS says so', () => {
    const { shown, about } = blocks(KEY, statement('"Action": "kms:De$0cypt"'), ['action-unknown']);
    expect(shown).toEqual([
      `**\`action-unknown\`** · AWS KMS has no action \`kms:Decypt\`

An action of AWS KMS that there is not, mostly a slip of the keyboard. The nearest action is suggested.

**Why:** AWS accepts actions that do not exist. Such an entry allows nothing and denies nothing, which goes unnoticed until a call fails, or until one succeeds that a \`Deny\` was to stop.

**Not reported:** Actions of other services, wildcards, template expressions, \`kms:ReEncrypt\`, of which \`kms-reencrypt-action\` speaks, and names of other things of KMS, of which \`kms-action-is-not-permission\` speaks.

**Mended**, for example:

\`\`\`diff
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
- "Action": "kms:Decypt",
+ "Action": "kms:Decrypt",
  "Resource": "*"
\`\`\`

- [Service Authorization Reference: Actions, resources, and condition keys for AWS Key Management Service](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html)
- [IAM User Guide: IAM JSON policy elements, Action](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html)`,
    ]);
    expect(about).toBe('Decypt');
  });

  test('a block for each rule and one for the thing, the closest to the pointer first, the exam tips last', () => {
    const twice = '{ "Effect": "Allow", "Principal": "*", "Action": ["kms:Sign*", "kms:Sign"], "Resource": "*" }';
    const text = `{ "Statement": [${twice}, ${twice.replace('"kms:Sign"]', '"kms:Si$0gn"]')}] }`;
    const { shown, about } = blocks(KEY, text, ['redundant-action', 'redundant-statement'], 'short');
    expect(shown?.map((block) => /^\*\*.*?\*\*|^\*\*Exam tip/.exec(block)?.[0].split(':')[0])).toEqual([
      '**`redundant-action`**',
      '**`kms',
      '**`redundant-statement`**',
      '**Exam tip',
    ]);
    expect(about).toBe('"kms:Sign"');
  });

  test('one block with every message where a rule speaks twice', () => {
    const text =
      '{ "KeyId": "x", "Operations": ["Sign"], "Constraints": { "Encrypt$0ionContextSubset": { "a": "*" } } }';
    const source = new SourceDocument({ uri: 'a.kms-grant.json', text: text.replace('$0', '') });
    const offset = text.indexOf('$0');
    const [one] = check(source, { rules });
    if (!one) throw new Error('there is nothing to find');
    const again = { ...one, finding: { ...one.finding, message: 'again' } };
    const range = source.rangeOfSpan({ start: 0, end: text.length - 2 });
    const pointed = pointedAt(
      source,
      offset,
      'us-east-1',
      [one, again].map((each) => ({ ...each, range })),
    );
    const shown = pointed && renderHover(pointed, 'off', knowledge, ({ id }) => topicUrl(id));
    expect(shown?.split(`**\`${one.rule.id}\`** · `)).toHaveLength(2);
    expect(shown).toContain('; again\n');
  });

  test('and nothing where the pointer is beside its range', () => {
    expect(blocks(KEY, statement('"Act$0ion": "kms:Decypt"'), ['action-unknown']).shown).toEqual([
      expect.stringMatching(/^\*\*`Action`\*\* · element/),
    ]);
  });

  test('text of the user formats nothing', () => {
    const { shown } = blocks(KEY, statement('"Act$0io`n![x](http://a/b)": "kms:Decrypt"'), ['element-unknown']);
    expect(shown?.[0]?.split('\n')[0]).toMatch(/^\*\*`element-unknown`\*\* · /);
    expect(shown?.[0]).not.toMatch(/(?<!`[^`\n]*)!\[x\]/);
  });
});

describe('every rule has a page that a hover has room for', () => {
  test.each(knowledge.rulePages.map((page) => [page.id, page] as const))('%s', (id, page) => {
    expect(knowledge.rulePage(id)).toBe(page);
    const text = renderFindings([{ at: { start: 0, end: 0 }, message: 'the message' }], page);
    expect(text.split('\n').length).toBeLessThanOrEqual(45);
    expect(text).not.toMatch(/(?<!-)\bundefined\b(?!-)|\[object/);
    expect(text).toMatch(/\n```diff\n(?:.*\n)*[-+] .*\n(?:.*\n)*```\n/);
    expect(text.split('\n').filter((line) => /^- \[.*\]\(https:\/\/.*\)$/.test(line)).length).toBe(page.sources.length);
    expect(page.title).toBe(rules.find((rule) => rule.id === id)?.title);
  });

  test('and no rule lacks one', () => {
    expect(knowledge.rulePages.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  });
});

describe('a diff', () => {
  const diff = (before: string, after: string): string[] =>
    diffLines(before.replaceAll(' ', '\n'), after.replaceAll(' ', '\n'));

  test.each([
    ['a b c', 'a b c', []],
    ['a b c', 'a x c', ['  a', '- b', '+ x', '  c']],
    ['a b c', 'a c', ['  a', '- b', '  c']],
    ['a c', 'a b c', ['  a', '+ b', '  c']],
    ['a b c d e f g', 'x b c d e f y', ['- a', '+ x', '  b', '  …', '  f', '- g', '+ y']],
    ['a', 'b', ['- a', '+ b']],
    ['a a a b', 'a b', ['  a', '- a', '- a', '  b']],
  ])('from %s to %s', (before, after, lines) => {
    expect(diff(before, after)).toEqual(lines);
  });

  test('stands as far to the left as it goes', () => {
    expect(diffLines('  {\n    a\n  }', '  {\n    b\n  }')).toEqual(['  {', '-   a', '+   b', '  }']);
  });

  test('is cut where a stretch is long', () => {
    const many = Array.from({ length: 12 }, (_, index) => `  ${index}`);
    const lines = diffLines(['{', ...many, '}'].join('\n'), '{\n}');
    expect(lines).toEqual(['  {', ...many.slice(0, 7).map((line) => `- ${line}`), '-   … 5 more lines', '  }']);
  });
});
