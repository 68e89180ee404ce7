import type { TextDocument } from 'vscode';
import { type EnvelopeParams, type EnvelopeResult, type EnvelopeView, method } from '../server/protocol.ts';
import { readEnvelopeArgument } from './arguments.ts';
import { askForRoundTrip, type RoundTripOf } from './ask/envelope.ts';
import { withCancelButton } from './progress.ts';
import { askWithQuickPick } from './quickPick.ts';
import { accessOptions, documentFor, type Session } from './session.ts';

/**
 * “Envelope round trip”: encrypts a short text and decrypts it again the way the policies allow, and opens a page that
 * shows what happened and runs it again with other values.
 *
 * @returns what happened as data, or undefined when the person gave up
 */
export async function envelopeRoundTrip(
  session: Session,
  argument: unknown,
): Promise<EnvelopeView | EnvelopeResult | undefined> {
  const { uri, open, ...given } = readEnvelopeArgument(argument);
  const document = await documentFor(uri);
  session.insist(document);
  const asked = isSettled(document, given) ? {} : await ask(session, document, given.statement);
  if (asked === undefined) return undefined;
  const params: EnvelopeParams = { ...asked, ...given, uri: document.uri.toString() };
  return withCancelButton<EnvelopeView | EnvelopeResult>('Encrypting and decrypting…', (token) =>
    open === false
      ? session.request<EnvelopeResult>(method.envelope, params, token)
      : session.envelopeViews.open(params),
  );
}

/** Scenarios say whose their keys are. */
const isSettled = (
  { languageId }: TextDocument,
  { principal, keyAccount, key, step }: Partial<EnvelopeParams>,
): boolean => languageId === 'kms-scenario' || [principal, keyAccount, key, step].some((each) => each !== undefined);

async function ask(
  session: Session,
  document: TextDocument,
  statement: string | undefined,
): Promise<RoundTripOf | undefined> {
  const options = await withCancelButton('Reading the policy…', (token) =>
    accessOptions(session, document, statement, token),
  );
  return options && askForRoundTrip(askWithQuickPick, options);
}
