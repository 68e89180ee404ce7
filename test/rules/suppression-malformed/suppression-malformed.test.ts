import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const statement = '{ "Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*" }';

test('reports names that no rule has, with the nearest one', () => {
  check(
    'a.jsonc',
    policyOf(`
    // kms-lens-disable-next-line action-unknwon, nothing-like-it -- agreed
    //                            ^^^^^^^^^^^^^^ suppression-malformed: there is no rule \`action-unknwon\`; nothing is suppressed for it; write \`action-unknown\`
    //                                            ^^^^^^^^^^^^^^^ suppression-malformed: write the id that the finding shows
    ${statement}
  `),
  );
});

test('reports a comment without a name', () => {
  check(
    'a.jsonc',
    policyOf(`
    /* kms-lens-disable */
    // ^^^^^^^^^^^^^^^^ suppression-malformed: this comment names no rule; it suppresses nothing; add the id of a rule
    // kms-lens-disable-next-line -- we know
    // ^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-malformed: this comment names no rule
    ${statement}
  `),
  );
});

test('reports a first word that is close to the right one', () => {
  check(
    'a.jsonc',
    policyOf(`
    // kms-lens-disable-nextline principal-star-unconditioned
    // ^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-malformed: write \`kms-lens-disable-next-line\`
    // kms-lens-ignore principal-star-unconditioned
    // ^^^^^^^^^^^^^^^ suppression-malformed: \`kms-lens-ignore\` suppresses nothing; write \`kms-lens-disable\` or \`kms-lens-disable-line\` or
    ${statement}
    // ^^^^^^^^^^^^^^^^^^^ never
  `).replace(/\n.*never/, ''),
  );
});

test('reports words that are neither names nor a reason', () => {
  const text = policyOf(`
    // kms-lens-disable-next-line principal-star-unconditioned because of 4711
    //                                                         ^^^^^^^^^^^^^^^ suppression-malformed: these words are not read
    ${statement}
  `);
  expect(fixed('a.jsonc', text, 'begin the reason with `--`')).toContain('unconditioned -- because of 4711\n');
});

test('a fix writes the nearest name, and does so only where somebody asks for it', () => {
  const text = policyOf(`
    // kms-lens-disable-next-line principal-star-unconditoned
    //                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-malformed
    ${statement}
  `);
  expect(fixTitles('a.jsonc', text)).toEqual(['change to `principal-star-unconditioned`']);
  expect(fixed('a.jsonc', text, 'change to `principal-star-unconditioned`')).toContain(
    'line principal-star-unconditioned\n',
  );
});

describe('leaves alone', () => {
  test.each([
    ['a whole one', '// kms-lens-disable-next-line principal-star-unconditioned -- so: be it, all of it'],
    ['a rule that is off', '// kms-lens-disable-next-line kms-deletion-unguarded'],
    ['a comma at the end', '// kms-lens-disable-next-line principal-star-unconditioned, -- yes'],
    ['comments about KMS Lens', '// kms-lens-check runs in CI\n// kms-lens disables nothing\n// see kms-lens-disable'],
  ])('%s', (_, comment) => {
    expect(ruleIds('a.jsonc', policyOf(`${comment}\n${statement}`))).toEqual([]);
  });

  test('comments that are not allowed, of which another rule speaks', () => {
    const text = policyOf(`// kms-lens-disable-next-line nothing\n${statement}`);
    expect(ruleIds('a.key-policy.json', text)).toEqual([]);
    expect(ruleIds('a.jsonc', text)).toEqual(['suppression-malformed']);
  });
});
