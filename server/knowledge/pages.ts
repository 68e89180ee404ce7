/** What there is to read, as data: a bundle of its own, `pages.js`, which nobody loads before somebody wants to read. */
export { rulePages } from '../rules/pages.ts';
export { topics } from './generated/topics.ts';
