import { type AccessTableJson, type AccessTableParams, type AccessTableResult, method } from '../server/protocol.ts';
import { readTableArgument } from './arguments.ts';
import { askForTable, type TableOf } from './ask/table.ts';
import { withText } from './identityPolicies.ts';
import { withCancelButton } from './progress.ts';
import { askWithQuickPick } from './quickPick.ts';
import { openReport } from './reports.ts';
import { accessOptions, documentFor, type Session } from './session.ts';

/**
 * “Who can use this key?”: everybody whom the policy names, with what they may do and how they get in.
 *
 * @returns the table as data, or undefined when the person gave up
 */
export async function whoCanUse(session: Session, argument: unknown): Promise<AccessTableJson | undefined> {
  return table(session, argument, 'Who can use this key', false);
}

/** “What can this principal do?”: the same for one principal, which is asked for where the argument names none. */
export async function whatCanDo(session: Session, argument: unknown): Promise<AccessTableJson | undefined> {
  return table(session, argument, 'What can this principal do', true);
}

async function table(
  session: Session,
  argument: unknown,
  title: string,
  ofPrincipal: boolean,
): Promise<AccessTableJson | undefined> {
  const { uri, open, identityPolicies, key, principal, keyAccount } = readTableArgument(argument);
  const document = await documentFor(uri);
  session.insist(document);
  const given: TableOf = {
    ...(ofPrincipal && principal !== undefined ? { principal } : {}),
    ...(keyAccount === undefined ? {} : { keyAccount }),
  };
  // The ARN of a key names its account.
  const isComplete = key !== undefined && (!ofPrincipal || principal !== undefined);
  const asked = isComplete ? given : await ask(session, document, title, ofPrincipal, given);
  if (asked === undefined) return undefined;
  const params: AccessTableParams = {
    uri: document.uri.toString(),
    ...asked,
    ...(key === undefined ? {} : { key }),
    ...(identityPolicies === undefined ? {} : { identityPolicies: await withText(identityPolicies) }),
  };
  const result = await withCancelButton('Asking for every operation…', (token) =>
    session.request<AccessTableResult>(method.accessTable, params, token),
  );
  if (result !== undefined && open !== false) await openReport(result.report);
  return result?.table;
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
