/** What came of a job, or what keeps it from being done. */
export type JobResult<T> = { readonly ok: T } | { readonly problem: string };
