import { CONFIG_NAME } from '../protocol.ts';

export function isConfigUri(uri: string): boolean {
  return withoutQuery(uri).endsWith(`/${CONFIG_NAME}`);
}

/** Documents that lie in no folder: new ones, and standard input. */
const PLACELESS = /^(untitled|stdin):/;

/** Whether paths in a document lead nowhere, since it lies in no folder. */
export const isPlaceless = (uri: string): boolean => PLACELESS.test(uri) || folderOf(uri) === undefined;

/**
 * The folders whose configuration counts for a document, nearest first, each with a slash at its end: from its own up to
 * the workspace folder that it lies in. Outside of them its own alone counts. A document that has no place yet belongs
 * to the workspace folder, if there is one only.
 */
export function foldersOf(uri: string, roots: readonly string[]): string[] {
  if (PLACELESS.test(uri)) return roots.length === 1 ? roots.map(withSlash) : [];
  const own = folderOf(uri);
  if (own === undefined) return [];
  const root = rootOf(own, roots);
  const folders = [own];
  for (let folder = own; folder !== root; ) {
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    folders.push(folder);
  }
  return folders;
}

/** The innermost workspace folder around a folder; the folder itself where there is none. */
export function rootOf(folder: string, roots: readonly string[]): string {
  const root = innermostOf(folder, roots);
  return root === undefined ? folder : withSlash(root);
}

/** The workspace folder that a document or folder belongs to, as it is written; undefined where it lies in none. */
export function innermostOf(uri: string, roots: readonly string[]): string | undefined {
  const around = roots.filter((root) => withSlash(uri).startsWith(withSlash(root)));
  return around.sort((a, b) => b.length - a.length)[0];
}

export const withSlash = (folder: string): string => (folder.endsWith('/') ? folder : `${folder}/`);

/** With a slash at its end; undefined where the URI has no folders. */
export function folderOf(uri: string): string | undefined {
  const path = withoutQuery(uri);
  const slash = path.lastIndexOf('/');
  return 0 < slash && /^[a-z][a-z0-9+.-]*:\//i.test(path) ? path.slice(0, slash + 1) : undefined;
}

/** As people read it. */
export function fileNameOf(uri: string): string {
  const path = withoutQuery(uri);
  return decoded(path.slice(path.lastIndexOf('/') + 1));
}

/** A path as people write it, from a folder; undefined where it is absolute or leads above `root`. */
export function resolveUri(folder: string, path: string, root: string): string | undefined {
  if (/^(\/|\\|[a-z]:|[a-z][a-z0-9+.-]*:\/)/i.test(path)) return undefined;
  const parts = folder.slice(0, -1).split('/');
  for (const part of path.split(/[/\\]/)) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(encoded(part));
  }
  const uri = parts.join('/');
  return uri.startsWith(root) ? uri : undefined;
}

/** The way from a folder to a document, decoded; undefined where the document is not below it. */
export function pathBelow(folder: string, uri: string): string | undefined {
  const path = withoutQuery(uri);
  return path.startsWith(folder) ? decoded(path.slice(folder.length)) : undefined;
}

/** The way from a folder to a document as people write it, through folders above where need be. */
export function relativePath(folder: string, uri: string): string {
  const from = folder.slice(0, -1).split('/');
  const to = withoutQuery(uri).split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common).map(decoded)].join('/');
}

/** The URI of what lies below a folder, by the parts of its path from there. */
export const uriBelow = (folder: string, parts: readonly string[]): string =>
  `${withSlash(folder)}${parts.map(encoded).join('/')}`;

/** As VS Code writes URIs, so that open documents are found. */
function encoded(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const withoutQuery = (uri: string): string => uri.replace(/[?#].*$/, '');
