import type { ElementResult, StatementResult } from '../../simulator/access/decision.ts';
import { toPointer } from '../../simulator/json/place.ts';
import type { DecisionJson, ElementJson, StatementJson } from '../protocol.ts';
import type { Answer } from './ask.ts';
import { because, elementInWords, needsInWords } from './words.ts';

/** The decision in the published shape of `kms-lens simulate --format json`. `nameOf` gives a document's file. */
export function decisionJson({ decision, request }: Answer, nameOf: (document: string) => string): DecisionJson {
  const elementJson = (result: ElementResult): ElementJson => ({
    element: result.element,
    pointer: toPointer(result.place.path),
    matched: result.matched,
    expected: result.expected,
    actual: result.actual,
    because: elementInWords(result, request.caller),
  });
  const statementJson = ({ document, statement, matched, elements }: StatementResult): StatementJson => ({
    file: document === undefined ? '' : nameOf(document),
    pointer: toPointer(statement.path),
    ...(statement.sid === undefined ? {} : { sid: statement.sid }),
    effect: statement.effect ?? 'unknown',
    matched,
    elements: elements.map(elementJson),
  });
  return {
    version: 1,
    verdict: decision.verdict,
    kind: decision.kind,
    by: decision.by,
    because: because(decision, request),
    blockers: decision.blockers.map(({ layer, kind }) => ({ layer, kind })),
    needs: needsInWords(decision),
    assumed: decision.assumed.map(({ text }) => text),
    changes: [],
    layers: decision.layers.map(({ layer, outcome, statements }) => ({
      layer,
      outcome,
      statements: statements.map(statementJson),
    })),
  };
}
