import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeWorkspace } from './node/files.ts';
import { WorkerRunner } from './node/worker-runner.ts';
import { startServer } from './server.ts';

// The way to talk (`--stdio`, `--node-ipc`, `--socket=…`) comes from the command line of whoever starts the server.
startServer(createConnection(ProposedFeatures.all), nodeWorkspace, new WorkerRunner());
