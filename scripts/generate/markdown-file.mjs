// Reads the Markdown files of server/knowledge: front matter, then sections below known headings. What is wrong with a
// file is said with file and line.

/**
 * @typedef {object} MarkdownFile
 * @property {string} id the file's name
 * @property {{ name: string, value: string, index: number }[]} head the lines of the front matter
 * @property {(index: number, problem: string) => never} fail says what is wrong in a line, counted from 0
 * @property {(headings: readonly string[]) => { heading: string, index: number, lines: string[] }[]} sections what stands
 *   below the headings, which must be some of these, in this order; lines without white space at their ends
 */

/**
 * @param {string} path as errors name it
 * @param {string} text
 * @returns {MarkdownFile}
 * @throws {Error} where the file is not of that form.
 */
export function readMarkdown(path, text) {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const fail = (index, problem) => {
    throw new Error(`${path}:${index + 1}: ${problem}`);
  };
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) fail(0, 'it must begin with front matter between two lines `---`');
  const id = path.replace(/^.*\//, '').replace(/\.md$/, '');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) fail(0, 'name the file in lower case with hyphens');
  const head = lines.slice(1, end).map((line, at) => {
    const [, name, value] = /^(\w+): +(\S.*)$/.exec(line) ?? fail(at + 1, `\`${line}\` is no \`name: value\``);
    return { name, value, index: at + 1 };
  });
  return { id, head, fail, sections: (headings) => readSections(lines, end + 1, headings, fail) };
}

function readSections(lines, start, headings, fail) {
  const sections = [];
  let next = 0;
  for (let index = start; index < lines.length; index++) {
    const line = lines[index].trimEnd();
    if (!line.startsWith('#')) {
      if (sections.length > 0) sections.at(-1).lines.push(line);
      else if (line !== '') fail(index, 'text before the first heading');
      continue;
    }
    const place = headings.indexOf(line);
    if (place < 0) fail(index, `unknown heading \`${line}\``);
    if (place < next) fail(index, `\`${line}\` cannot stand here: the order is \`${headings.join('`, `')}\``);
    next = place + 1;
    sections.push({ heading: line, index, lines: [] });
  }
  for (const { heading, index, lines: below } of sections)
    if (below.every((line) => line === '')) fail(index, `nothing below \`${heading}\``);
  if (sections[0]?.heading !== headings[0]) fail(start, `no \`${headings[0]}\``);
  return sections;
}

/** A comma-separated list without repetitions, of what fits the pattern. */
export function readList(name, value, pattern, fail) {
  const list = value.split(',').map((each) => each.trim());
  for (const [at, each] of list.entries()) {
    if (!pattern.test(each)) fail(`\`${each}\` cannot be one of the ${name}`);
    if (list.indexOf(each) < at) fail(`\`${each}\` stands there twice`);
  }
  return list;
}
