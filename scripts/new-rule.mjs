// Starts a rule: `npm run new:rule -- my-rule` writes its file and a test that fails until the rule finds what it is about.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { nameOf } from './generate/rules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The files of a new rule, by path from the project's root.
 *
 * @param {string} id
 * @returns {Record<string, string>}
 */
export function filesOf(id) {
  const name = nameOf(id);
  return {
    [`server/rules/${id}.ts`]: `import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { keyPolicyOverview } from './support/sources.ts';

export const ${name} = rule({
  id: '${id}',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'what it finds, in a few words',
  documentation: {
    what: 'What it reports.',
    why: 'What AWS does with such a policy, and why that matters.',
    bad: keyPolicyWith(\`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/OrdersApi" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}\`),
    good: keyPolicyWith(\`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/OrdersApi" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}\`),
    sources: [keyPolicyOverview],
  },
  check: {
    // Reports nothing yet, which its test and its bad example tell.
    statement(_statement, _context) {},
  },
});
`,
    [`test/rules/${id}/${id}.test.ts`]: `import { expect, test } from 'vitest';
import { ${name} } from '../../../server/rules/${id}.ts';
import { check } from '../harness.ts';

test('its bad example is reported once', () => {
  const { file, text } = ${name}.documentation.bad;
  // Replace this by marked text: a line of carets and the id below what is reported.
  expect(() => check(file, text)).toThrow();
});
`,
  };
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const id = argv[2] ?? '';
  const problem = !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)
    ? 'name the rule in lower case with hyphens: npm run new:rule -- principal-missing'
    : existsSync(join(root, `server/rules/${id}.ts`)) && `there is a rule \`${id}\` already`;
  if (problem) {
    console.error(problem);
    process.exitCode = 2;
  } else {
    for (const [path, text] of Object.entries(filesOf(id))) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
      console.log(`wrote ${path}`);
    }
    console.log('next: write the rule and its test, then `npm run generate`');
  }
}
