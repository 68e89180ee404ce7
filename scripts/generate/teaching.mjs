// What is taught where: the places whose hovers show a topic, found by pointing at everything in the examples, and what proves it.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from './rules.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the pages about topics are made of. */
export async function teaching(topics, questions) {
  const made = await loadMade();
  const files = await exampleFiles();
  const paths = Object.keys(files);
  const places = placesByTopic(topics, files, made);
  const proofsOf = (topic) => made.proofsOf(topic, { questions }, paths);
  return {
    ...made,
    /** The examples, by their paths. */
    files,
    proofsOf,
    /** The places whose hovers show a topic, each in words and with an example that has it: the topic's own proof if it does. */
    placesOf(topic) {
      const proofs = proofsOf(topic);
      return [...(places.get(topic.id) ?? [])].map(([subject, where]) => ({
        words: inWords(subject),
        path: where.find((each) => proofs.includes(each)) ?? where[0],
      }));
    },
  };
}

const loadMade = () =>
  load(
    `import './step-kinds.ts';
export { topicPlaces } from './answers/help/topic-places.ts';
export { SourceDocument } from './documents/source.ts';
export { comparisons } from './knowledge/comparisons/index.ts';
export { Knowledge } from './knowledge/index.ts';
export { isMarked, items } from './knowledge/items.ts';
export { proofsOf, provenBy } from './knowledge/reading.ts';
export { sectionOf } from './knowledge/sections.ts';`,
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
