import { ResponseError } from 'vscode-languageserver';
import { parseCaller } from '../../simulator/access/caller.ts';
import { keyArn } from '../../simulator/access/request.ts';
import { type KeyToAsk, type SubjectAccess, whatCanDo, whoCanUse } from '../../simulator/access/who.ts';
import { detailOf, viewRows } from '../answers/access-rows.ts';
import { describeAccess } from '../answers/access-table.ts';
import { accessTableJson } from '../answers/access-table-json.ts';
import { compiled, keyOf } from '../answers/ask.ts';
import { subjectInWords } from '../answers/subjects.ts';
import { kindOfName } from '../documents/kinds.ts';
import type { SourceDocument } from '../documents/source.ts';
import {
  type AccessTableParams,
  type AccessTableResult,
  type AccessView,
  type AccessViewParams,
  method,
} from '../protocol.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { viewOfScenario } from './scenario.ts';
import { documentsOf, INVALID_REQUEST, identityPolicy, sourceOf } from './simulate.ts';
import { nameOfUri } from './uris.ts';

/** “Who can use this key?” and “What can this principal do?”. */
export const accessTable: Feature = {
  id: 'access-table',
  register(session) {
    session.connection.onRequest(method.accessTable, (params: AccessTableParams) => tableOf(session, params));
    session.connection.onRequest(method.accessView, async (params: AccessViewParams) =>
      kindOfName(params.uri) === 'scenario' || (await session.read(params.uri))?.scenario
        ? viewOfScenario(session, params)
        : viewOf(session, params),
    );
  },
};

async function tableOf(session: Session, params: AccessTableParams): Promise<AccessTableResult> {
  const { question, subjects, documents, head } = await asked(session, params);
  return {
    table: accessTableJson(question, subjects, documents.nameOf),
    summary: summaryOf(subjects, params.principal),
    report: session.reports.add(head.title, describeAccess(head, subjects, documents)),
  };
}

/** The same to look at, again and again. */
async function viewOf(session: Session, params: AccessViewParams): Promise<AccessView> {
  const { question, subjects, documents, head } = await asked(session, params);
  const isOfKey = params.principal === undefined;
  return {
    title: isOfKey ? `${head.title}: ${nameOfUri(params.uri)}` : head.title,
    rows: subjects.flatMap((each) => {
      const name = isOfKey ? subjectInWords(each.subject) : (question.key.id ?? `a key of ${question.key.account}`);
      return viewRows(each, name, isOfKey ? detailOf(each.subject) : keyArn(question.key), documents);
    }),
    text: describeAccess(head, subjects, documents).text,
  };
}

async function asked(session: Session, params: AccessTableParams) {
  const { uri, principal } = params;
  const source = await sourceOf(session, uri);
  const isIdentityPolicy = (source.kind.kind ?? source.kind.candidates[0]) === 'iam-policy';
  if (isIdentityPolicy && principal === undefined) {
    const problem = `\`${nameOfUri(uri)}\` is an identity policy, which does not say who has it: ask what a principal can do`;
    throw new ResponseError(INVALID_REQUEST, problem, { about: 'principal' });
  }
  const given = await Promise.all((params.identityPolicies ?? []).map((each) => identityPolicy(session, each)));
  const own = isIdentityPolicy ? [source, ...given] : params.identityPolicies && given;
  const question = await questionOf(session, params, isIdentityPolicy ? undefined : source, own);
  const subjects = principal === undefined ? whoCanUse(question) : [whatCanDo(callerOf(principal, question), question)];
  const documents = documentsOf(session, source, given);
  return { question, subjects, documents, head: headOf(question, subjects, principal, nameOfUri(uri)) };
}

async function questionOf(
  session: Session,
  params: AccessTableParams,
  keyPolicy: SourceDocument | undefined,
  identityPolicies: readonly SourceDocument[] | undefined,
): Promise<KeyToAsk> {
  const settings = await session.settingsOf(params.uri);
  const key = keyOf(params, keyPolicy?.policy?.policy, settings, []);
  if ('problem' in key) throw new ResponseError(INVALID_REQUEST, key.problem, { about: key.about });
  const policies = identityPolicies?.flatMap((each) => compiled(each) ?? []);
  return {
    key,
    world: { keyPolicy: compiled(keyPolicy) },
    // Whose the policies are is known only where one principal is asked about.
    callerSideOf: () => (params.principal === undefined ? {} : { identityPolicies: policies }),
  };
}

function callerOf(principal: string, { key: { account, partition } }: KeyToAsk) {
  const answer = parseCaller(principal, { account, partition });
  if ('caller' in answer) return answer.caller;
  throw new ResponseError(INVALID_REQUEST, answer.problem, { about: 'principal' });
}

function headOf(
  { key }: KeyToAsk,
  subjects: readonly SubjectAccess[],
  principal: string | undefined,
  policy: string,
): Parameters<typeof describeAccess>[0] {
  const who = subjects[0]?.subject;
  const title = principal !== undefined && who ? `What can ${subjectInWords(who)} do` : 'Who can use this key';
  const name = key.id ?? `a key of ${key.account}`;
  return {
    title,
    facts: [
      ['key', `${name} in ${key.region}`],
      ['policy', policy],
    ],
  };
}

function summaryOf(subjects: readonly SubjectAccess[], principal: string | undefined): string {
  const getIn = subjects.filter(({ rows }) => rows.some(({ access }) => access.verdict !== 'denied')).length;
  if (principal !== undefined) return getIn > 0 ? 'it can do something with the key' : 'it can do nothing with the key';
  return `${getIn} ${getIn === 1 ? 'entry' : 'entries'} in the table of who can use the key`;
}
