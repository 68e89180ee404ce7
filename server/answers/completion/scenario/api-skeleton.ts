import type { ApiMembers, ApiShape } from '../../../../simulator/facts/api.ts';
import { jsonText, type Snippet } from '../snippet.ts';

/** A value of the API with places to fill in. */
export function apiSkeleton(shape: ApiShape, name: string): Snippet {
  return new ApiSkeleton().of(shape, name);
}

/** A request with what it must have. */
export function requestSkeleton(members: ApiMembers): Snippet {
  return new ApiSkeleton().object(members);
}

class ApiSkeleton {
  private stops = 0;

  of(shape: ApiShape, name: string): Snippet {
    switch (shape.type) {
      case 'text': {
        const { choices } = shape;
        if (choices?.length === 1) return `"${this.preset(choices[0] ?? '')}"`;
        return choices && choices.length <= FEW ? `"\${${++this.stops}|${choices.join(',')}|}"` : this.string();
      }
      case 'bytes':
        // Other bytes come from earlier steps.
        return /^(Plaintext|Message)$/.test(name) ? `"text:${this.preset('hello')}"` : this.string();
      case 'number':
        return this.preset(String(Math.min(Math.max(USUAL, shape.least ?? USUAL), shape.most ?? USUAL)));
      case 'boolean':
        return this.preset('true');
      case 'time':
        return `"${this.preset('2026-01-15T09:00:00Z')}"`;
      case 'pairs':
        return `{ ${this.string()}: ${this.string()} }`;
      case 'list':
        return `[${this.of(shape.of, name)}]`;
      case 'structure':
        return this.object(shape.members);
    }
  }

  object(members: ApiMembers): Snippet {
    const needed = Object.entries(members).filter(([, { required }]) => required);
    if (needed.length === 0) return `{ $${++this.stops} }`;
    return `{ ${needed.map(([name, { shape }]) => `"${name}": ${this.of(shape, name)}`).join(', ')} }`;
  }

  private preset(text: string): Snippet {
    return `\${${++this.stops}:${jsonText(text)}}`;
  }

  private string(): Snippet {
    return `"$${++this.stops}"`;
  }
}

const FEW = 4;

/** Days that a key waits for its deletion, the default of AWS; of bytes as good a number as any. */
const USUAL = 30;
