import { InvalidArgumentError } from 'commander';

/** The options of `kms-lens serve`. */
export interface ServeOptions {
  readonly scenario?: string;
  readonly account?: string;
  readonly state?: string;
  readonly stateKey?: string;
  readonly port: number;
  readonly host: '127.0.0.1' | '::1';
  readonly clock: 'real' | 'scenario';
  readonly strict?: boolean;
  readonly allowUnsigned?: true;
  readonly root?: string;
  readonly format: 'text' | 'json';
}

export function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('Write a number from 0 to 65535.');
}

export function parseAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError('Write the twelve digits of an account.');
}
