import { isLoose, type JsonProblem, parseJson } from '../../simulator/json/parse.ts';
import type { SourceDocument } from '../documents/source.ts';
import { type BrokenJson, type Fix, rule } from './rule.ts';
import { describe } from './support/json-problems.ts';
import { jsonGrammar, jsonStandard } from './support/sources.ts';

const text = (effect: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Enable IAM policies",
      ${effect}
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:*",
      "Resource": "*"
    }
  ]
}
`;

export const jsonSyntax = rule({
  id: 'json-syntax',
  group: 'invalid',
  kinds: ['key-policy', 'iam-policy', 'scp', 'rcp', 'vpce-policy', 'grant', 'scenario'],
  title: 'a text that is not JSON',
  documentation: {
    what: 'A place where the text breaks the rules of JSON: a missing comma, bracket or quote, a comment, a comma too many.',
    why: 'AWS rejects a policy or a request that is not JSON. The rest of the text is still checked as far as it can be read.',
    spares:
      'What follows from an error on the same line; comments and trailing commas in scenarios, in `.jsonc` files and in ' +
      'documents that the editor opens as JSON with Comments; templates with expressions outside quotes.',
    bad: { file: 'orders.key-policy.json', text: text('"Effect": "Allow"') },
    good: { file: 'orders.key-policy.json', text: text('"Effect": "Allow",') },
    sources: [jsonGrammar, jsonStandard],
  },
  check: {
    syntax(broken, { document, report }) {
      for (const problem of worthTelling(broken, document)) {
        const { start, end } = problem;
        report({
          at: { start: broken.outer(start), end: broken.outer(end) },
          ...describe(problem, broken.text),
          why: consequence(document),
          fixes: fixesOf(problem, broken),
        });
      }
    },
  },
});

/** Enough to work on; whatever is wrong further down is easier to see once these are mended. */
const MAX_FINDINGS = 20;

/** One problem a line, since one slip makes the reader stumble several times; comments and stray commas stand alone. */
function worthTelling({ problems, text, embedded }: BrokenJson, document: SourceDocument): JsonProblem[] {
  const allowsComments = document.allowsComments && !embedded;
  const told: JsonProblem[] = [];
  let toldTo = -1;
  for (const problem of problems) {
    if (told.length === MAX_FINDINGS || beginsTemplate(text, problem)) break;
    const loose = isLoose(problem);
    if (loose && (allowsComments || told.at(-1)?.start === problem.start)) continue;
    if (loose) {
      told.push(problem);
      continue;
    }
    const follows = 0 <= toldTo && !text.slice(toldTo, Math.max(toldTo, problem.start)).includes('\n');
    if (!follows) told.push(problem);
    toldTo = Math.max(toldTo, problem.end);
  }
  return told;
}

/** Whether a template of another tool begins here, `{{ name }}` or `${name}` without quotes: no text to judge from there on. */
function beginsTemplate(text: string, { start }: JsonProblem): boolean {
  return /^.?(?:\{\{-?\s*[A-Za-z_.$#/]|\{%|<%|[$#%]\{)/s.test(text.slice(Math.max(0, start - 1), start + 12));
}

function consequence({ kind }: SourceDocument): string {
  switch (kind.kind) {
    case 'scenario':
      return 'the scenario cannot be run';
    case 'grant':
      return 'AWS rejects a request that is not JSON';
    default:
      return 'AWS rejects a policy that is not JSON';
  }
}

function fixesOf(problem: JsonProblem, broken: BrokenJson): Fix[] {
  const span = { start: broken.outer(problem.start), end: broken.outer(problem.end) };
  switch (problem.code) {
    case 'trailing-comma':
      return [{ title: 'remove the comma', safe: true, edits: [{ op: 'span', span, text: '' }] }];
    case 'comment':
      return [{ title: 'remove the comment', safe: false, edits: [{ op: 'span', span, text: '' }] }];
    case 'comma-expected':
      // A problem with characters is about these; one without is the gap where the comma belongs.
      if (problem.start < problem.end) return [];
      return [{ title: 'insert a comma', safe: mends(problem, broken), edits: [{ op: 'span', span, text: ',' }] }];
    default:
      return [];
  }
}

/** Whether a comma at the place of the problem makes the text whole: then it is what was meant. */
function mends({ start }: JsonProblem, { text, problems }: BrokenJson): boolean {
  if (problems.length !== 1) return false;
  return parseJson(`${text.slice(0, start)},${text.slice(start)}`).problems.length === 0;
}
