import { createScanner } from 'jsonc-parser';

/** What follows a position: a bracket that closes, the text's end, a member's name, the beginning of a value, … */
export type Gap = 'colon' | 'comma' | 'close' | 'end' | 'name' | 'value' | 'other';

/** Comments and white space are passed over. */
export function gapAfter(text: string, offset: number): Gap {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  const kind: number = scanner.scan();
  switch (kind) {
    case 6:
      return 'colon';
    case 5:
      return 'comma';
    case 2:
    case 4:
      return 'close';
    case 17:
      return 'end';
    case 10: {
      const error: number = scanner.getTokenError();
      if (error !== 0) return 'other';
      const next: number = scanner.scan();
      return next === 6 ? 'name' : 'value';
    }
    case 1:
    case 3:
    case 7:
    case 8:
    case 9:
    case 11:
      return 'value';
    default:
      return 'other';
  }
}
