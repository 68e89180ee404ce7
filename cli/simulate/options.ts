import type { Verdict } from '../../server/protocol.ts';

/** The options of `kms-lens simulate` as commander gives them. */
export interface SimulateOptions {
  readonly format: 'text' | 'json';
  readonly principal: string;
  readonly action: string;
  readonly keyPolicy?: string;
  readonly identityPolicy?: readonly string[];
  readonly permissionsBoundary?: string;
  readonly sessionPolicy?: readonly string[];
  readonly scp?: readonly string[];
  readonly rcp?: readonly string[];
  readonly vpcePolicy?: string;
  readonly grant?: readonly string[];
  readonly key?: string;
  readonly keyAccount?: string;
  readonly toKey?: string;
  readonly toKeyPolicy?: string;
  readonly region?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly via?: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly expect?: Verdict;
}
