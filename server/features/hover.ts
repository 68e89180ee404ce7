import { MarkupKind } from 'vscode-languageserver';
import { helpAt } from '../answers/help/at.ts';
import { renderHelp } from '../answers/help/render.ts';
import { answer, type Feature } from './feature.ts';

/** What stands under the pointer, and what an exam asks about it. */
export const hover: Feature = {
  id: 'hover',
  register(session) {
    session.connection.onHover(({ textDocument: { uri }, position }) =>
      answer(session, 'hovering', null, async () => {
        const source = session.source(uri);
        if (!source) return null;
        const settings = await session.settingsOf(uri);
        const found = helpAt(source, source.offsetAt(position), settings.region);
        if (!found) return null;
        return {
          contents: { kind: MarkupKind.Markdown, value: renderHelp(found.help, settings.hover.examTips) },
          range: source.rangeOfSpan(found.span),
        };
      }),
    );
  },
};
