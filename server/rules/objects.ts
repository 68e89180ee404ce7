import { countingMembers, type JsonNode, type JsonObject } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import type { LocatedObject } from './rule.ts';

interface Surroundings {
  /** The path of the root. */
  readonly base: Path;
  readonly embedded: boolean;
  /** What is visited by itself. */
  readonly later?: ReadonlySet<JsonNode | undefined>;
}

/** Every object below a root and the root itself; what a later member of the same name overrides is left out. */
export function visitObjects(
  root: JsonNode | undefined,
  { base, embedded, later }: Surroundings,
  visit: (object: LocatedObject) => void,
): void {
  if (!root) return;
  const pending: Visited[] = [{ node: root, step: undefined, parent: undefined }];
  const add = (node: JsonNode | undefined, step: string | number, parent: Visited): void => {
    if ((node?.type === 'object' || node?.type === 'array') && !later?.has(node)) pending.push({ node, step, parent });
  };
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node } = next;
    if (node.type === 'object') {
      visit(new Located(node, next, base, embedded));
      for (const { key, value } of countingMembers(node)) add(value, key.value, next);
    } else if (node.type === 'array') {
      for (let index = 0; index < node.elements.length; index++) add(node.elements[index], index, next);
    }
  }
}

/** A value on the way through a tree; paths are made from the links, since a copy per level would cost the square of the depth. */
interface Visited {
  readonly node: JsonNode;
  readonly step: string | number | undefined;
  readonly parent: Visited | undefined;
}

class Located implements LocatedObject {
  readonly node: JsonObject;
  readonly embedded: boolean;
  private readonly visited: Visited;
  private readonly base: Path;

  constructor(node: JsonObject, visited: Visited, base: Path, embedded: boolean) {
    this.node = node;
    this.embedded = embedded;
    this.visited = visited;
    this.base = base;
  }

  /** Hardly anybody asks. */
  get path(): Path {
    const steps: (string | number)[] = [];
    for (let at: Visited | undefined = this.visited; at?.step !== undefined; at = at.parent) steps.push(at.step);
    return [...this.base, ...steps.reverse()];
  }
}
