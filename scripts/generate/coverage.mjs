// Writes docs/knowledge/coverage.md: for each item that exam material teaches its topic, the places whose hovers show it, what
// proves it, and the questions about it.
import { placeOf } from './questions.mjs';

/** More places would say no more. */
const MOST_PLACES = 6;

/**
 * The page.
 *
 * @param taught what `teaching` found
 */
export function coveragePage(topics, questions, taught) {
  const { items, files, isMarked } = taught;
  const paths = Object.keys(files);
  const rows = items.map((item) => rowOf(item));
  const marked = items.filter(isMarked).length;
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

  function hovers(own) {
    const all = own.flatMap(taught.placesOf).map(({ words, path }) => `[${words}](../../examples/${path})`);
    const rest = all.length - MOST_PLACES;
    return [...all.slice(0, MOST_PLACES), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
  }

  function shown({ id, rules = [], examples = [] }, own) {
    const proofs = paths.filter((path) => taught.provenBy(path).includes(id));
    const tables = taught.comparisons.filter((each) => own.some((topic) => each.topics.includes(topic.id)));
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

const topicLink = ({ id, title }) => `[${title}](topics/${id}.md)`;

const nameOf = (path) => path.replace(/^.*\//, '').replace(/\.kms-scenario\.json$/, '');
