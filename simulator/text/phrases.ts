import { nearest } from './nearest.ts';

/** What is said of values in files that people write, so that every such file is spoken of alike. */

export const notAnObject = (what: string): string => `${what} is an object: write \`{ … }\``;

export const notAList = (what: string): string => `${what} is a list: write \`[ … ]\``;

export const notAText = (what: string): string => `${what} is a text: write it in double quotes`;

export const notABoolean = (what: string): string => `${what} is \`true\` or \`false\`: write it without quotes`;

export const notANumber = (what: string): string => `${what} is a number: write it without quotes`;

export const givenTwice = (name: string): string => `\`${name}\` is given twice, and the last one counts: remove one`;

/** @param listed says where so many names are listed that a message would be too long */
export function unknownMember(name: string, what: string, names: readonly string[], listed?: string): string {
  return `${what} has no \`${name}\`: ${oneOf(names, name, listed)}`;
}

/**
 * The name that was probably meant, else all of them.
 *
 * @param listed says where so many choices are listed that a message would be too long
 */
export function oneOf(names: readonly string[], written: string, listed = 'docs/rules lists them all'): string {
  const meant = nearest(written, names);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  if (names.length > MOST_NAMES) return listed;
  return `write one of ${names.map((name) => `\`${name}\``).join(', ')}`;
}

/** A message with more is not read. */
const MOST_NAMES = 12;
