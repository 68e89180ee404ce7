/**
 * The custom requests between client and server, and what they carry: types and names only, so that the client may
 * import this file and nothing else of the server. Everything here is plain JSON.
 */

export * from './protocol/access.ts';
export * from './protocol/decision.ts';
export * from './protocol/envelope.ts';
export * from './protocol/local-kms.ts';
export * from './protocol/names.ts';
export * from './protocol/places.ts';
export * from './protocol/practice.ts';
export * from './protocol/reading.ts';
export * from './protocol/scenario.ts';
export * from './protocol/simulate.ts';
export * from './protocol/timeline.ts';
export * from './protocol/trail.ts';
