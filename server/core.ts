/**
 * Most of the server: a bundle of its own, which the server, its worker and the process of a local KMS share. Each asks for
 * its part, and what it does not ask for never runs.
 */
export const loadServer = (): Promise<typeof import('./server.ts')> => import('./server.ts');

export const loadJobs = (): Promise<typeof import('./jobs.ts')> => import('./jobs.ts');

export const loadLocalKms = (): Promise<typeof import('./local-kms/local-kms.ts')> =>
  import('./local-kms/local-kms.ts');

export const loadWalk = (): Promise<typeof import('./node/walk.ts')> => import('./node/walk.ts');
