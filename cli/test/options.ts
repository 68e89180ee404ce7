export const testFormats = ['text', 'json', 'junit', 'tap'] as const;
export const coverageFormats = ['text', 'lcov', 'json'] as const;

export type TestFormat = (typeof testFormats)[number];
export type CoverageFormat = (typeof coverageFormats)[number];

/** The options of `kms-lens test`. */
export interface TestOptions {
  readonly format: TestFormat;
  readonly filter?: string;
  readonly watch?: true;
  readonly root?: string;
  /** `-`: standard output. */
  readonly trail?: string;
  readonly coverage?: true;
  readonly coverageFormat?: CoverageFormat;
  readonly coverageOutput?: string;
  /** In percent. */
  readonly coverageThreshold?: number;
}

/** Asking for anything about the coverage asks for the coverage. */
export function wantsCoverage(options: TestOptions): boolean {
  const { coverage, coverageFormat, coverageOutput, coverageThreshold } = options;
  return [coverage, coverageFormat, coverageOutput, coverageThreshold].some((option) => option !== undefined);
}
