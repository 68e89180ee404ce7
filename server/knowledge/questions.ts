/** The practice questions, as data: a bundle of its own, `questions.js`, which nobody loads before somebody wants to practise. */
export { questions, sectionTitles } from './generated/questions.ts';
