import { regionName } from '../simulator/facts/region-name.ts';
import type { Severity } from './rules/rule.ts';

/** What a user may set, as the editor's section `kms-lens` has it. */
export interface Settings {
  /** The account that owns the keys; empty: work it out from the policy. */
  readonly account: string;
  /** The Region of keys whose policy names none. */
  readonly region: string;
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly codeLens: {
    readonly simulate: { readonly enabled: boolean };
    readonly envelope: { readonly enabled: boolean };
    readonly scenario: { readonly enabled: boolean };
  };
  readonly hover: {
    /** How much of the exam's material hovers show. */
    readonly examTips: 'full' | 'short' | 'off';
  };
  readonly inlayHints: {
    /** Whether wildcards in Action say how many actions they cover. */
    readonly wildcards: boolean;
    /** Whether statements say in short what they do. */
    readonly statements: boolean;
    /** Whether steps of scenarios say what they last came to. */
    readonly steps: boolean;
  };
  readonly workspaceDiagnostics: {
    /** Whether documents are checked that are stored and not open. */
    readonly enabled: boolean;
  };
  readonly documentLinks: {
    /** Whether actions are links, which editors underline. */
    readonly actions: boolean;
  };
}

export const defaultSettings: Settings = {
  account: '',
  region: 'us-east-1',
  rules: {},
  codeLens: { simulate: { enabled: true }, envelope: { enabled: true }, scenario: { enabled: true } },
  hover: { examTips: 'full' },
  inlayHints: { wildcards: false, statements: false, steps: true },
  workspaceDiagnostics: { enabled: false },
  documentLinks: { actions: false },
};

/** Reads settings as an editor sends them; what is missing or of a wrong type falls back to the default. */
export function readSettings(value: unknown): Settings {
  const given = record(value);
  const codeLens = record(given['codeLens']);
  return {
    account: text(given['account'], /^\d{12}$/) ?? defaultSettings.account,
    region: text(given['region'], regionName) ?? defaultSettings.region,
    rules: Object.fromEntries(
      Object.entries(record(given['rules'])).flatMap(([id, severity]) =>
        isSeverity(severity) ? [[id, severity] as const] : [],
      ),
    ),
    codeLens: {
      simulate: enabled(codeLens['simulate']),
      envelope: enabled(codeLens['envelope']),
      scenario: enabled(codeLens['scenario']),
    },
    hover: { examTips: examTips(record(given['hover'])['examTips']) },
    inlayHints: {
      wildcards: record(given['inlayHints'])['wildcards'] === true,
      statements: record(given['inlayHints'])['statements'] === true,
      steps: record(given['inlayHints'])['steps'] !== false,
    },
    workspaceDiagnostics: { enabled: record(given['workspaceDiagnostics'])['enabled'] === true },
    documentLinks: { actions: record(given['documentLinks'])['actions'] === true },
  };
}

/** Of all settings of an editor the section that is ours. */
export const readPushedSettings = (value: unknown): Settings => readSettings(record(value)['kms-lens']);

function isSeverity(value: unknown): value is Severity | 'off' {
  return value === 'off' || value === 'information' || value === 'warning' || value === 'error';
}

const examTips = (value: unknown): Settings['hover']['examTips'] =>
  value === 'short' || value === 'off' ? value : defaultSettings.hover.examTips;

const enabled = (value: unknown): { enabled: boolean } => ({ enabled: record(value)['enabled'] !== false });

const text = (value: unknown, shape: RegExp): string | undefined =>
  typeof value === 'string' && shape.test(value) ? value : undefined;

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
