import {
  type Disposable,
  MarkdownString,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import { clientCommand, method, type ReadingOutline, type ReadingPlace } from '../../server/protocol.ts';
import type { ViewServer } from '../scenarios/panel.ts';

/** The view of the Explorer that lists the topics by section, and the tables to compare by. */
export function showTopics(request: ViewServer): Disposable {
  const treeDataProvider: TreeDataProvider<Node> = {
    getTreeItem: ({ item }) => item,
    getChildren: async (node) => (node ? node.children : nodesOf(await request<ReadingOutline>(method.reading, {}))),
  };
  return window.createTreeView('kms-lens.topics', { treeDataProvider, showCollapseAll: true });
}

interface Node {
  readonly item: TreeItem;
  readonly children: Node[];
}

function nodesOf({ sections, comparisons }: ReadingOutline): Node[] {
  const practice = new TreeItem('Practice questions');
  practice.iconPath = new ThemeIcon('mortar-board');
  practice.command = { command: clientCommand.practice, title: 'Practice questions' };
  return [
    { item: practice, children: [] },
    ...sections.map(({ section, title, topics }) =>
      folder(
        `${section}. ${title}`,
        topics.map(({ id, title: heading, exam }) => page({ topic: id }, heading, exam, 'book')),
      ),
    ),
    folder(
      'Tables',
      comparisons.map(({ id, title, summary }) => page({ comparison: id }, title, summary, 'table')),
    ),
  ];
}

function folder(title: string, children: Node[]): Node {
  return { item: new TreeItem(title, TreeItemCollapsibleState.Collapsed), children };
}

function page(place: ReadingPlace, title: string, tooltip: string, icon: string): Node {
  const item = new TreeItem(title);
  item.tooltip = new MarkdownString(tooltip);
  item.iconPath = new ThemeIcon(icon);
  item.command = { command: clientCommand.openTopic, title: 'Open', arguments: [place] };
  return { item, children: [] };
}
