// Functions that run inside the page, on the element of a text editor. They see nothing outside themselves.

/** The visible lines of an editor, from top to bottom. */
export function linesIn(editor) {
  const lines = [...editor.querySelectorAll('.view-lines > .view-line')];
  return lines
    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
    .map((line) => line.textContent.replaceAll('\u00a0', ' '));
}

/** What style sheets put before or after pieces of the text, where a person can see it. */
export function decorationsIn(editor) {
  const found = [];
  for (const line of editor.querySelectorAll('.view-lines > .view-line')) {
    for (const piece of line.querySelectorAll('span')) {
      for (const side of ['::before', '::after']) {
        const { content, color } = getComputedStyle(piece, side);
        if (!content.startsWith('"') || /^(transparent|rgba\(.*, 0\))$/.test(color)) continue;
        const { x, y, width, height } = piece.getBoundingClientRect();
        const text = JSON.parse(content).replaceAll('\u00a0', ' ');
        if (text.trim() !== '') found.push({ text, line: numberOf(line), color, box: { x, y, width, height } });
      }
    }
  }
  return found;

  function numberOf(line) {
    const { top } = line.getBoundingClientRect();
    const numbers = [...editor.querySelectorAll('.margin .line-numbers')];
    return Number(numbers.find((number) => Math.abs(number.getBoundingClientRect().top - top) < 3)?.textContent);
  }
}

/** The code lenses, from top to bottom; `index` counts them as the page has them, `line` is the one they stand above. */
export function lensesIn(editor) {
  const numbers = [...editor.querySelectorAll('.margin .line-numbers')]
    .map((number) => ({ line: Number(number.textContent), top: number.getBoundingClientRect().top }))
    .sort((a, b) => a.top - b.top);
  return [...editor.querySelectorAll('.codelens-decoration a')]
    .map((lens, index) => {
      const { x, top } = lens.getBoundingClientRect();
      const line = numbers.find((number) => number.top > top)?.line;
      return { text: lens.textContent.replaceAll('\u00a0', ' ').trim(), line, index, x, top };
    })
    .sort((a, b) => a.top - b.top || a.x - b.x);
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
