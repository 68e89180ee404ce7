import { type TextDocument, window } from 'vscode';
import {
  type AccessTableJson,
  type AccessTableParams,
  type AccessTableResult,
  type AccessView,
  method,
  type ScenarioTests,
} from '../server/protocol.ts';
import { readTableArgument } from './arguments.ts';
import { askForTable, type TableOf } from './ask/table.ts';
import { withText } from './identityPolicies.ts';
import { withCancelButton } from './progress.ts';
import { askWithQuickPick } from './quickPick.ts';
import { accessOptions, documentFor, type Session } from './session.ts';

/**
 * “Who can use this key?”: everybody whom the policy names, with what they may do and how they get in.
 *
 * @returns what the view shows, or the table as data where none is opened; undefined when the person gave up
 */
export async function whoCanUse(session: Session, argument: unknown): Promise<Shown> {
  return table(session, argument, 'Who can use this key', false);
}

/** “What can this principal do?”: the same for one principal, which is asked for where the argument names none. */
export async function whatCanDo(session: Session, argument: unknown): Promise<Shown> {
  return table(session, argument, 'What can this principal do', true);
}

type Shown = AccessTableJson | AccessView | undefined;

async function table(session: Session, argument: unknown, title: string, ofPrincipal: boolean): Promise<Shown> {
  const { uri, open, identityPolicies, key, principal, keyAccount } = readTableArgument(argument);
  const document = await documentFor(uri);
  session.insist(document);
  if (document.languageId === 'kms-scenario') return viewOfScenario(session, document, ofPrincipal, { key, principal });
  const answered: TableOf = {
    ...(ofPrincipal && principal !== undefined ? { principal } : {}),
    ...(keyAccount === undefined ? {} : { keyAccount }),
  };
  // The ARN of a key names its account.
  const isComplete = key !== undefined && (!ofPrincipal || principal !== undefined);
  const asked = isComplete ? answered : await ask(session, document, title, ofPrincipal, answered);
  if (asked === undefined) return undefined;
  const params: AccessTableParams = {
    uri: document.uri.toString(),
    ...asked,
    ...(key === undefined ? {} : { key }),
    ...(identityPolicies === undefined ? {} : { identityPolicies }),
  };
  if (open !== false) return session.accessViews.open(params);
  const given = { ...params, ...(identityPolicies ? { identityPolicies: await withText(identityPolicies) } : {}) };
  const result = await withCancelButton('Asking for every operation…', (token) =>
    session.request<AccessTableResult>(method.accessTable, given, token),
  );
  return result?.table;
}

/** Over a scenario, everything is known but the name that the question is about. */
async function viewOfScenario(
  session: Session,
  { uri }: TextDocument,
  ofPrincipal: boolean,
  given: { readonly key: string | undefined; readonly principal: string | undefined },
): Promise<AccessView | undefined> {
  const stated = ofPrincipal ? given.principal : given.key;
  const name = stated ?? (await askForName(session, uri.toString(), ofPrincipal));
  if (name === undefined) return undefined;
  const question = { uri: uri.toString(), ...(ofPrincipal ? { principal: name } : { key: name }) };
  return session.accessViews.open(question);
}

async function askForName(session: Session, uri: string, ofPrincipal: boolean): Promise<string | undefined> {
  const tests = await withCancelButton('Reading the scenario…', (token) =>
    session.request<ScenarioTests | null>(method.scenario, { uri }, token),
  );
  if (!tests) return undefined;
  const names = ofPrincipal ? tests.principals : tests.keys;
  const [only, ...more] = names;
  if (only === undefined) throw new Error(`the scenario has no ${ofPrincipal ? '`principals`' : '`keys`'}: add one`);
  if (more.length === 0) return only;
  return window.showQuickPick([...names], {
    title: ofPrincipal ? 'What can this principal do' : 'Who can use this key',
  });
}

async function ask(
  session: Session,
  document: Parameters<typeof accessOptions>[1],
  title: string,
  ofPrincipal: boolean,
  given: TableOf,
): Promise<TableOf | undefined> {
  const options = await withCancelButton('Reading the policy…', (token) =>
    accessOptions(session, document, undefined, token),
  );
  return options && askForTable(askWithQuickPick, options, title, ofPrincipal, given);
}
