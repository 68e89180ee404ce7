import { MarkupKind } from 'vscode-languageserver';
import { pointedAt, pointedSpan, renderHover } from '../answers/help/hover.ts';
import { isConfigUri } from '../config/uris.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { answer, type Feature } from './feature.ts';

/** What stands under the pointer, why rules report it, and what an exam asks about it. */
export const hover: Feature = {
  id: 'hover',
  register(session) {
    session.connection.onHover(({ textDocument: { uri }, position }) =>
      answer(session, 'hovering', null, async () => {
        const source = session.source(uri);
        if (!source) return null;
        const settings = await session.settingsOf(uri);
        const diagnostics = isConfigUri(uri) ? [] : await session.shown(source);
        const pointed = pointedAt(source, source.offsetAt(position), settings.region, diagnostics);
        if (!pointed) return null;
        const value = renderHover(pointed, settings.hover.examTips, await loadKnowledge());
        const span = pointedSpan(pointed);
        return {
          contents: { kind: MarkupKind.Markdown, value },
          ...(span ? { range: source.rangeOfSpan(span) } : {}),
        };
      }),
    );
  },
};
