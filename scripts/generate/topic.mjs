// Reads the Markdown file of a topic. What is wrong with it is said with file and line.
import { readList, readMarkdown } from './markdown-file.mjs';

/** The headings in the order in which they stand, the first in every topic, and the names of the parts below them. */
const parts = { '## Exam': 'exam', '## Trap': 'trap', '## Today': 'today' };
const patterns = { items: /^[A-Z]+\d+$/, subjects: /^[a-z-]+:\S+$/ };

/**
 * The topic in a file.
 *
 * @param {string} path as errors name it; the file's name is the topic's id.
 * @param {string} text
 * @throws {Error} where the file is not as the first lines of server/knowledge/topic.ts say.
 */
export function parseTopic(path, text) {
  const file = readMarkdown(path, text);
  const topic = { id: file.id, ...readHead(file) };
  for (const { heading, lines } of file.sections(Object.keys(parts))) topic[parts[heading]] = lines.join('\n').trim();
  return topic;
}

/** `title: text`, `items: a, b`, `subjects: a, b`, and any number of `source: title | url | date`. */
function readHead({ head, fail }) {
  const found = { title: undefined, items: undefined, subjects: undefined, sources: [] };
  for (const { name, value, index } of head) {
    if (name === 'source') found.sources.push(readSource(value, (problem) => fail(index, problem)));
    else if (name !== 'title' && !(name in patterns)) fail(index, `unknown name \`${name}\``);
    else if (found[name] !== undefined) fail(index, `\`${name}\` stands there twice`);
    else if (name === 'title') found.title = value;
    else found[name] = readList(name, value, patterns[name], (problem) => fail(index, problem));
  }
  for (const [name, value] of Object.entries(found))
    if (value === undefined || value.length === 0) fail(0, `no \`${name === 'sources' ? 'source' : name}\``);
  return found;
}

function readSource(value, fail) {
  const [title, url, date, ...more] = value.split('|').map((each) => each.trim());
  if (!title || !/^https:\/\/\S+$/.test(url) || !/^\d{4}-(0[1-9]|1[0-2])$/.test(date) || more.length > 0)
    fail('a source is `title | url | 2026-11`');
  return { title, url, date };
}
