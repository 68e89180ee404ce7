// Reads the Markdown file of a topic. What is wrong with it is said with file and line.

/** The headings in the order in which they stand, the first in every topic, and the names of the parts below them. */
const headings = ['## Exam', '## Trap', '## Today'];
const parts = ['exam', 'trap', 'today'];
const lists = ['items', 'subjects'];
const patterns = { items: /^[A-Z]+\d+$/, subjects: /^[a-z-]+:\S+$/ };

/**
 * The topic in a file.
 *
 * @param {string} path as errors name it; the file's name is the topic's id.
 * @param {string} text
 * @throws {Error} where the file is not as the first lines of server/knowledge/topic.ts say.
 */
export function parseTopic(path, text) {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  /** @param {number} index the line, from 0 */
  const fail = (index, problem) => {
    throw new Error(`${path}:${index + 1}: ${problem}`);
  };
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) fail(0, 'it must begin with front matter between two lines `---`');
  const id = path.replace(/^.*\//, '').replace(/\.md$/, '');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) fail(0, 'name the file in lower case with hyphens');
  return { id, ...readHead(lines.slice(0, end), fail), ...readBody(lines, end + 1, fail) };
}

/** `title: text`, `items: a, b`, `subjects: a, b`, and any number of `source: title | url | date`. */
function readHead(lines, fail) {
  const found = { title: undefined, items: undefined, subjects: undefined, sources: [] };
  for (let index = 1; index < lines.length; index++) {
    const [, name, value] =
      /^(\w+): +(\S.*)$/.exec(lines[index]) ?? fail(index, `\`${lines[index]}\` is no \`name: value\``);
    if (name === 'source') found.sources.push(readSource(value, (problem) => fail(index, problem)));
    else if (name !== 'title' && !lists.includes(name)) fail(index, `unknown name \`${name}\``);
    else if (found[name] !== undefined) fail(index, `\`${name}\` stands there twice`);
    else found[name] = name === 'title' ? value : readList(name, value, (problem) => fail(index, problem));
  }
  for (const [name, value] of Object.entries(found))
    if (value === undefined || value.length === 0) fail(0, `no \`${name === 'sources' ? 'source' : name}\``);
  return found;
}

function readList(name, value, fail) {
  const list = value.split(',').map((each) => each.trim());
  for (const [at, each] of list.entries()) {
    if (!patterns[name].test(each)) fail(`\`${each}\` cannot be one of the ${name}`);
    if (list.indexOf(each) < at) fail(`\`${each}\` stands there twice`);
  }
  return list;
}

function readSource(value, fail) {
  const [title, url, date, ...more] = value.split('|').map((each) => each.trim());
  if (!title || !/^https:\/\/\S+$/.test(url) || !/^\d{4}-(0[1-9]|1[0-2])$/.test(date) || more.length > 0)
    fail('a source is `title | url | 2026-11`');
  return { title, url, date };
}

function readBody(lines, start, fail) {
  const sections = [];
  for (let index = start; index < lines.length; index++) {
    const line = lines[index].trimEnd();
    if (line.startsWith('#')) sections.push({ heading: line, index, text: [] });
    else if (sections.length > 0) sections.at(-1).text.push(line);
    else if (line !== '') fail(index, 'text before the first heading');
  }
  const found = {};
  let next = 0;
  for (const { heading, index, text } of sections) {
    const place = headings.indexOf(heading);
    if (place < 0) fail(index, `unknown heading \`${heading}\``);
    if (place < next) fail(index, `\`${heading}\` cannot stand here: the order is \`${headings.join('`, `')}\``);
    next = place + 1;
    found[parts[place]] = text.join('\n').trim() || fail(index, `nothing below \`${heading}\``);
  }
  return found.exam ? found : fail(start, `no \`${headings[0]}\``);
}
