import type { DecisionView } from './decision.ts';
import type { Range } from './places.ts';
import type { ScenarioErrorJson } from './scenario.ts';

// The local KMS of the editor.

/** A scenario to begin with; left out, an empty account. */
export interface LocalKmsParams {
  readonly uri?: string;
}

/** What a local KMS begins with. */
export interface LocalKmsWorld {
  /** With the texts of all files, for its process; nobody else looks into it. */
  readonly job: object;
  /** Of these files. */
  readonly uris: readonly string[];
}

/** What the process of a local KMS is told, in this order: what to begin with, where to listen, then all else. */
export type LocalKmsOrder =
  | { readonly type: 'open'; readonly job: object }
  | { readonly type: 'listen'; readonly options: LocalKmsOptions }
  | { readonly type: 'advance'; readonly milliseconds: number }
  | { readonly type: 'reset' }
  | { readonly type: 'explain'; readonly requestId: string }
  | { readonly type: 'stop' };

export interface LocalKmsOptions {
  /** 0: any that is free. */
  readonly port: number;
}

/** What it tells. */
export type LocalKmsNews =
  | { readonly type: 'opened'; readonly world: LocalKmsFacts }
  /** Nothing is served: the scenario has mistakes, or cannot be served. */
  | { readonly type: 'refused'; readonly errors: readonly ScenarioErrorJson[] }
  | {
      readonly type: 'listening';
      readonly port: number;
      readonly url: string;
      readonly pointers: LocalKmsPointers;
    }
  | { readonly type: 'failed'; readonly problem: string; readonly isTaken: boolean }
  | { readonly type: 'calls'; readonly rows: readonly LocalKmsRow[]; readonly calls: number; readonly denied: number }
  /** How far the clock of the world is ahead of the real time. */
  | { readonly type: 'clock'; readonly ahead: number }
  | { readonly type: 'explained'; readonly requestId: string; readonly explanation: LocalKmsExplanation | undefined }
  /** A mistake of ours, for the log. */
  | { readonly type: 'fault'; readonly text: string };

/** How to call it: what with, and the text to copy. */
export type LocalKmsPointers = readonly (readonly [what: string, text: string])[];

export interface LocalKmsFacts {
  readonly account: string;
  readonly region: string;
  /** Access keys that nobody declared are refused. */
  readonly isStrict: boolean;
  readonly accessKeys: readonly {
    readonly id: string;
    /** By its name in the scenario. */
    readonly principal: string;
    /** Its signatures are. */
    readonly isVerified: boolean;
  }[];
}

/** A request, or what KMS did by itself. */
export interface LocalKmsRow {
  /** From 1. */
  readonly number: number;
  /** By the clock of the world: `2026-11-01 09:00:00`. */
  readonly time: string;
  readonly requestId?: string;
  /** Empty where the request named none. */
  readonly operation: string;
  /** As the scenario calls it, else its ARN; empty where nobody knows, and for KMS itself. */
  readonly principal: string;
  /** Nobody has its access key, so that it acts as the root user. */
  readonly isFallback: boolean;
  /** KMS did it by itself. */
  readonly isOfKms: boolean;
  readonly region: string;
  /** What the request calls the key, else the keys that CloudTrail names. */
  readonly keys: readonly string[];
  readonly outcome: 'ok' | 'denied' | 'error';
  /** The name of the error. */
  readonly error?: string;
  /** AWS's words; left out where they are not known. */
  readonly message?: string;
  /** Why it failed, in one sentence. */
  readonly because?: string;
  /** There was a decision to explain. */
  readonly isDecided: boolean;
  /** What CloudTrail recorded. */
  readonly records: readonly object[];
}

export interface LocalKmsExplanation {
  /** Of the permission that decided. */
  readonly view: DecisionView;
  /** Of all permissions that the call needs. */
  readonly title: string;
  readonly text: string;
  readonly links: readonly ReportLinkJson[];
}

export interface ReportLinkJson {
  readonly range: Range;
  readonly target: string;
}

/** A text to read that others than the server wrote. */
export interface KeepReportParams {
  readonly title: string;
  readonly text: string;
  readonly links?: readonly ReportLinkJson[];
  /** Of the name, for the language. Default: that of reports. */
  readonly ending?: '.json';
}

/** A local KMS as it is shown. */
export interface LocalKmsView {
  readonly title: string;
  readonly state: 'stopped' | 'starting' | 'running' | 'failed';
  /** Why it does not run. */
  readonly problem?: string;
  /** What it began with: the name of a file, or that it is empty. */
  readonly of?: { readonly name: string; readonly uri?: string };
  /** The files say something else by now. */
  readonly isOld: boolean;
  readonly url?: string;
  readonly world?: LocalKmsFacts;
  /** Empty while it does not run. */
  readonly pointers: LocalKmsPointers;
  /** Another machine than the one in front of the person. */
  readonly machine?: string;
  /** How far its clock is ahead of the real time, in milliseconds. */
  readonly ahead: number;
  /** The latest; the oldest comes first. */
  readonly rows: readonly LocalKmsRow[];
  readonly calls: number;
  readonly denied: number;
}

/** What its page is told of between two views. */
export interface LocalKmsAdded {
  readonly rows: readonly LocalKmsRow[];
  readonly calls: number;
  readonly denied: number;
}
