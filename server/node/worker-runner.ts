import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Runner, RunOptions } from '../session.ts';

/** What crosses to the worker and back. */
export interface JobMessage {
  readonly id: number;
  readonly job: string;
  readonly input: unknown;
}

export type JobReply = { readonly id: number } & (
  | { readonly result: unknown }
  | { readonly error: string }
  | { readonly progress: unknown }
);

interface Pending {
  resolve(result: never): void;
  reject(error: Error): void;
  onProgress(progress: never): void;
}

/** Runs jobs in one worker thread, started with the first and ended when cancelled work will not stop. */
export class WorkerRunner implements Runner {
  private worker: Worker | undefined;
  private readonly pending = new Map<number, Pending>();
  private count = 0;

  run<T, P>(job: string, input: unknown, { signal, onProgress = () => {} }: RunOptions<P> = {}): Promise<T> {
    if (signal?.aborted) return Promise.reject(new Error('cancelled'));
    const id = ++this.count;
    const worker = this.start();
    return new Promise<T>((resolve, reject) => {
      this.pending.set(id, { resolve, reject, onProgress });
      worker.postMessage({ id, job, input } satisfies JobMessage);
      signal?.addEventListener('abort', () => this.cancel(id), { once: true });
    });
  }

  private start(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(join(__dirname, 'runner.js'));
    worker.on('message', (reply: JobReply) => this.settle(reply));
    worker.on('error', (error) => this.failAll(error));
    worker.on('exit', () => this.failAll(new Error('the worker ended')));
    // An idle worker must not keep the server alive once its editor is gone.
    worker.unref();
    this.worker = worker;
    return worker;
  }

  private settle(reply: JobReply): void {
    const pending = this.pending.get(reply.id);
    if ('progress' in reply) {
      pending?.onProgress(reply.progress as never);
      return;
    }
    this.pending.delete(reply.id);
    if ('error' in reply) pending?.reject(new Error(reply.error));
    else pending?.resolve(reply.result as never);
  }

  private cancel(id: number): void {
    const pending = this.pending.get(id);
    if (!pending) return;
    this.pending.delete(id);
    pending.reject(new Error('cancelled'));
    // Nothing else waits for the worker: end the work itself, too.
    if (this.pending.size === 0) {
      void this.worker?.terminate();
      this.worker = undefined;
    }
  }

  private failAll(error: Error): void {
    this.worker = undefined;
    for (const pending of this.pending.values()) pending.reject(error);
    this.pending.clear();
  }
}
