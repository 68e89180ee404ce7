// Writes docs/knowledge/coverage.md: for each item that exam material teaches its topic, the places whose hovers show it, what
// proves it, and the questions about it. The places are found by pointing at everything in the examples.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placeOf } from './questions.mjs';
import { load } from './rules.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** More places would say no more. */
const MOST_PLACES = 6;

/** The page. */
export async function coveragePage(topics, questions) {
  const { items, ...made } = await loadMade();
  const files = await exampleFiles();
  const paths = Object.keys(files);
  const places = placesByTopic(topics, files, made);
  const rows = items.map((item) => rowOf(item));
  const marked = items.filter(made.isMarked).length;
  return `# Where everything is taught

Exam material on KMS teaches ${items.length} items: tips (T), traps (P), tables and diagrams (B), questions (Q) with their traps (QP), and rules (R).
Each belongs to a topic, and the hovers at the places named here show it. The ${marked} that are marked as tip, trap, table or question
have a proof, a scenario to run with \`kms-lens test\`; what shows the others stands in the same column.

This page is generated: the places were found by pointing at everything in [examples](../../examples), and each links to a file in
which there is one. [What topics say](README.md), [practice questions](questions.md).

| Item | About | Topic | Hovers | Proof | Questions |
|---|---|---|---|---|---|
${rows.join('\n')}
`;

  function rowOf(item) {
    const own = topics.filter((topic) => topic.items.includes(item.id));
    const about = own.map(topicLink).join(', ');
    return `| ${item.id} | ${item.title} | ${about} | ${hovers(own)} | ${shown(item, own)} | ${asked(item, own)} |`;
  }

  /** A place each, the topic's own proof first. */
  function hovers(own) {
    const all = own.flatMap((topic) => {
      const proofs = made.proofsOf(topic, { questions }, paths);
      return [...(places.get(topic.id) ?? [])].map(([subject, where]) => {
        const path = where.find((each) => proofs.includes(each)) ?? where[0];
        return `[${inWords(subject)}](../../examples/${path})`;
      });
    });
    const rest = all.length - MOST_PLACES;
    return [...all.slice(0, MOST_PLACES), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
  }

  function shown({ id, rules = [], examples = [] }, own) {
    const proofs = paths.filter((path) => made.provenBy(path).includes(id));
    const tables = made.comparisons.filter((each) => own.some((topic) => each.topics.includes(topic.id)));
    const others = id.startsWith('R') ? examples.filter((path) => !proofs.includes(path)) : [];
    return [
      ...[...proofs, ...others].map((path) => `[${nameOf(path)}](../../examples/${path})`),
      ...rules.map((rule) => `[\`${rule}\`](../rules/${rule}.md)`),
      ...(id.startsWith('R') ? tables.map(({ title }) => `table *${title}*`) : []),
    ].join(', ');
  }

  /** The question that covers the item, else those about its topics. */
  function asked({ id }, own) {
    const ofItem = questions.filter((question) => question.items.includes(id));
    const ofTopics = questions.filter((question) => own.some((topic) => question.topics.includes(topic.id)));
    const found = (ofItem.length > 0 ? ofItem : ofTopics).map((each) => `[${each.title}](${placeOf(each, questions)})`);
    return found.sort().join('; ');
  }
}

const loadMade = () =>
  load(
    `import './step-kinds.ts';
export { topicPlaces } from './answers/help/topic-places.ts';
export { SourceDocument } from './documents/source.ts';
export { comparisons } from './knowledge/comparisons/index.ts';
export { Knowledge } from './knowledge/index.ts';
export { isMarked, items } from './knowledge/items.ts';
export { proofsOf, provenBy } from './knowledge/reading.ts';`,
    'server',
  );

/** By topic, then by what the place is: the examples that have it. */
function placesByTopic(topics, files, { Knowledge, SourceDocument, topicPlaces }) {
  const knowledge = new Knowledge({ rulePages: [], topics });
  const found = new Map(topics.map(({ id, subjects }) => [id, new Map(subjects.map((subject) => [subject, []]))]));
  for (const [path, text] of Object.entries(files)) {
    const source = new SourceDocument({ uri: `file:///examples/${path}`, text });
    for (const { topic, subject } of topicPlaces(source, 'us-east-1', knowledge)) {
      const where = found.get(topic.id)?.get(subject);
      if (where && where.at(-1) !== path) where.push(path);
    }
  }
  for (const bySubject of found.values())
    for (const [subject, where] of bySubject) if (where.length === 0) bySubject.delete(subject);
  return found;
}

async function exampleFiles() {
  const folder = join(root, 'examples');
  const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  const wanted = names.filter((name) => name.endsWith('.json')).sort();
  return Object.fromEntries(
    await Promise.all(wanted.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

const WORDS = {
  action: 'permission',
  element: 'element',
  effect: 'effect',
  principal: 'principal:',
  resource: 'resource:',
  operator: 'operator',
  'condition-key': 'condition key or parameter',
  service: 'service',
  grant: 'member of grants',
  'key-spec': 'key spec',
  'key-usage': 'key usage',
  origin: 'origin',
  error: 'error',
  'key-state': 'key state',
  quota: 'request quota',
  scenario: 'member of scenarios',
  document: 'document:',
};

function inWords(subject) {
  const [family, ...rest] = subject.split(':');
  const name = rest.join(':').replace(/:$/, ':…');
  return `${WORDS[family] ?? family} \`${name}\``;
}

const topicLink = ({ id, title }) => `[${title}](../../server/knowledge/topics/${id}.md)`;

const nameOf = (path) => path.replace(/^.*\//, '').replace(/\.kms-scenario\.json$/, '');
