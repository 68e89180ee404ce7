import type { DocumentSymbol } from 'vscode-languageserver';
import type { Path } from '../../simulator/json/place.ts';
import type { SourceDocument } from '../documents/source.ts';

/** Where a symbol stands, and the name to jump to. */
export function placed(source: SourceDocument, path: Path): Pick<DocumentSymbol, 'range' | 'selectionRange'> {
  const whole = typeof path.at(-1) === 'string' ? source.rangeOf({ path, part: 'member' }) : source.rangeOf({ path });
  const name = typeof path.at(-1) === 'string' ? source.rangeOf({ path, part: 'key' }) : undefined;
  return { range: whole, selectionRange: name ?? { start: whole.start, end: whole.start } };
}
