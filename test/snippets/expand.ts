/**
 * What a snippet becomes when nobody types into it, or when somebody types `typed` at its tab stops. Follows the syntax
 * of VS Code ("Snippets in Visual Studio Code", "Snippet syntax"), without the variables and transforms, which are an
 * error here: a policy must not depend on the editor's clipboard or clock.
 */
export function expand(body: string, typed: ReadonlyMap<number, string> = new Map()): string {
  const parts = parseSnippet(body);
  const defaults = new Map<number, Part>();
  for (const part of walk(parts)) {
    if (part.type === 'stop' && part.content && !defaults.has(part.number)) defaults.set(part.number, part);
  }
  const render = (part: Part): string => {
    if (part.type === 'text') return part.text;
    const own = typed.get(part.number);
    if (own !== undefined) return own;
    const content = part.content ?? contentOf(defaults.get(part.number));
    return content.map(render).join('');
  };
  return parts.map(render).join('');
}

/** The numbers of the choices with what each offers, in the order of the text. */
export function choicesOf(body: string): Map<number, readonly string[]> {
  const choices = new Map<number, readonly string[]>();
  for (const part of walk(parseSnippet(body))) {
    if (part.type === 'stop' && part.choices) choices.set(part.number, part.choices);
  }
  return choices;
}

/** The numbers of all tab stops, each as often as it occurs; `defined` where it says what stands there at first. */
export function stopsOf(body: string): { readonly number: number; readonly defined: boolean }[] {
  return walk(parseSnippet(body)).flatMap((part) =>
    part.type === 'stop' ? [{ number: part.number, defined: part.content !== undefined }] : [],
  );
}

type Part =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'stop';
      readonly number: number;
      /** Left out for a bare `$1`, which repeats what its namesake holds. */
      readonly content?: readonly Part[];
      readonly choices?: readonly string[];
    };

function contentOf(part: Part | undefined): readonly Part[] {
  return part?.type === 'stop' ? (part.content ?? []) : [];
}

function walk(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => [part, ...walk(contentOf(part))]);
}

function parseSnippet(body: string): readonly Part[] {
  const reader = new SnippetReader(body);
  return reader.parts(false);
}

class SnippetReader {
  private readonly body: string;
  private at = 0;

  constructor(body: string) {
    this.body = body;
  }

  /** Up to the end, or up to the brace that closes a placeholder. */
  parts(inPlaceholder: boolean): Part[] {
    const parts: Part[] = [];
    while (this.at < this.body.length && !(inPlaceholder && this.body[this.at] === '}')) parts.push(this.part());
    return parts;
  }

  private part(): Part {
    if (this.take('\\$') || this.take('\\}') || this.take('\\\\'))
      return { type: 'text', text: this.body.charAt(this.at - 1) };
    const bare = this.match(/\$(\d+)/y);
    if (bare) return { type: 'stop', number: Number(bare) };
    const number = this.match(/\$\{(\d+)/y);
    if (number !== undefined) return this.braced(Number(number));
    if (/\$[{\w]/y.test(this.body.slice(this.at, this.at + 2))) this.fail('a variable, or a `$` that is not escaped');
    this.at += 1;
    return { type: 'text', text: this.body.charAt(this.at - 1) };
  }

  private braced(number: number): Part {
    if (this.take('}')) return { type: 'stop', number };
    if (this.take(':')) {
      const content = this.parts(true);
      if (!this.take('}')) this.fail('a placeholder without an end');
      return { type: 'stop', number, content };
    }
    const listed = this.match(/\|((?:\\[\s\S]|[^\\|])*)\|\}/y);
    if (listed === undefined) this.fail('neither a placeholder nor a choice');
    const choices = [...listed.matchAll(/(?:\\[\s\S]|[^\\,])+/g)].map(([choice]) =>
      choice.replaceAll(/\\([,|\\])/g, '$1'),
    );
    const [first = ''] = choices;
    return { type: 'stop', number, content: [{ type: 'text', text: first }], choices };
  }

  private take(text: string): boolean {
    if (!this.body.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** What the group of a sticky pattern matches here. */
  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.body);
    if (!found) return undefined;
    this.at = pattern.lastIndex;
    return found[1];
  }

  private fail(problem: string): never {
    throw new Error(`${problem} at character ${this.at}: ${this.body.slice(this.at, this.at + 20)}`);
  }
}
