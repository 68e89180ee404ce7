/** How `kms-lens check` writes what it found; all but the first are for programs. */
export const checkFormats = ['text', 'json', 'sarif', 'github', 'junit'] as const;

export type CheckFormat = (typeof checkFormats)[number];
