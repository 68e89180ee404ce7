/** What a request brings for a condition key. */
export type ContextValue =
  | { readonly state: 'present'; readonly values: readonly string[] }
  | { readonly state: 'absent' }
  /** `present`: the key is there for sure and only its value is unknown. */
  | { readonly state: 'unknown'; readonly present: boolean };

/** What a request brings, key by key. */
export interface RequestValues {
  /** `key` in lower case. */
  get(key: string): ContextValue;
}

export const ABSENT: ContextValue = { state: 'absent' };
export const UNKNOWN: ContextValue = { state: 'unknown', present: false };
export const UNKNOWN_VALUE: ContextValue = { state: 'unknown', present: true };

export const present = (value: string): ContextValue => ({ state: 'present', values: [value] });

/** A key with any number of values; with none it is absent. */
export const listed = (values: readonly string[]): ContextValue =>
  values.length > 0 ? { state: 'present', values } : ABSENT;

/** A value that may be missing from the request. */
export const optional = (value: string | undefined): ContextValue => (value === undefined ? ABSENT : present(value));

/** A property that the request surely has, if only one knew it. */
export const known = (value: string | undefined): ContextValue =>
  value === undefined ? UNKNOWN_VALUE : present(value);
