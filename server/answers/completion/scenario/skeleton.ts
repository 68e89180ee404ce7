import type { MapShape, NameKind, ObjectShape, Shape } from '../../../../simulator/scenario/shape.ts';
import { jsonText, type Snippet } from '../snippet.ts';

/** A value of a shape, with what it must have, and with places to fill in. */
export function skeletonOf(shape: Shape): Snippet {
  return new Skeleton().of(shape);
}

/** An object with these members. */
export function skeletonWith(shape: ObjectShape, names: readonly string[]): Snippet {
  return new Skeleton().object(shape, names);
}

/** A member of a map under a name to be filled in. */
export function namedSkeleton(
  { defines, of }: MapShape,
  name: string,
): { readonly name: Snippet; readonly value: Snippet } {
  const skeleton = new Skeleton();
  return { name: skeleton.preset(name), value: skeleton.usual(defines, of) };
}

/** What things that have a name are called at first, and the members that most of them have. */
export const usualThings: Readonly<Record<NameKind, { readonly name: string; readonly members: readonly string[] }>> = {
  principal: { name: 'App', members: ['arn', 'policies'] },
  key: { name: 'orders', members: ['policy'] },
  'key-store': { name: 'hsm', members: ['type'] },
  grant: { name: 'grant', members: ['key', 'GranteePrincipal', 'Operations'] },
  'vpc-endpoint': { name: 'vpce-0a1b2c3d', members: ['policy'] },
  saved: { name: 'saved', members: [] },
};

class Skeleton {
  private stops = 0;

  of(shape: Shape): Snippet {
    switch (shape.type) {
      case 'text': {
        const { choices, open, format } = shape;
        if (choices && !open && choices.length <= FEW) return `"\${${++this.stops}|${choices.join(',')}|}"`;
        return choices || format?.example === undefined ? this.string() : `"${this.preset(format.example)}"`;
      }
      case 'number':
        return this.preset(String(Math.max(shape.least, 1)));
      case 'boolean':
        return this.preset('true');
      case 'null':
        return 'null';
      case 'list': {
        const element = this.of(shape.of);
        return element.includes('\n') ? `[\n\t${deeper(element)}\n]` : `[${element}]`;
      }
      case 'map': {
        const example = shape.names?.example ?? (shape.defines && usualThings[shape.defines].name);
        const name = example === undefined ? this.string() : `"${this.preset(example)}"`;
        const value = this.usual(shape.defines, shape.of);
        return value.includes('\n') ? `{\n\t${name}: ${deeper(value)}\n}` : `{ ${name}: ${value} }`;
      }
      case 'object':
        return this.object(
          shape,
          Object.keys(shape.members).filter((name) => shape.members[name]?.required),
        );
      case 'variants':
      case 'parameters':
        return `{\n\t$${++this.stops}\n}`;
      case 'policy':
      case 'name':
        return this.string();
      case 'either':
        return shape.of[0] ? this.of(shape.of[0]) : this.string();
    }
  }

  object({ members }: ObjectShape, names: readonly string[]): Snippet {
    const parts = names.flatMap((name) => {
      const shape = members[name]?.shape;
      return shape ? `"${name}": ${this.of(shape)}` : [];
    });
    if (parts.length === 0) return `{\n\t$${++this.stops}\n}`;
    const isShort = parts.length < FEW && parts.every((part) => !part.includes('\n'));
    return isShort ? `{ ${parts.join(', ')} }` : `{\n\t${parts.map(deeper).join(',\n\t')}\n}`;
  }

  /** A thing that has a name with what most of its kind have, another value with what it must have. */
  usual(kind: NameKind | undefined, shape: Shape): Snippet {
    return kind && shape.type === 'object' ? this.object(shape, usualThings[kind].members) : this.of(shape);
  }

  preset(text: string): Snippet {
    return `\${${++this.stops}:${jsonText(text)}}`;
  }

  private string(): Snippet {
    return `"$${++this.stops}"`;
  }
}

const FEW = 4;

const deeper = (text: Snippet): Snippet => text.replaceAll('\n', '\n\t');
