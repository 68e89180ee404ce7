import { ResponseError } from 'vscode-languageserver';
import { toPointer } from '../../simulator/json/place.ts';
import { type Answer, ask, isAnswer } from '../answers/ask.ts';
import { remedyOf } from '../answers/changes.ts';
import { type ConfiguredWorld, LISTED_PRINCIPAL, worldOfConfig } from '../answers/configured.ts';
import { decisionJson } from '../answers/decision-json.ts';
import { decisionView } from '../answers/decision-view.ts';
import { type Documents, explain } from '../answers/explanation.ts';
import { optionsOf } from '../answers/options.ts';
import { summary } from '../answers/words.ts';
import { ConfigError, type ReadDocument } from '../config/listed-policies.ts';
import type { SourceDocument } from '../documents/source.ts';
import {
  type AccessOptions,
  type AccessOptionsParams,
  type ClearParams,
  clientCommand,
  type DecisionView,
  method,
  type PolicyText,
  type Range,
  type SimulateParams,
  type SimulateResult,
} from '../protocol.ts';
import type { Session } from '../session.ts';
import { canApply } from './allow-this.ts';
import { refreshCodeLens } from './code-lens.ts';
import type { Feature } from './feature.ts';
import { nameOfUri } from './uris.ts';

/** What-if access checks on a document, and the verdict that stands in it until it is edited. */
export const simulate: Feature = {
  id: 'simulate',
  register(session) {
    const { connection } = session;
    connection.onRequest(method.accessOptions, (params: AccessOptionsParams) => accessOptions(session, params));
    connection.onRequest(method.simulate, (params: SimulateParams) => simulateAccess(session, params));
    connection.onRequest(method.decisionView, (params: SimulateParams) => viewOf(session, params));
    connection.onRequest(method.clear, ({ uri }: ClearParams) => clear(session, uri));
    session.documents.onDidChangeContent(({ document: { uri } }) => void clear(session, uri));
  },
};

async function accessOptions(session: Session, { uri, statement }: AccessOptionsParams): Promise<AccessOptions | null> {
  const source = await session.read(uri);
  return (source && (await optionsFor(session, source, statement))) ?? null;
}

/** What can be asked about a document under its settings and configuration. */
export async function optionsFor(
  session: Session,
  source: SourceDocument,
  statement: string | undefined,
): Promise<AccessOptions | undefined> {
  const { principals } = await session.configOf(source.uri);
  const listed = principals.map(({ arn }) => arn);
  return optionsOf(source, await session.settingsOf(source.uri), statement, listed);
}

/** Decides a request against the whole document; a request that cannot be read is answered with an error that says why. */
export async function simulateAccess(session: Session, params: SimulateParams): Promise<SimulateResult> {
  const { uri, statement, show = true } = params;
  const { source, result, documents } = await decide(session, params);
  const { decision, request: access } = result;
  const { proposals } = remedyOf(result);
  const following = followLink(session, params);
  const report = session.reports.add(
    `${decision.verdict} ${access.action}`,
    explain(result, { ...documents, following }),
  );
  const answer: SimulateResult = {
    decision: decisionJson(result, documents.nameOf),
    summary: summary(decision, access),
    range: rangeOf(result, source, statement),
    report,
    wantsIdentityPolicies: decision.needs.some(({ type }) => type === 'identity-policy'),
    canAllow: proposals.some(canApply),
  };
  // An answer about an older text than the one on the screen must not be shown beside it.
  if (show && session.source(uri) === source) {
    session.verdicts.set(uri, { verdict: decision.verdict, proposals, ...answer });
    await refreshCodeLens(session);
  }
  return answer;
}

async function viewOf(session: Session, params: SimulateParams): Promise<DecisionView> {
  const { result, documents } = await decide(session, params);
  return decisionView(result, documents, params);
}

interface Decided {
  readonly source: SourceDocument;
  readonly result: Answer;
  readonly documents: Documents;
}

/** @throws {ResponseError} where it cannot be asked so */
async function decide(session: Session, params: SimulateParams): Promise<Decided> {
  const { uri, request } = params;
  const source = await sourceOf(session, uri);
  const isIdentityPolicy = (source.kind.kind ?? source.kind.candidates[0]) === 'iam-policy';
  const given =
    params.identityPolicies &&
    (await Promise.all(params.identityPolicies.map((each) => identityPolicy(session, each))));
  const configured = await configuredWorld(session, uri, request.principal);
  const { identityPolicies: listed, taken = [], ...others } = configured.question;
  const identityPolicies = isIdentityPolicy ? withOwn(source, given ?? listed ?? []) : (given ?? listed);
  const settings = await session.settingsOf(uri);
  const result = ask({
    request,
    keyPolicy: isIdentityPolicy ? undefined : source,
    identityPolicies,
    ...others,
    taken: given ? taken.filter(({ id }) => id !== LISTED_PRINCIPAL) : taken,
    defaults: { account: settings.account, region: settings.region },
    now: Date.now(),
  });
  if (!isAnswer(result)) throw new ResponseError(INVALID_REQUEST, result.problem, { about: result.about });
  const documents = documentsOf(session, source, [...(identityPolicies ?? []), ...configured.documents]);
  return { source, result, documents };
}

/** A link that shows the same decision as a page, where the client has one. */
function followLink(
  session: Session,
  { uri, statement, request, identityPolicies }: SimulateParams,
): string | undefined {
  if (!session.options.clientCommands?.includes(clientCommand.followDecision)) return undefined;
  const argument = {
    uri,
    ...(statement === undefined ? {} : { statement }),
    request,
    ...(identityPolicies ? { identityPolicies: identityPolicies.map((each) => each.uri) } : {}),
  };
  return `command:${clientCommand.followDecision}?${encodeURIComponent(JSON.stringify([argument]))}`;
}

/** A policy that is asked about takes part, whether or not it is listed for the caller. */
function withOwn(source: SourceDocument, others: readonly SourceDocument[]): readonly SourceDocument[] {
  return [source, ...others.filter(({ uri }) => uri !== source.uri)];
}

/** What `.kms-lens.json` says of the caller; a file that it names and that is not there is the asker's to mend. */
export async function configuredWorld(
  session: Session,
  uri: string,
  principal: string,
  read: ReadDocument = (each, kind) => session.readAs(each, kind),
): Promise<ConfiguredWorld> {
  try {
    return await worldOfConfig(await session.configOf(uri), principal, read);
  } catch (error) {
    if (error instanceof ConfigError) throw new ResponseError(INVALID_REQUEST, error.message);
    throw error;
  }
}

/** `InvalidParams` of JSON-RPC: the request names something that cannot be asked about. */
export const INVALID_REQUEST = -32602;

export async function sourceOf(session: Session, uri: string): Promise<SourceDocument> {
  const source = await session.read(uri);
  if (source?.policy) return source;
  const why = source ? 'holds no policy that can be read: it has no statements about AWS KMS' : 'cannot be read';
  throw new ResponseError(INVALID_REQUEST, `\`${nameOfUri(uri)}\` ${why}`);
}

export async function identityPolicy(session: Session, { uri, text }: PolicyText): Promise<SourceDocument> {
  const source = await session.read(uri, text);
  if (source?.policy) return source;
  throw new ResponseError(INVALID_REQUEST, `\`${nameOfUri(uri)}\` is no policy that can be read: give an IAM policy`);
}

export function documentsOf(session: Session, source: SourceDocument, others: readonly SourceDocument[]): Documents {
  const byUri = new Map([source, ...others].map((each) => [each.uri, each]));
  const documents: Documents = { get: (document) => byUri.get(document), nameOf: nameOfUri };
  if (!session.options.clientCommands?.includes(clientCommand.allowThis)) return documents;
  return { ...documents, applying: (proposal) => allowLink(source.uri, proposal) };
}

/** A link that runs the client's command. */
function allowLink(uri: string, proposal: number): string {
  return `command:${clientCommand.allowThis}?${encodeURIComponent(JSON.stringify([{ uri, proposal }]))}`;
}

/** The line that the verdict belongs to: the deciding statement's, else the asked one's, else the document's first. */
function rangeOf({ decision }: Answer, source: SourceDocument, statement: string | undefined): Range {
  const { deciding } = decision;
  if (deciding?.document === source.uri) return firstLine(source, deciding.statement.path);
  const asked = source.policy?.policy.statements.find(({ path }) => toPointer(path) === statement);
  return firstLine(source, asked?.path ?? source.policy?.base ?? []);
}

function firstLine(source: SourceDocument, path: Parameters<typeof toPointer>[0]): Range {
  const { start } = source.rangeOf({ path });
  return { start, end: start };
}

async function clear(session: Session, uri: string): Promise<void> {
  if (session.verdicts.clear(uri)) await refreshCodeLens(session);
}
