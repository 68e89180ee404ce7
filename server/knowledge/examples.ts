import files from './examples?files';

/** The files of `examples/`, by their paths in it: a bundle of its own, `examples.js`, which nobody loads before somebody wants to see one. */
export const exampleFiles: Readonly<Record<string, string>> = files;
