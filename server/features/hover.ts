import { MarkupKind } from 'vscode-languageserver';
import { helpAt } from '../answers/help/at.ts';
import { renderHelp, renderTips } from '../answers/help/render.ts';
import { loadKnowledge } from '../knowledge/index.ts';
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
        const tips = renderTips(found.help.subjects, settings.hover.examTips, await loadKnowledge());
        return {
          contents: {
            kind: MarkupKind.Markdown,
            value: [renderHelp(found.help), ...(tips ? [tips] : [])].join('\n\n---\n\n'),
          },
          range: source.rangeOfSpan(found.span),
        };
      }),
    );
  },
};
