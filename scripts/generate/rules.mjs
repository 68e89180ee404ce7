// Writes everything that is made from the rules: their index, a page for each, and the list of the pages. Also gives
// package.json its setting. The rules are TypeScript, so they are bundled first: plain Node 20 can load them then.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = 'server/rules';
const index = `${folder}/generated/index.ts`;
const documented = `${folder}/generated/documented.ts`;
/** Beside the rules stands what runs them, which defines none. */
const IS_RULE = /^export const \w+ = rule\(/m;

const kindNames = {
  'key-policy': 'key policies',
  'iam-policy': 'identity policies',
  scp: 'service control policies',
  rcp: 'resource control policies',
  'vpce-policy': 'endpoint policies',
  grant: 'grants',
  scenario: 'scenarios',
};

const groupNames = {
  invalid: 'AWS rejects it, or it can never have an effect',
  exposure: 'it lets in more than it seems to',
  suspicious: 'it works, but not as meant',
  hardening: 'it works and could be tighter',
  style: 'a matter of taste',
};

const fixNames = { none: 'no', safe: 'yes, also in bulk', choice: 'yes, with a choice' };

/**
 * The generated files as text, by path from the project's root.
 *
 * @returns {Promise<Record<string, string>>}
 * @throws {Error} where a rule's file does not export the rule of its name.
 */
export async function generateRules() {
  const rules = await loadRules();
  const files = { [index]: indexOf(rules), [documented]: documentedOf(rules) };
  for (const rule of rules) files[`docs/rules/${rule.id}.md`] = pageOf(rule);
  files['docs/rules/README.md'] = listOf(rules);
  return files;
}

/**
 * The setting `kms-lens.rules` as package.json declares it: a severity by rule id.
 *
 * @returns {Promise<object>}
 */
export async function ruleSettings() {
  const rules = await loadRules();
  return {
    type: 'object',
    scope: 'resource',
    additionalProperties: false,
    default: {},
    markdownDescription:
      'How grave the findings of each rule are, or `off`. A `.kms-lens.json` beside the document wins over this setting.',
    examples: [{ 'action-unknown': 'warning', 'sid-duplicate': 'off' }],
    properties: Object.fromEntries(
      rules.map((rule) => [
        rule.id,
        {
          type: 'string',
          enum: ['off', 'information', 'warning', 'error'],
          markdownDescription: `${capitalised(rule.title)}. Default: \`${rule.optIn ? 'off' : rule.severity}\`. [More](${rule.url})`,
        },
      ]),
    ),
  };
}

/** The rules with what is derived of them: default severity, page and whether their example can be mended. */
export async function loadRules() {
  const ids = await ruleIds();
  const lines = ids.map((id) => `import { ${nameOf(id)} } from './${id}.ts';`);
  const contents = `${lines.join('\n')}
import { SourceDocument } from '../documents/source.ts';
import { check } from './engine.ts';
import { severityOfGroup } from './rule.ts';
import { knownText } from './support/known.ts';
import { ruleUrl } from './url.ts';
export const rules = { ${ids.map((id) => `'${id}': ${nameOf(id)}`).join(', ')} };
export { SourceDocument, check, knownText, severityOfGroup, ruleUrl };`;
  const { rules, SourceDocument, check, knownText, severityOfGroup, ruleUrl } = await load(contents);
  return ids.map((id) => {
    const rule = rules[id];
    if (rule?.id !== id) throw new Error(`${folder}/${id}.ts must export the rule \`${id}\` as \`${nameOf(id)}\``);
    const { bad, good } = rule.documentation;
    const { file: uri, text, facts } = bad;
    const options = { rules: Object.values(rules), severities: { [id]: severityOfGroup[rule.group] }, facts };
    const found = check(new SourceDocument({ uri, text }), options).filter((each) => each.rule === rule);
    const fixes = found.flatMap(({ finding }) => finding.fixes ?? []);
    const fix = fixes.some(({ safe }) => safe) ? 'safe' : fixes.length === 0 ? 'none' : 'choice';
    const known = { bad: knownText(bad), good: knownText(good) };
    return { ...rule, severity: severityOfGroup[rule.group], url: ruleUrl(id), fix, known };
  });
}

async function ruleIds() {
  const files = await readdir(join(root, folder), { withFileTypes: true });
  const names = files.filter((file) => file.isFile() && file.name.endsWith('.ts')).map(({ name }) => name);
  const texts = await Promise.all(names.map((name) => readFile(join(root, folder, name), 'utf8')));
  return names
    .filter((_, index) => IS_RULE.test(texts[index]))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
}

/** The exports of a module that is written in TypeScript, with imports from `from`. */
export async function load(contents, from = folder) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: join(root, from), loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

function indexOf(rules) {
  return `${generatedWith('Rule', rules)}

/** Every rule, by id. */
export const rules: readonly Rule[] = [
${listed(rules)}
];
`;
}

function documentedOf(rules) {
  return `${generatedWith('DocumentedRule', rules)}

/** Every rule as people read about it, by id. */
export const documentedRules: readonly DocumentedRule[] = [
${listed(rules)}
];
`;
}

function generatedWith(type, rules) {
  const imports = rules.map(({ id }) => `import { ${nameOf(id)} } from '../${id}.ts';`);
  return `// Generated by \`npm run generate\` from the files of the rules. Do not edit.
import type { ${type} } from '../rule.ts';
${imports.join('\n')}`;
}

function listed(rules) {
  return rules.map(({ id }) => `  ${nameOf(id)},`).join('\n');
}

function pageOf(rule) {
  const { what, why, spares, bad, good, sources } = rule.documentation;
  return `<!-- Generated by \`npm run generate\` from server/rules/${rule.id}.ts. Do not edit. -->
# ${rule.id}

${capitalised(rule.title)}.

| | |
|---|---|
| Group | \`${rule.group}\`: ${groupNames[rule.group]} |
| Default severity | ${rule.optIn ? `off; ${rule.severity} once it is switched on` : rule.severity} |
| Checks | ${rule.kinds.map((kind) => kindNames[kind]).join(', ')} |
| Quick fix | ${fixNames[rule.fix]} |

## What it reports

${what}

## Why

${why}
${spares === undefined ? '' : `\n## What it leaves alone\n\n${spares}\n`}
## Reported

\`${bad.file}\`

${fenced(bad.text, languageOf(bad))}
${knownOf(rule.known.bad)}
## Mended

\`${good.file}\`

${fenced(good.text, languageOf(good))}
${knownOf(rule.known.good)}
## Configuration

In the settings of VS Code:

${fenced(`"kms-lens.rules": { "${rule.id}": "off" }\n`, 'jsonc')}

In \`.kms-lens.json\`, which the command line reads too:

${fenced(`{ "rules": { "${rule.id}": "off" } }\n`)}

Instead of \`off\`: \`information\`, \`warning\` or \`error\`.

## Sources

${sources.map(({ title, url }) => `- [${title}](${url})`).join('\n')}
`;
}

function listOf(rules) {
  const rows = rules.map(
    ({ id, group, severity, optIn, fix, title }) =>
      `| [${id}](${id}.md) | ${group} | ${optIn ? 'off' : severity} | ${fixNames[fix]} | ${capitalised(title.replaceAll('|', '\\|'))} |`,
  );
  const groups = Object.entries(groupNames).map(([group, meaning]) => `- \`${group}\`: ${meaning}`);
  return `<!-- Generated by \`npm run generate\` from the files of server/rules. Do not edit. -->
# Rules

| Rule | Group | Severity | Quick fix | Reports |
|---|---|---|---|---|
${rows.join('\n')}

## Groups

${groups.join('\n')}
`;
}

const languageOf = ({ file }) => (file.endsWith('.jsonc') ? 'jsonc' : 'json');

/** What the rule has to be told of the key and of other files. */
function knownOf(text) {
  return text === undefined ? '' : `\nWith this known beside it:\n\n${fenced(text)}\n`;
}

/** A code block; JSON never holds a fence of its own. */
function fenced(text, language = 'json') {
  return `\`\`\`${language}\n${text}${text.endsWith('\n') ? '' : '\n'}\`\`\``;
}

/** `action-unknown` → `actionUnknown`: what a rule's file exports. */
export function nameOf(id) {
  return id.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const files = await generateRules();
  await rm(join(root, 'docs/rules'), { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}
