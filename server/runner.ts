import { parentPort } from 'node:worker_threads';
import type { JobName } from './jobs.ts';
import type { JobMessage, JobReply } from './node/worker-runner.ts';

// The worker thread: takes a job, answers with its result. Loaded by the server, never by a person.
parentPort?.on('message', async ({ id, job, input }: JobMessage) => {
  const reply = (message: JobReply): void => parentPort?.postMessage(message);
  try {
    const { loadJobs } = await import('./core.ts');
    const { jobs } = await loadJobs();
    const run: ((input: never, onProgress: (progress: unknown) => void) => Promise<unknown>) | undefined =
      jobs[job as JobName];
    if (!run) throw new Error(`there is no job \`${job}\``);
    reply({ id, result: await run(input as never, (progress) => reply({ id, progress })) });
  } catch (error) {
    reply({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
