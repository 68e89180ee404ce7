import { commands, Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { LocalKmsView } from '../../server/protocol.ts';
import { contextKey, ownCommand } from '../commandIds.ts';
import { commandLink, sentenceAsMarkdown, sentenceAsPlainText } from '../markdown.ts';
import type { LocalKms } from './localKms.ts';
import { counted } from './text.ts';

/** The local KMS in the status bar, from its first start on. */
export function showLocalKmsStatus(kms: LocalKms): Disposable {
  const item = window.createStatusBarItem('kms-lens.localKms', StatusBarAlignment.Left, 0);
  item.name = 'Local KMS';
  item.command = ownCommand.localKmsMenu;
  const show = () => {
    const { view } = kms;
    if (view.state === 'stopped' && view.of === undefined) return item.hide();
    const failed = view.state === 'failed';
    item.text = `${ICONS[view.state]} ${textOf(view)}`;
    item.tooltip = tooltipOf(view);
    item.backgroundColor = failed ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    item.accessibilityInformation = { label: spokenOf(view), role: 'button' };
    item.show();
  };
  const tell = () =>
    void commands.executeCommand('setContext', contextKey.localKmsRunning, kms.view.state === 'running');
  show();
  return Disposable.from(
    item,
    kms.onChanged(() => {
      show();
      tell();
    }),
    kms.onAdded(show),
  );
}

const ICONS = {
  stopped: '$(debug-stop)',
  starting: '$(loading~spin)',
  running: '$(key)',
  failed: '$(error)',
} as const;

/** `KMS :4599 12 calls, 3 denied`. */
function textOf({ state, url, calls, denied }: LocalKmsView): string {
  if (state !== 'running') return `KMS ${state === 'starting' ? 'starting…' : state}`;
  const counts = calls === 0 ? '' : ` · ${counted(calls, 'call')}${denied === 0 ? '' : `, ${denied} denied`}`;
  return `${(url ?? '').replace('http://', '')}${counts}`;
}

function spokenOf({ state, url, calls, denied, problem }: LocalKmsView): string {
  if (state !== 'running') return `Local KMS ${state}${problem ? `: ${sentenceAsPlainText(problem)}` : ''}`;
  return `Local KMS running on ${url}, ${counted(calls, 'call')}, ${denied} denied`;
}

function tooltipOf({ state, url, of, problem, calls, denied, isOld }: LocalKmsView): MarkdownString {
  const lines = [
    `**Local KMS** ${state}${url ? ` on \`${url}\`` : ''}`,
    ...(of ? [sentenceAsMarkdown(of.name)] : []),
    ...(problem ? [sentenceAsMarkdown(problem)] : []),
    ...(state === 'running' ? [`${counted(calls, 'call')}, ${denied} denied`] : []),
    ...(isOld ? ['The scenario was changed since it was started'] : []),
    links(state).join(' · '),
  ];
  const text = new MarkdownString(lines.join('\n\n'));
  text.isTrusted = { enabledCommands: Object.values(ownCommand) };
  return text;
}

function links(state: LocalKmsView['state']): string[] {
  const show = commandLink('Show', ownCommand.showLocalKms, undefined);
  if (state !== 'running') return [commandLink('Start', ownCommand.restartLocalKms, undefined), show];
  return [
    show,
    commandLink('Copy address', ownCommand.copyLocalKmsAddress, undefined),
    commandLink('Restart', ownCommand.restartLocalKms, undefined),
    commandLink('Stop', ownCommand.stopLocalKms, undefined),
  ];
}
