import type { GrantResult, LayerOutcome, LayerResult, StatementResult } from '../../simulator/access/decision.ts';
import type { Path } from '../../simulator/json/place.ts';
import type { DecisionStatement, DecisionStep, DecisionView, SimulateParams } from '../protocol.ts';
import type { Answer } from './ask.ts';
import { grantCheckInWords } from './element-words.ts';
import { type Documents, outcomeInWords } from './explanation.ts';
import { because, callerArn, callerInWords, elementInWords, keyInWords, layerNames, statementName } from './words.ts';

const marks: Readonly<Record<LayerOutcome, DecisionStep['mark']>> = {
  allows: 'yes',
  delegates: 'on',
  denies: 'no',
  silent: 'no',
  depends: 'unknown',
  'not-given': 'unknown',
  'not-applicable': 'none',
};

/** A decision layer by layer, to be drawn. */
export function decisionView(answer: Answer, documents: Documents, asked?: SimulateParams): DecisionView {
  const { decision, request } = answer;
  const { verdict, by, blockers, layers } = decision;
  const deciding = new Set(verdict === 'denied' ? blockers.map(({ layer }) => layer) : []).add(by);
  return {
    title: `${request.action}: ${verdict}`,
    ...(asked ? { asked } : {}),
    verdict,
    because: because(decision, request),
    request: [
      ['Who', `${callerArn(request.caller)} (${callerInWords(request.caller)})`],
      ['Does', `kms:${request.action}`],
      ['On', keyInWords(request)],
      ...contextOf(request.encryptionContext ?? {}),
    ],
    steps: layers.map((layer) => stepOf(layer, deciding.has(layer.layer), answer, documents)),
  };
}

function contextOf(pairs: Readonly<Record<string, string>>): (readonly [string, string])[] {
  const text = Object.entries(pairs).map(([name, value]) => `${name} = ${value}`);
  return text.length === 0 ? [] : [['Encryption context', text.join(', ')]];
}

function stepOf(result: LayerResult, decides: boolean, answer: Answer, documents: Documents): DecisionStep {
  const { layer, outcome, statements, grants = [] } = result;
  return {
    title: layerNames[layer],
    mark: marks[outcome],
    words: outcomeInWords(layer, outcome),
    decides,
    statements: [
      ...statements.map((each) => statementOf(each, answer, documents)),
      ...grants.map((each) => grantOf(each, documents)),
    ],
  };
}

function statementOf(result: StatementResult, { request }: Answer, documents: Documents): DecisionStatement {
  const { statement, matched, document, elements } = result;
  return {
    name: statementName(result),
    effect: statement.effect ?? 'unreadable',
    matched,
    ...placeOf(document, statement.path, documents),
    parts: elements.map((element) => ({
      name: element.element,
      matched: element.matched,
      words: elementInWords(element, request.caller),
    })),
  };
}

function grantOf({ grant, matched, checks }: GrantResult, documents: Documents): DecisionStatement {
  const { document, path = [] } = grant.place ?? {};
  return {
    name: grant.name,
    effect: 'Grant',
    matched,
    ...placeOf(document, path, documents),
    parts: checks.map((check) => ({ name: check.part, matched: check.matched, words: grantCheckInWords(check) })),
  };
}

function placeOf(document: string | undefined, path: Path, documents: Documents): Pick<DecisionStatement, 'at'> {
  const source = document === undefined ? undefined : documents.get(document);
  return source ? { at: { uri: source.uri, range: source.rangeOf({ path }) } } : {};
}
