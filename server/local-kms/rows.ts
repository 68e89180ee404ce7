import type { RequestReport } from '../../simulator/endpoint/endpoint.ts';
import type { TrailEvent } from '../../simulator/trail/event.ts';
import type { LocalKmsRow } from '../protocol.ts';
import { type TrailNames, trailTime } from '../scenarios/trail-view.ts';
import { messageOf, reasonOf } from './reason.ts';

/** A request with what CloudTrail recorded of it. @param names of the scenario */
export function rowOfRequest(
  number: number,
  report: RequestReport,
  events: readonly TrailEvent[],
  names: TrailNames,
): LocalKmsRow {
  const { requestId, time, operation = '', region = '', principal = '', rootFallback, keyId, error } = report;
  const because = error && reasonOf(report);
  return {
    number,
    time: trailTime(new Date(time).toISOString()),
    requestId,
    operation,
    principal,
    isFallback: rootFallback,
    isOfKms: false,
    region,
    keys: keyId === undefined ? keysOf(events, names) : [keyId],
    outcome: outcomeOf(report),
    ...(error ? { error: error.name } : {}),
    ...(error?.message ? { message: messageOf(error) } : {}),
    ...(because ? { because } : {}),
    isDecided: (error?.decision?.permissions.length ?? 0) > 0,
    records: events,
  };
}

/** What KMS did by itself: it rotated a key, deleted one. */
export function rowOfEvent(number: number, event: TrailEvent, names: TrailNames): LocalKmsRow {
  return {
    number,
    time: trailTime(event.eventTime),
    operation: event.eventName,
    principal: '',
    isFallback: false,
    isOfKms: true,
    region: event.awsRegion,
    keys: keysOf([event], names),
    outcome: 'ok',
    isDecided: false,
    records: [event],
  };
}

/** Some denials have other names, so that nobody learns whether a key exists. */
function outcomeOf({ error }: RequestReport): LocalKmsRow['outcome'] {
  if (!error) return 'ok';
  return error.decision?.verdict === 'denied' || error.name === 'AccessDeniedException' ? 'denied' : 'error';
}

const keysOf = (events: readonly TrailEvent[], names: TrailNames): string[] => [
  ...new Set(events.flatMap(({ resources = [] }) => resources.map(({ ARN }) => names.resource(ARN)))),
];
