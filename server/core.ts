/**
 * Most of the server: a bundle of its own, which the server and its worker share. Each asks for its part, and what it does
 * not ask for never runs.
 */
export const loadServer = (): Promise<typeof import('./server.ts')> => import('./server.ts');

export const loadJobs = (): Promise<typeof import('./jobs.ts')> => import('./jobs.ts');

export const loadWalk = (): Promise<typeof import('./node/walk.ts')> => import('./node/walk.ts');
