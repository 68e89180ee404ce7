import type { OperationDecision } from '../../simulator/access/operation.ts';
import { type Place, toPointer } from '../../simulator/json/place.ts';
import type { StepResult } from '../../simulator/scenario/step.ts';
import { because } from '../answers/words.ts';
import type { StepJson } from '../protocol.ts';

/** The result of a step in its published shape. `nameOf` gives a document's file. */
export function stepJson(result: StepResult, nameOf: (document: string) => string): StepJson {
  const { step, outcome, expected, actual, decision, milliseconds } = result;
  const deciding = decision && decidingPlace(decision);
  return {
    index: step.index,
    name: step.title,
    // A step of no kind is a mistake of the file, and nothing of that is run.
    kind: step.kind ?? 'can',
    outcome,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    message: messageOf(result),
    milliseconds: Math.round(milliseconds * 1000) / 1000,
    ...(deciding?.place.document === undefined
      ? {}
      : {
          deciding: {
            file: nameOf(deciding.place.document),
            pointer: toPointer(deciding.place.path),
            ...(deciding.sid === undefined ? {} : { sid: deciding.sid }),
          },
        }),
  };
}

/** Where a step's verdict was decided: the statement, else the grant. */
export function decidingPlace({
  deciding,
}: OperationDecision): { readonly place: Place; readonly sid: string | undefined } | undefined {
  if (!deciding) return undefined;
  const { deciding: statement, grant } = deciding.decision;
  if (statement?.document !== undefined) {
    const { path, sid } = statement.statement;
    return { place: { document: statement.document, path }, sid };
  }
  return grant?.grant.place && { place: grant.grant.place, sid: undefined };
}

function messageOf(result: StepResult): string {
  const { outcome, expected, actual, decision, step } = result;
  const reason = reasonOf(result);
  if (outcome !== 'fail') return reason;
  const words = outcomeInWords(actual);
  const isVerdict = step.kind === 'can' && decision !== undefined;
  const came = !isVerdict ? `came to ${words}` : decision.verdict === 'depends' ? words : `is ${words}`;
  return `expected ${outcomeInWords(expected)}, but it ${came}${reason === '' ? '' : `: ${reason}`}`;
}

/** One sentence without a stop: why a step came out as it did, or could not be taken. */
export function reasonOf({ problem, reason, decision }: StepResult): string {
  return problem ?? reason ?? (decision ? operationBecause(decision) : '');
}

/** Why a call came out as it did; of several permissions the one that decided is named. */
export function operationBecause({ deciding, permissions, missing }: OperationDecision): string {
  if (!deciding)
    return `nobody named what \`${missing.map(({ action }) => `kms:${action}`).join('` and `')}\` is about`;
  const reason = because(deciding.decision, deciding.request);
  return permissions.length > 1 ? `for \`kms:${deciding.request.action}\`, ${reason}` : reason;
}

function callsInWords(calls: readonly unknown[]): string {
  if (calls.length === 0) return 'without a call of KMS';
  return `with ${calls.map((each) => (typeof each === 'string' ? each : callInWords(Object(each)))).join(', ')}`;
}

function callInWords({ call, as, encryptionContext }: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(Object(encryptionContext)).map(([name, value]) => `${name}=${String(value)}`);
  return [
    String(call),
    ...(as === undefined ? [] : [`as ${String(as)}`]),
    ...(pairs.length > 0 ? [`(${pairs.join(', ')})`] : []),
  ].join(' ');
}

/** What a step expects, or what came of it: `denied (implicit) by key-policy`. */
export function outcomeInWords(outcome: unknown): string {
  if (typeof outcome !== 'object' || outcome === null) return String(outcome);
  const { verdict, kind, by, error, throttled, calls, ...more } = Object.fromEntries(Object.entries(outcome));
  if (Array.isArray(calls)) return `${typeof error === 'string' ? error : 'ok'} ${callsInWords(calls)}`;
  if (typeof calls === 'object' && calls !== null) {
    const counts = Object.entries(calls).map(([name, count]) => `${count} ${name}`);
    return [...(typeof error === 'string' ? [error] : []), ...counts].join(', ');
  }
  if (typeof error === 'string') return error;
  if (typeof throttled === 'boolean') return throttledInWords(throttled, more);
  if (verdict === undefined) return JSON.stringify(outcome);
  return [
    verdict,
    ...(kind === undefined ? [] : [`(${String(kind)})`]),
    // Nothing has decided what hangs on something unknown.
    ...(by === undefined || verdict === 'depends' ? [] : [`by ${String(by)}`]),
  ].join(' ');
}

/** `throttled by CreateKey from second 1, 50 CreateKey refused`. */
function throttledInWords(throttled: boolean, { quota, fromSecond, refused }: Record<string, unknown>): string {
  const counts = Object.entries(Object(refused)).map(
    ([name, count]) => `${Number(count).toLocaleString('en-US')} ${name}`,
  );
  return [
    throttled ? 'throttled' : 'not throttled',
    ...(quota === undefined ? [] : [` by ${String(quota)}`]),
    ...(fromSecond === undefined ? [] : [` from second ${String(fromSecond)}`]),
    ...(counts.length === 0 ? [] : [`, ${counts.join(' + ')} refused`]),
  ].join('');
}
