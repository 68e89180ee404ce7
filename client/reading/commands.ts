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
  /** What is searched, in lower case. */
  readonly text?: string;
}

async function choose(session: Session): Promise<ReadingPlace | undefined> {
  const outline = await withCancelButton('Reading the topics…', (token) =>
    session.request<ReadingOutline>(method.reading, {}, token),
  );
  if (!outline) return undefined;
  return search(choicesOf(outline));
}

/** Offers what has every word, wherever in its texts; VS Code itself would look for the words as they follow one another. */
function search(choices: readonly Choice[]): Promise<ReadingPlace | undefined> {
  const pick = window.createQuickPick<Choice>();
  pick.title = 'Open a topic';
  pick.placeholder = 'words of a topic or of a table';
  const show = () => {
    const words = pick.value.toLowerCase().split(/\s+/);
    pick.items = choices.filter(({ text = '', kind }) =>
      kind === QuickPickItemKind.Separator ? pick.value === '' : words.every((word) => text.includes(word)),
    );
  };
  show();
  return new Promise((resolve) => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      const [chosen] = pick.activeItems;
      if (!chosen?.place) return;
      resolve(chosen.place);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function choicesOf({ sections, comparisons }: ReadingOutline): Choice[] {
  return [
    ...sections.flatMap(({ title, topics }) => [
      heading(title),
      ...topics.map(({ id, title: label, exam, rest }) => choice(label, plain(`${exam} ${rest}`), '', { topic: id })),
    ]),
    heading('Tables'),
    ...comparisons.map(({ id, title, summary, columns }) => ({
      ...choice(title, plain(summary), columns.join(' '), { comparison: id }),
      iconPath: new ThemeIcon('table'),
    })),
  ];
}

/** @param more what is searched and not shown */
const choice = (label: string, detail: string, more: string, place: ReadingPlace): Choice => ({
  label,
  detail,
  // What was found by its words anywhere need not look like what was typed.
  alwaysShow: true,
  text: `${label} ${detail} ${more}`.toLowerCase(),
  place,
});

const heading = (label: string): Choice => ({ label, kind: QuickPickItemKind.Separator });

/** Without the marks of Markdown. */
const plain = (text: string): string => text.replace(/[*`]/g, '').replace(/\s+/g, ' ');
