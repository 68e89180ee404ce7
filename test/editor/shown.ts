import type { about } from '../../server/features/about.ts';

/**
 * By the id of a feature: the editor tests that show what `about` tells of it in a real VS Code, in the same order, by the
 * ends of their titles. test/frame/shown.test.ts holds it against the tests; commands are found in them without a table.
 */
export const shown: Readonly<Record<keyof typeof about, readonly string[]>> = {
  'access-table': [
    '“Who can use this key?” over a policy is a view',
    '“What can this principal do?” lists the operations of one',
  ],
  'allow-this': ['shows the change before it is made'],
  'call-hierarchy': ['the call hierarchy of a principal has the statements that name it'],
  'code-action': [
    'are mended one by one with a quick fix',
    'adds a statement in the layout of the document',
    'a step learns to expect what happens',
  ],
  'code-lens': [
    'stands above the policy and above each statement',
    'stands above the policy and the statements that allow encrypting or decrypting',
    'run from a lens, and each step shows what it came to',
    'above a policy stand the scenarios that use it, and a new one',
  ],
  completion: [
    'the keyboard and the list of completions are enough',
    'completion in a grant offers the operations that it can hold',
    'lead from a name to what it names, and offer the names that there are',
  ],
  definition: [
    'lead from a name to what it names, and offer the names that there are',
    'the definition of a principal is where a scenario declares it',
    'the definition of a Sid in the configuration is the statement',
  ],
  diagnostics: ['name the rule, the place, what is wrong, and a page that says more'],
  'document-highlight': ['references are found in files that nobody opened, and marked in the open one'],
  'document-link': ['a path in a scenario is a link to the policy'],
  'document-symbol': ['the outline has every statement, once, with its elements'],
  envelope: ['has the message beside its bytes, with the flipped one marked'],
  'folding-range': ['folds statements as JSON does'],
  hover: [
    'hovering tells what an action is',
    'a hover tells what a member of a grant is',
    'is preceded by what each step came to, above it, beside it and in its hover',
  ],
  'inlay-hint': [
    'hints tell what a statement does and what a wildcard covers, once they are switched on',
    'is preceded by what each step came to, above it, beside it and in its hover',
  ],
  'inspect-message': ['opens a file from the Explorer as a document that tells field by field what is in it'],
  'local-kms': ['leads from a denied call to the statement'],
  practice: ['are answered by keyboard alone, and every option gets its reason'],
  reading: ['are beside the topics in the Explorer, each of which is a page'],
  references: [
    'references in a scenario are all places that mean a name',
    'references are found in files that nobody opened, and marked in the open one',
  ],
  rename: ['have names that are renamed everywhere', 'renaming a role changes its name in every file'],
  scenario: ['show which statements they exercised'],
  'selection-range': ['a selection grows from a value to its statement'],
  'semantic-tokens': ['what strings hold has colours'],
  simulate: ['explains the verdict in a document with links to the statements'],
  timeline: ['is read by keyboard alone, mark by mark and key by key'],
  trail: ['is filtered by what somebody types and chooses'],
  'workspace-symbol': ['symbols of the workspace have principals and steps by parts of their names'],
  'workspace-diagnostics': ['shows findings in files that are not open, once, while that is switched on'],
};
