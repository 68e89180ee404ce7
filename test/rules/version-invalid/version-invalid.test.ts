import { describe, expect, test } from 'vitest';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

const policy = (version: string): string => `
      {
${version}
        "Statement": []
      }
`;

describe('reports', () => {
  test('the date of today', () => {
    const text = policy(`
        "Version": "2026-11-24",
        //         ^^^^^^^^^^^^ version-invalid: \`2026-11-24\` is no version of the policy language; it is not the date of the policy, and AWS rejects all but \`2012-10-17\` and \`2008-10-17\`; write \`2012-10-17\`
    `);
    check('a.key-policy.json', text);
  });

  test.each(['a.iam-policy.json', 'a.scp.json', 'a.rcp.json', 'a.vpce-policy.json'])('a slip in %s', (file) => {
    const text = policy(`
        "Version": "2012-10-27",
        //         ^^^^^^^^^^^^ version-invalid
    `);
    check(file, text);
  });

  test('an empty one, and one with a time as YAML makes them', () => {
    const empty = policy(`
        "Version": "",
        //         ^^ version-invalid: \`Version\` is empty
    `);
    check('a.key-policy.json', empty);
    const time = policy(`
        "Version": "2012-10-17T00:00:00.000Z",
        //         ^^^^^^^^^^^^^^^^^^^^^^^^^^ version-invalid
    `);
    check('a.key-policy.json', time);
  });

  test('the last of two', () => {
    const text = policy(`
        "Version": "2012-10-17",
      //^^^^^^^^^ json-duplicate-key
        "Version": "2012-10-18",
        //         ^^^^^^^^^^^^ version-invalid
    `);
    check('a.key-policy.json', text);
  });

  test('next to broken JSON', () => {
    const text = policy(`
        "Version": "2012-10-18"
        //         ^^^^^^^^^^^^ version-invalid
        //                     | json-syntax
        "Id": "Schlüssel",
    `);
    check('a.key-policy.json', text);
  });
});

describe('leaves alone', () => {
  test.each(['"2012-10-17"', '"2008-10-17"', '"${Version}"', '"{{ version }}"', '20121017', '{ "Ref": "Version" }'])(
    '%s',
    (version) => {
      expect(ruleIds('a.key-policy.json', policy(`"Version": ${version},`))).toEqual([]);
    },
  );

  test('a `Version` further inside, which belongs to something else', () => {
    const text = policy(`
        "Version": "2012-10-17",
        "Id": { "Version": "1" },`);
    expect(ruleIds('a.key-policy.json', text)).toEqual([]);
  });
});

test('the fix changes the version and nothing else', () => {
  const text = policy(`
        "Version" : "2021-10-17" ,
        //          ^^^^^^^^^^^^ version-invalid
`);
  expect(fixTitles('a.key-policy.json', text)).toEqual(['change to `2012-10-17` (safe)']);
  expect(fixed('a.key-policy.json', text, 'change to `2012-10-17`')).toBe(
    policy(`
        "Version" : "2012-10-17" ,
`),
  );
});
