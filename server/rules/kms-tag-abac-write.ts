import type { Condition, PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';

const statements = (more: string): string => `
{
  "Effect": "Allow",
  "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
  "Resource": "arn:aws:kms:us-east-1:111122223333:key/*",
  "Condition": {
    "StringEquals": { "aws:ResourceTag/Team": "orders" }
  }
},
{
  "Effect": "Allow",
  "Action": "kms:TagResource",
  "Resource": "arn:aws:kms:us-east-1:111122223333:key/*"${more}
}`;

export const kmsTagAbacWrite = rule({
  id: 'kms-tag-abac-write',
  group: 'exposure',
  kinds: ['key-policy', 'iam-policy'],
  title: 'who may use keys by their tags or aliases may also set these',
  documentation: {
    what:
      'Somebody who may use keys with a certain tag or alias, by a condition on `aws:ResourceTag` or `kms:ResourceAliases`, ' +
      'and whom another statement allows `kms:TagResource`, or `kms:CreateAlias` and `kms:UpdateAlias`, without a condition.',
    why: 'Who may put the tag or the alias on a key may then use the key, whichever it is.',
    spares:
      'Statements with a condition of their own, such as on `aws:RequestTag`; other principals of a key policy; and wildcards.',
    bad: identityPolicyWith(statements('')),
    good: identityPolicyWith(
      statements(`,
  "Condition": {
    "StringEquals": { "aws:ResourceTag/Team": "orders" }
  }`),
    ),
    sources: [
      {
        title: 'AWS KMS Developer Guide: ABAC for AWS KMS',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/abac.html',
      },
    ],
  },
  check: {
    policy(policy, { report }) {
      for (const { stem, writes } of CONTROLS) {
        const tests = testsOf(policy, stem);
        if (tests.size === 0) continue;
        for (const statement of policy.statements) {
          if (!isAllow(statement) || 0 < statement.conditions.length) continue;
          const tested = whoIn(statement).map((who) => tests.get(who));
          const by = tested.find((each) => each !== undefined);
          const item = statement.action?.items.find(({ text }) => writes.has(text.toLowerCase()));
          if (!by || !item) continue;
          report({
            at: { path: item.path },
            message: `\`${item.text}\` sets what another statement tests with \`${by.key.text}\``,
            why: 'whoever has both may bring any key within reach',
            next: 'add a condition here, too, or leave it to administrators',
            related: [{ place: { path: by.path, part: 'key' }, message: 'tested here' }],
          });
        }
      }
    },
  },
});

/** What conditions test, by the stem of their key, and the actions that set it. */
const CONTROLS: readonly Control[] = [
  { stem: 'aws:resourcetag/', writes: new Set(['kms:tagresource']) },
  { stem: 'kms:resourcealiases', writes: new Set(['kms:createalias', 'kms:updatealias']) },
];

interface Control {
  readonly stem: string;
  readonly writes: ReadonlySet<string>;
}

/** What a statement tests, by stem. */
const testIn = perStatement((statement): ReadonlyMap<string, Condition> => {
  if (!isAllow(statement)) return NONE;
  const found = CONTROLS.flatMap(({ stem }) => {
    const test = statement.conditions.find(({ key, operator }) => key.stem === stem && !operator.negated);
    return test ? [[stem, test] as const] : [];
  });
  return found.length === 0 ? NONE : new Map(found);
});

const NONE: ReadonlyMap<string, Condition> = new Map();

/** The first test of the keys for each of those who have to pass it. */
function testsOf({ statements: all }: PolicyDocument, stem: string): Map<string, Condition> {
  const tests = new Map<string, Condition>();
  for (const statement of all) {
    const test = testIn(statement).get(stem);
    if (test) for (const who of whoIn(statement)) if (!tests.has(who)) tests.set(who, test);
  }
  return tests;
}

function isAllow({ effect, readable, action, principal }: Statement): boolean {
  return effect === 'Allow' && readable && action?.negated === false && principal?.negated !== true;
}

/** The principals as written; whoever an identity policy is for is one and the same. */
function whoIn({ principal }: Statement): string[] {
  return principal ? principal.items.map(({ text }) => text) : [''];
}
