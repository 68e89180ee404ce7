import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { method, type ReadingOutline, type ReadingPage, type ReadingPlace } from '../../server/protocol.ts';
import { recordOf } from '../arguments.ts';
import { withCancelButton } from '../progress.ts';
import type { Session } from '../session.ts';

/** “Open a topic…”: the one of the argument, else one that is searched for in all of their texts. */
export async function openTopic(session: Session, argument: unknown): Promise<ReadingPage | undefined> {
  const place = placeOf(argument) ?? (await choose(session));
  return place && session.readingViews.open(place);
}

function placeOf(argument: unknown): ReadingPlace | undefined {
  const { topic, comparison } = recordOf(argument) ?? {};
  if (typeof topic === 'string') return { topic };
  return typeof comparison === 'string' ? { comparison } : undefined;
}

interface Choice extends QuickPickItem {
  readonly place?: ReadingPlace;
}

async function choose(session: Session): Promise<ReadingPlace | undefined> {
  const outline = await withCancelButton('Reading the topics…', (token) =>
    session.request<ReadingOutline>(method.reading, {}, token),
  );
  if (!outline) return undefined;
  const chosen = await window.showQuickPick(choicesOf(outline), {
    title: 'Open a topic',
    placeHolder: 'words of a topic or of a table',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.place;
}

function choicesOf({ sections, comparisons }: ReadingOutline): Choice[] {
  return [
    ...sections.flatMap(({ title, topics }) => [
      heading(title),
      ...topics.map(({ id, title: label, exam, rest }) => ({
        label,
        detail: plain(`${exam} ${rest}`),
        place: { topic: id },
      })),
    ]),
    heading('Tables'),
    ...comparisons.map(({ id, title, summary }) => ({
      label: title,
      detail: plain(summary),
      iconPath: new ThemeIcon('table'),
      place: { comparison: id },
    })),
  ];
}

const heading = (label: string): Choice => ({ label, kind: QuickPickItemKind.Separator });

/** Without the marks of Markdown. */
const plain = (text: string): string => text.replace(/[*`]/g, '').replace(/\s+/g, ' ');
