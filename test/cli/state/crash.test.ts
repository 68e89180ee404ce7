import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Client, losses } from './load.ts';
import { serving } from './serving.ts';

const KILLS = Number(process.env['KMS_LENS_KILLS'] ?? 20);
const CLIENTS = 3;

test(`nothing that was acknowledged is lost in ${KILLS} kills under load`, { timeout: KILLS * 15_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kms-lens-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  let all: Client[] = [];
  let acknowledged = 0;
  const start = () => serving(folder, '--state', 'state', '--state-key', 'state.key');
  for (let kill = 0; kill <= KILLS; kill++) {
    const server = await start();
    const agent = new Agent({ keepAlive: true });
    // The keys of the last rounds, so that it does not take longer and longer.
    all = all.slice(-2 * CLIENTS);
    const lost: string[] = [];
    await Promise.all(
      all.map(async ({ keys }) => {
        for (const key of keys) lost.push(...(await losses(server.url, key, agent)));
      }),
    );
    agent.destroy();
    expect(lost, `after kill ${kill}`).toEqual([]);
    if (kill === KILLS) {
      await server.kill('SIGTERM');
      break;
    }
    const clients = Array.from({ length: CLIENTS }, (_, index) => new Client(`${kill}-${index}`));
    all.push(...clients);
    const running = Promise.all(clients.map((client) => client.run(server.url)));
    // However slow the machine is, something is going on when it is killed.
    const enough = 1 + Math.random() * 60;
    while (sumOf(clients) < enough) await setTimeout(1);
    await setTimeout(Math.random() * 5);
    await server.kill();
    await running;
    acknowledged += sumOf(clients);
  }
  expect(acknowledged).toBeGreaterThan(KILLS * 10);
});

const sumOf = (clients: readonly Client[]): number => clients.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
