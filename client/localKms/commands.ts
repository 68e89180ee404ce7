import {
  commands,
  env,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { type LocalKmsWorld, method, type ScenarioErrorJson } from '../../server/protocol.ts';
import { recordOf } from '../arguments.ts';
import { ownCommand } from '../commandIds.ts';
import { sentenceAsPlainText } from '../markdown.ts';
import { withCancelButton } from '../progress.ts';
import { toRange } from '../scenarios/ranges.ts';
import { documentFor, type Session } from '../session.ts';
import { moveClock, resetWorld } from './clock.ts';
import type { Started, Subject } from './localKms.ts';
import { STRIDES } from './strides.ts';
import { chooseSubject, EMPTY_ACCOUNT, nameOf } from './subject.ts';
import { counted } from './text.ts';

/**
 * “Start local KMS”: with the scenario of the argument or of the active editor, else with one that a person chooses, or
 * with nothing.
 *
 * @returns where it is, or undefined where it does not run
 */
export async function startLocalKms(session: Session, argument: unknown): Promise<string | undefined> {
  if (!(await mayRun())) return undefined;
  const { uri, empty, port } = recordOf(argument) ?? {};
  const subject =
    empty === true
      ? EMPTY_ACCOUNT
      : typeof uri === 'string'
        ? { uri, name: nameOf(uri) }
        : (ofEditor() ?? (await chooseSubject()));
  if (!subject) return undefined;
  const { state, calls, of } = session.localKms.view;
  if (state === 'running' && calls > 0 && !(await isWanted(of, calls))) return undefined;
  return begin(session, subject, typeof port === 'number' ? port : configuredPort());
}

/** “Restart local KMS”: with what it had, as that is now, and at its address. */
export async function restartLocalKms(session: Session): Promise<string | undefined> {
  if (!(await mayRun())) return undefined;
  const { localKms } = session;
  const { of } = localKms.view;
  return of ? begin(session, of, localKms.port ?? configuredPort()) : startLocalKms(session, undefined);
}

/** “Stop local KMS”. */
export async function stopLocalKms({ localKms }: Session): Promise<void> {
  await localKms.stop();
  window.setStatusBarMessage('KMS Lens: the local KMS has ended', STATUS_MILLISECONDS);
}

/** “Copy address of the local KMS”: as an address, or as a line for what calls it. */
export async function copyLocalKmsAddress({ localKms }: Session): Promise<string | undefined> {
  const { pointers } = localKms.view;
  if (pointers.length === 0) throw new Error('the local KMS does not run: start it first');
  const items = pointers.map(([label, detail]) => ({ label, detail }));
  const chosen = await window.showQuickPick(items, {
    title: 'Copy address of the local KMS',
    placeHolder: 'for what?',
    matchOnDetail: true,
  });
  if (!chosen) return undefined;
  await env.clipboard.writeText(chosen.detail);
  window.setStatusBarMessage(`KMS Lens: copied ${chosen.detail}`, STATUS_MILLISECONDS);
  return chosen.detail;
}

/** What the item of the status bar offers. */
export async function localKmsMenu(session: Session): Promise<void> {
  const { view } = session.localKms;
  const isRunning = view.state === 'running';
  const run = (command: string) => () => commands.executeCommand(command);
  const items: readonly MenuItem[] = [
    { label: '$(list-flat) Show requests', run: run(ownCommand.showLocalKms) },
    ...(isRunning
      ? [
          { label: '$(copy) Copy address…', description: view.url ?? '', run: run(ownCommand.copyLocalKmsAddress) },
          { label: '$(watch) Move the clock…', run: () => chooseStride(session) },
          { label: '$(discard) Reset…', run: () => resetWorld(session.localKms) },
          { label: '', kind: QuickPickItemKind.Separator },
        ]
      : []),
    {
      label: isRunning ? '$(debug-restart) Restart' : '$(play) Start',
      description: view.of?.name ?? '',
      run: run(ownCommand.restartLocalKms),
    },
    ...(isRunning ? [{ label: '$(debug-stop) Stop', run: run(ownCommand.stopLocalKms) }] : []),
  ];
  const chosen = await window.showQuickPick(items, { title: 'Local KMS', placeHolder: view.url ?? 'does not run' });
  await chosen?.run?.();
}

interface MenuItem extends QuickPickItem {
  readonly run?: () => unknown;
}

async function chooseStride({ localKms }: Session): Promise<void> {
  const items = STRIDES.map(([label, milliseconds]) => ({ label, milliseconds }));
  const chosen = await window.showQuickPick(items, {
    title: 'Move the clock of the local KMS',
    placeHolder: 'how far? What is due meanwhile happens',
  });
  if (chosen) moveClock(localKms, chosen.milliseconds);
}

async function begin(session: Session, of: Subject, port: number): Promise<string | undefined> {
  if (of.uri !== undefined) session.insist(await documentFor(of.uri));
  const world = await withCancelButton('Starting the local KMS…', (token) =>
    session.request<LocalKmsWorld>(method.localKmsWorld, of.uri === undefined ? {} : { uri: of.uri }, token),
  );
  if (!world) return undefined;
  const started = await session.localKms.start(of, world, port);
  switch (started.kind) {
    case 'running':
      await session.localKmsViews.open(null);
      return started.url;
    case 'refused':
      void tellMistakes(of, started.errors);
      return undefined;
    case 'failed':
      void tellFailure(session, of, port, started);
      return undefined;
  }
}

/** It serves what files say to every program of this machine, and reads them from its disk. */
async function mayRun(): Promise<boolean> {
  if (!workspace.isTrusted) {
    const manage = 'Manage trust';
    const answer = await window.showWarningMessage(
      'the local KMS does not run in a workspace that is not trusted: it would serve what its files say to every program on this machine',
      manage,
    );
    if (answer === manage) await commands.executeCommand('workbench.trust.manage');
    return false;
  }
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length > 0 && folders.every(({ uri }) => uri.scheme !== 'file'))
    throw new Error('the local KMS does not run in a virtual workspace: open a folder that is on a disk');
  return true;
}

async function isWanted(of: Subject | undefined, calls: number): Promise<boolean> {
  const start = 'Start anew';
  const answer = await window.showWarningMessage(
    `The local KMS runs${of ? ` with ${of.name}` : ''}, and has answered ${counted(calls, 'call')}. Start anew?`,
    { modal: true, detail: 'Keys that programs made are lost, and what is encrypted under them.' },
    start,
  );
  return answer === start;
}

async function tellMistakes({ name, uri }: Subject, errors: readonly ScenarioErrorJson[]): Promise<void> {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${counted(errors.length - 1, 'more mistake')})` : '';
  const message = first ? `: ${first.message}${more}` : '';
  const go = 'Go to the mistake';
  const answer = await window.showErrorMessage(
    sentenceAsPlainText(`the local KMS was not started: \`${name}\` has a mistake${message}`),
    ...(uri === undefined ? [] : [go]),
  );
  if (answer !== go || uri === undefined) return;
  const start = first && toRange(first.range).start;
  await window.showTextDocument(Uri.parse(uri, true), {
    viewColumn: ViewColumn.One,
    ...(start ? { selection: new Range(start, start) } : {}),
  });
}

async function tellFailure(
  session: Session,
  of: Subject,
  port: number,
  { problem, isTaken }: Extract<Started, { readonly kind: 'failed' }>,
): Promise<void> {
  if (!isTaken) return void window.showErrorMessage(`the local KMS could not be started: ${problem}`);
  const other = 'Use another port';
  const set = 'Open the setting';
  const answer = await window.showErrorMessage(
    `the local KMS could not be started: port ${port} is taken, perhaps by that of another window`,
    other,
    set,
  );
  if (answer === other) await begin(session, of, 0);
  if (answer === set) await commands.executeCommand('workbench.action.openSettings', PORT_SETTING);
}

function ofEditor(): Subject | undefined {
  const document = window.activeTextEditor?.document;
  if (document?.languageId !== 'kms-scenario') return undefined;
  const uri = document.uri.toString();
  return { uri, name: nameOf(uri) };
}

const PORT_SETTING = 'kms-lens.localKms.port';
/** That of `kms-lens serve`. */
const DEFAULT_PORT = 4599;

function configuredPort(): number {
  const port = workspace.getConfiguration().get<unknown>(PORT_SETTING);
  return typeof port === 'number' && Number.isInteger(port) && 0 <= port && port <= 65_535 ? port : DEFAULT_PORT;
}

const STATUS_MILLISECONDS = 10_000;
