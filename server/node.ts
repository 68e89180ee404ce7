import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeWorkspace } from './node/files.ts';
import { WorkerRunner } from './node/worker-runner.ts';
import { receive } from './reception.ts';

// The way to talk (`--stdio`, `--node-ipc`, `--socket=…`) comes from the command line of whoever starts the server.
receive(
  (options) => createConnection(ProposedFeatures.all, options),
  async (connection, params) => {
    const { loadServer } = await import('./core.ts');
    const { serve } = await loadServer();
    serve(connection, params, nodeWorkspace, new WorkerRunner());
  },
);
