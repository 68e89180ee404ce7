import { spotAt } from '../../../../simulator/scenario/spot.ts';
import { cursorAt } from '../../../documents/cursor.ts';
import type { SourceDocument } from '../../../documents/source.ts';

/** What of the workspace the proposals at an offset of a scenario speak of: files to name, or what the named ones hold. */
export function wantsAt(source: SourceDocument, offset: number): 'files' | 'named' | undefined {
  if (source.kind.kind !== 'scenario') return undefined;
  const cursor = cursorAt(source.text, source.parsed.root, offset);
  if (!cursor) return undefined;
  if (cursor.path.some((step) => /encryptionContext/i.test(String(step)))) return 'named';
  const spot = spotAt(cursor.root, cursor.path);
  const isPolicy = spot?.below.length === 0 && spot.shapes.some(({ type }) => type === 'policy');
  return isPolicy && cursor.slot === 'value' ? 'files' : undefined;
}
