import { Disposable, type LanguageStatusItem, LanguageStatusSeverity, languages, window } from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { ownCommand } from './commandIds.ts';
import { KMS_LANGUAGES } from './languages.ts';

/** What the status bar says of our documents behind its braces: whether they are checked, and as what. */
export function showStatus(client: LanguageClient): Disposable {
  const selector = KMS_LANGUAGES.map(({ id }) => ({ language: id }));
  const server = languages.createLanguageStatusItem('kms-lens.server', selector);
  server.name = 'KMS Lens';
  const kind = languages.createLanguageStatusItem('kms-lens.kind', selector);
  kind.name = 'Kind of KMS document';
  kind.command = { command: ownCommand.setKind, title: 'Set the kind' };
  const showKind = () => {
    const shown = KMS_LANGUAGES.find(({ id }) => id === window.activeTextEditor?.document.languageId);
    kind.text = shown?.label ?? '';
    kind.detail = shown ? `checked as such; by its name where that is ${shown.files}` : '';
  };
  showState(server, client.state);
  showKind();
  return Disposable.from(
    server,
    kind,
    client.onDidChangeState(({ newState }) => showState(server, newState)),
    window.onDidChangeActiveTextEditor(showKind),
  );
}

function showState(item: LanguageStatusItem, state: State): void {
  item.busy = state === State.Starting;
  item.severity = state === State.Stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  switch (state) {
    case State.Running:
      item.text = 'KMS Lens checks this file';
      item.detail = 'offline, on this machine';
      item.command = { command: ownCommand.showLog, title: 'Show the log' };
      break;
    case State.Stopped:
      item.text = 'KMS Lens has stopped';
      item.detail = 'nothing is checked';
      item.command = { command: ownCommand.restartServer, title: 'Restart the language server' };
      break;
    default:
      item.text = 'KMS Lens is starting';
      item.detail = '';
      item.command = { command: ownCommand.showLog, title: 'Show the log' };
  }
}
