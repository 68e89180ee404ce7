// Writes what is made from the facts, the rules, the knowledge and the snippets: `npm run generate`. With `--check` it
// writes nothing and fails where a file is stale.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { generateFacts } from './generate/facts.mjs';
import { generateFeatures } from './generate/features.mjs';
import { generateKnowledge } from './generate/knowledge.mjs';
import { generateRequests } from './generate/requests.mjs';
import { generateRules, ruleSettings } from './generate/rules.mjs';
import { generateScenarioSchema } from './generate/scenario-schema.mjs';
import { generateSchema } from './generate/schema.mjs';
import { generateSnippets } from './generate/snippets.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Folders in which every file is generated: one that is no longer made goes. */
const owned = [
  'docs/knowledge',
  'docs/knowledge/topics',
  'docs/rules',
  'server/rules/generated',
  'server/knowledge/generated',
  'simulator/facts/generated',
];

/**
 * What stands in the tree and should be otherwise: a text to write, or undefined for a file that has to go.
 *
 * @returns {Promise<Map<string, string | undefined>>}
 */
export async function stale() {
  const wanted = new Map(
    Object.entries({
      ...(await generateFacts()),
      ...(await generateRequests()),
      ...(await generateRules()),
      ...(await generateKnowledge()),
      ...(await generateSnippets()),
      ...(await generateSchema()),
      ...(await generateScenarioSchema()),
      ...(await generateFeatures()),
      'package.json': await manifest(),
    }),
  );
  const changes = new Map();
  for (const [path, text] of wanted) if ((await textOf(path)) !== text) changes.set(path, text);
  for (const folder of owned) {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const { name } of entries.filter((entry) => entry.isFile()))
      if (!wanted.has(`${folder}/${name}`)) changes.set(`${folder}/${name}`, undefined);
  }
  return changes;
}

async function manifest() {
  const parsed = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const section = parsed.contributes.configuration.find(({ title }) => title === 'Rules');
  section.properties['kms-lens.rules'] = await ruleSettings();
  return `${JSON.stringify(parsed, null, 2)}\n`;
}

/** Line ends as git may have checked them out do not count. */
async function textOf(path) {
  return readFile(join(root, path), 'utf8').then(
    (text) => text.replaceAll('\r\n', '\n'),
    () => undefined,
  );
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (argv.includes('--check')) {
    const changes = await stale();
    for (const path of changes.keys()) console.error(`${path} is stale: run \`npm run generate\``);
    process.exitCode = changes.size > 0 ? 1 : 0;
  } else {
    // What is made from generated facts follows in a second round.
    const changes = await write();
    if ([...changes.keys()].some((path) => path.startsWith('simulator/'))) await write();
  }
}

async function write() {
  const changes = await stale();
  for (const [path, text] of changes) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    if (text === undefined) await rm(join(root, path));
    else await writeFile(join(root, path), text);
    console.log(`${text === undefined ? 'removed' : 'wrote'} ${path}`);
  }
  return changes;
}
