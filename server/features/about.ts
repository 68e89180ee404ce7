import type { DocumentKind } from '../documents/kinds.ts';

/** What a person gets of a feature, for docs/features.md. Nothing of the server loads this. */
export interface About {
  /** As editors call it. */
  readonly title: string;
  /** Empty: it belongs to no document. */
  readonly kinds: readonly AboutKind[];
  /** A sentence in Markdown. */
  readonly text: string;
}

export type AboutKind = DocumentKind | 'config';

const policies = ['key-policy', 'iam-policy', 'scp', 'rcp', 'vpce-policy'] as const satisfies readonly AboutKind[];
const decided = ['key-policy', 'iam-policy'] as const satisfies readonly AboutKind[];
const all = [...policies, 'grant', 'scenario'] as const satisfies readonly AboutKind[];

/** By the id of the feature. Those that only serve others have nothing to tell. */
export const about = {
  'access-table': [
    {
      title: 'Who can use this key?',
      kinds: ['key-policy', 'scenario'],
      text: 'a table of everybody whom the policy names: what they may do, how they get in, and if what holds; it follows edits, and leads to statements and to itself as text',
    },
    {
      title: 'What can this principal do?',
      kinds: [...decided, 'scenario'],
      text: 'the same for one principal',
    },
  ],
  'allow-this': [
    {
      title: 'Allow this…',
      kinds: decided,
      text: 'the smallest change that lets the request of the last verdict in, shown as a diff first',
    },
  ],
  'call-hierarchy': [
    {
      title: 'Who names this principal or key?',
      kinds: [...all, 'config'],
      text: 'the call hierarchy: statements, grants and steps that name it, and what those, or its own policies, name',
    },
  ],
  'code-action': [
    {
      title: 'Quick fixes',
      kinds: [...all, 'config'],
      text: 'the fixes of each finding, ways to accept it in place or in `.kms-lens.json`, and *Fix all* for those that are safe',
    },
    {
      title: 'Rewrites',
      kinds: decided,
      text: 'add a statement for a purpose, restrict to a service, split, add the account delegation, turn into a grant, pin `*`, sort: [actions.md](actions.md)',
    },
    {
      title: 'Expect what happens, new steps',
      kinds: ['scenario'],
      text: 'writes what a step came to as its `expect`, a step for a denial, and what is missing where a name is not declared',
    },
  ],
  'code-lens': [
    {
      title: 'Simulate access…',
      kinds: decided,
      text: 'above the document and each statement: a what-if access check, and the last verdict above the line that decided',
    },
    {
      title: 'Envelope round trip',
      kinds: ['key-policy', 'scenario'],
      text: 'above what can encrypt: key policies and their statements, keys and steps of scenarios',
    },
    {
      title: 'Run all steps, Run step, Run to here',
      kinds: ['scenario'],
      text: 'with what each step came to, one click from its explanation, *CloudTrail of this run* and *Timeline of this run*',
    },
    {
      title: 'Run the scenarios, New scenario',
      kinds: policies,
      text: 'how many steps of scenarios use the policy, to run them, and a scenario that passes, to begin with',
    },
  ],
  completion: [
    {
      title: 'Completion',
      kinds: policies,
      text: 'elements, actions by what they do, condition keys that the actions have, operators that fit the key, values, principals and keys of the workspace, and snippets',
    },
    {
      title: 'Completion',
      kinds: ['grant'],
      text: 'members, operations that a grant can hold, constraints, principals',
    },
    {
      title: 'Completion',
      kinds: ['scenario'],
      text: 'members, step kinds, operations and their parameters, names of what is declared or saved, errors to expect',
    },
  ],
  definition: [
    {
      title: 'Go to definition',
      kinds: ['scenario'],
      text: 'from a name to where it is declared or saved, and from a path to the policy',
    },
    {
      title: 'Go to definition',
      kinds: [...policies, 'grant'],
      text: 'from the ARN of a principal, a key or an alias to the scenario or the `.kms-lens.json` that declares it',
    },
    {
      title: 'Go to definition',
      kinds: ['config'],
      text: 'from a path to the file, from a `Sid` to the statements that are meant, from an ARN to scenarios that declare it',
    },
  ],
  diagnostics: [
    {
      title: 'Diagnostics',
      kinds: [...all, 'config'],
      text: 'what AWS rejects, what lets in more than it seems to, what works but not as meant: [the rules](rules/README.md)',
    },
  ],
  'document-highlight': [
    {
      title: 'Highlights',
      kinds: [...all, 'config'],
      text: 'every place that means what is under the cursor, however it is written: a name, an ARN, an alias, a `Sid`',
    },
  ],
  'document-link': [
    {
      title: 'Links',
      kinds: [...policies, 'grant', 'scenario'],
      text: 'from actions to the API reference where that is switched on, and from paths to files',
    },
  ],
  'document-symbol': [
    {
      title: 'Outline',
      kinds: all,
      text: 'statements with their elements, grants, what a scenario declares, and its steps',
    },
  ],
  envelope: [
    {
      title: 'The round trip as a page',
      kinds: ['key-policy', 'scenario'],
      text: 'each step with its real values, the message beside its bytes, and one of nine things changed: [service.md](service.md#envelope-round-trips)',
    },
  ],
  'folding-range': [{ title: 'Folding', kinds: all, text: 'objects and lists, statements by their `Sid`' }],
  hover: [
    {
      title: 'Hover',
      kinds: policies,
      text: 'what an element, action, condition key, operator, principal or ARN is, a whole statement in a sentence, why a finding is one, what exams ask and what AWS does today',
    },
    { title: 'Hover', kinds: ['grant'], text: 'members, operations and constraints, and the grant in a sentence' },
    {
      title: 'Hover',
      kinds: ['scenario'],
      text: 'members, names, parameters of the API, and what a step last came to with its response and its event',
    },
  ],
  'inlay-hint': [
    {
      title: 'Hints',
      kinds: policies,
      text: 'how many actions a wildcard covers, and what each statement does in short, where these are switched on',
    },
    { title: 'Hints', kinds: ['scenario'], text: 'what each step last came to, at the end of its line' },
  ],
  'inspect-message': [
    {
      title: 'Inspect encrypted message',
      kinds: [],
      text: 'what a file in the message format of the AWS Encryption SDK says of itself, field by field beside its bytes',
    },
  ],
  'local-kms': [
    {
      title: 'Local KMS',
      kinds: ['scenario'],
      text: 'a KMS on this machine that programs call as they call AWS, started from the lens of a scenario with access keys or from the palette: requests live, and why each was refused: [serve.md](serve.md#from-the-editor)',
    },
  ],
  practice: [
    {
      title: 'Practice questions',
      kinds: [],
      text: 'questions as exams ask them, with the reason for every option and the scenario that proves the answer',
    },
  ],
  reading: [
    {
      title: 'KMS topics',
      kinds: [],
      text: 'what people learn for an exam beside what AWS does today, with its proof and its questions, and tables of what goes with what',
    },
  ],
  references: [
    { title: 'References', kinds: ['scenario'], text: 'every place that means a declared or saved name' },
    {
      title: 'References',
      kinds: [...all, 'config'],
      text: 'every place of the workspace that names a principal, a key, an alias or a `Sid`',
    },
  ],
  rename: [
    { title: 'Rename', kinds: ['scenario'], text: 'a principal, key, grant or saved response, wherever it is meant' },
    {
      title: 'Rename',
      kinds: [...all, 'config'],
      text: 'the name in the ARN of a user or role, an alias or a `Sid`, in the whole workspace, unless a pattern would then mean somebody else',
    },
  ],
  scenario: [
    {
      title: 'Test Explorer',
      kinds: ['scenario'],
      text: 'each step as a test, with coverage of policy statements, and a new run on save where that is switched on',
    },
  ],
  'selection-range': [
    { title: 'Growing selections', kinds: all, text: 'from a value to its member, its statement, the document' },
  ],
  'semantic-tokens': [
    {
      title: 'Colours',
      kinds: [...all, 'config'],
      text: 'for what strings hold: actions, wildcards, condition keys, operators, accounts and names in ARNs, policy variables',
    },
  ],
  simulate: [
    {
      title: 'Verdicts',
      kinds: decided,
      text: 'who does what, decided against the whole document, with every layer and every statement explained, as text and as a page to go through layer by layer',
    },
  ],
  timeline: [
    {
      title: 'Timeline of a run',
      kinds: ['scenario'],
      text: 'the states of each key over simulated time with everything that happened to it: rotations, grants, errors, throttling, deletion',
    },
  ],
  trail: [
    {
      title: 'CloudTrail of a run',
      kinds: ['scenario'],
      text: 'what CloudTrail would have recorded, as a table to filter and as JSON',
    },
  ],
  'workspace-symbol': [
    {
      title: 'Symbols of the workspace',
      kinds: [...all, 'config'],
      text: 'principals, keys, aliases, `Sid`s, scenarios, their steps and grants by parts of their names, be the files open or not',
    },
  ],
  'workspace-diagnostics': [
    {
      title: 'Diagnostics of the workspace',
      kinds: [...all, 'config'],
      text: 'also for files that are not open, where that is switched on: [configuration.md](configuration.md#the-whole-workspace)',
    },
  ],
} satisfies Readonly<Record<string, readonly About[]>>;

/** Features that only serve others: settings, commands for other editors, the documents that the server writes. */
export const behindOthers: readonly string[] = ['configuration', 'execute-command', 'report'];
