import { made } from './page.browser.ts';

/** Code, what is strong or emphasised, and links. */
const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\((https:[^)\s]+)\)/g;

/** A line of Markdown as elements. Our own texts use no more of it than this. */
export function inline(text: string): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [all, code, strong, emphasis, label = '', url = ''] = match;
    nodes.push(document.createTextNode(text.slice(end, match.index)));
    if (code !== undefined) nodes.push(made('code', code));
    else if (strong !== undefined) nodes.push(around('strong', strong));
    else if (emphasis !== undefined) nodes.push(around('em', emphasis));
    else nodes.push(linkTo(url, label));
    end = match.index + all.length;
  }
  nodes.push(document.createTextNode(text.slice(end)));
  return nodes;
}

/** Paragraphs and lists. */
export function blocks(text: string): HTMLElement[] {
  return text
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const lines = block.trim().split('\n');
      if (!lines.every((line) => /^(?:[-*]|\d+\.) /.test(line))) return around('p', lines.join(' '));
      const list = made(/^\d/.test(lines[0] ?? '') ? 'ol' : 'ul');
      list.append(...lines.map((line) => around('li', line.replace(/^\S+ /, ''))));
      return list;
    });
}

/** An element with a line of Markdown in it. */
export function around<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text: string,
  kind = '',
): HTMLElementTagNameMap[K] {
  const element = made(name, '', kind);
  element.append(...inline(text));
  return element;
}

/** VS Code opens it in a browser. */
export function linkTo(url: string, label: string): HTMLAnchorElement {
  const link = made('a', label);
  link.href = url;
  return link;
}
