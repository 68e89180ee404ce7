import type { TextDocument } from 'vscode';
import { type EnvelopeParams, type EnvelopeResult, method } from '../server/protocol.ts';
import { readEnvelopeArgument } from './arguments.ts';
import { askForRoundTrip, type RoundTripOf } from './ask/envelope.ts';
import { withCancelButton } from './progress.ts';
import { askWithQuickPick } from './quickPick.ts';
import { openReport } from './reports.ts';
import { accessOptions, documentFor, type Session, targetOf } from './session.ts';

/**
 * “Envelope round trip”: encrypts a short text and decrypts it again the way the policy allows, and opens what
 * happened. A principal is asked for only where several are named and the argument names none.
 *
 * @returns what happened as data, or undefined when the person gave up
 */
export async function envelopeRoundTrip(session: Session, argument: unknown): Promise<EnvelopeResult | undefined> {
  const { uri, statement, open, principal, ...given } = readEnvelopeArgument(argument);
  const document = await documentFor(uri);
  session.insist(document);
  const asked = principal === undefined ? await ask(session, document, statement) : { principal };
  if (asked === undefined) return undefined;
  const params: EnvelopeParams = { ...targetOf(document, statement), ...asked, ...given };
  const result = await withCancelButton('Encrypting and decrypting…', (token) =>
    session.request<EnvelopeResult>(method.envelope, params, token),
  );
  if (result !== undefined && open !== false) await openReport(result.report);
  return result;
}

async function ask(
  session: Session,
  document: TextDocument,
  statement: string | undefined,
): Promise<RoundTripOf | undefined> {
  const options = await withCancelButton('Reading the policy…', (token) =>
    accessOptions(session, document, statement, token),
  );
  if (options === undefined) return undefined;
  return askForRoundTrip(askWithQuickPick, options, statement !== undefined);
}
