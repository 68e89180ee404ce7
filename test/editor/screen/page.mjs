// Functions that run inside the page, on the element of a text editor. They see nothing outside themselves.

/** The visible lines of an editor, from top to bottom. */
export function linesIn(editor) {
  const lines = [...editor.querySelectorAll('.view-lines > .view-line')];
  return lines
    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
    .map((line) => line.textContent.replaceAll('\u00a0', ' '));
}

/** The texts that style sheets put before or after pieces of the text. */
export function decorationTextsIn(editor) {
  const texts = [];
  for (const piece of editor.querySelectorAll('.view-lines > .view-line span')) {
    for (const side of ['::before', '::after']) {
      const { content } = getComputedStyle(piece, side);
      if (content.startsWith('"')) texts.push(JSON.parse(content).replaceAll('\u00a0', ' '));
    }
  }
  return texts.filter((text) => text.trim() !== '');
}

/** Where the `nth` occurrence of a text is on the screen, or undefined. */
export function rectOfText(editor, { text, nth }) {
  const lines = [...editor.querySelectorAll('.view-lines > .view-line')];
  lines.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  let left = nth;
  for (const line of lines) {
    const content = line.textContent.replaceAll('\u00a0', ' ');
    for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) {
      if (left === 0) return rectOf(line, at, at + text.length);
      left -= 1;
    }
  }
  return undefined;

  function rectOf(line, start, end) {
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let passed = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent.length;
      if (start >= passed && start < passed + length) range.setStart(node, start - passed);
      if (end > passed && end <= passed + length) range.setEnd(node, end - passed);
      passed += length;
    }
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  }
}
