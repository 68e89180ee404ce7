import { Endpoint, type EndpointOptions } from '../../simulator/endpoint/endpoint.ts';
import { factsOf, Kept } from '../../simulator/endpoint/kept.ts';
import type { Listening } from '../../simulator/endpoint/node.ts';
import type { ScenarioWorld } from '../../simulator/scenario/world.ts';
import { CommandError, EXIT } from '../failure.ts';
import { displayName, reasonOf } from '../files/read.ts';
import { GatheringSink } from '../output/gathering.ts';
import type { Terminal } from '../output/terminal.ts';
import type { ServeOptions } from '../serve/options.ts';
import { writerOf } from '../serve/print.ts';
import { startingWorld } from '../serve/world.ts';
import { explained, type OpenedState, openState } from '../state/open.ts';

/** Serves until somebody ends it; the exit code. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<number> {
  const { host, format, clock, strict, allowUnsigned, state: folder } = options;
  if (folder === undefined && options.stateKey !== undefined)
    throw new CommandError('`--state-key` seals the folder of `--state`: give that, too');
  const tell = (text: string): void => terminal.error.line(`kms-lens: ${text}`);
  // A mistake in the scenario leaves no folder behind.
  const declared = options.scenario === undefined ? undefined : await startingWorld(options);
  const state = folder === undefined ? undefined : await openState(folder, options.stateKey, tell);
  try {
    const world = declared ?? (await startingWorld(options, state && factsOf(state.store)?.account));
    const living = state && folder !== undefined ? await keptWorld(state, folder, world, options, tell) : undefined;
    // A bundle of its own: it alone can open a port.
    const { listen, isSignedWith } = await import('../../simulator/endpoint/node.ts');
    const out = new GatheringSink(terminal.out);
    const writer = writerOf(format, out);
    const endpoint = endpointOf({
      world,
      living,
      clock,
      strict,
      allowUnsigned,
      isSignedWith,
      onAnswered: (report) => writer.answered(report),
      onFault: (error) => tell(`internal error: ${error instanceof Error ? error.stack : String(error)}`),
    });
    const stopping = stopSignal();
    const listening = await opened(() => listen(endpoint, options), options);
    const name = host === '::1' ? '[::1]' : host;
    const { isStrict, known: accessKeys } = endpoint.callers;
    writer.started({ url: `http://${name}:${listening.port}`, world, isStrict, accessKeys, options });
    await stopping;
    await listening.close();
    await living?.close();
    writer.stopped();
    out.flush();
    return EXIT.fine;
  } finally {
    state?.lock.release();
  }
}

async function keptWorld(
  { store }: OpenedState,
  folder: string,
  world: ScenarioWorld,
  { clock, scenario }: ServeOptions,
  tell: (text: string) => void,
): Promise<Kept> {
  const name = displayName(folder);
  const kept = await explained(folder, () =>
    Kept.open({
      world,
      clock,
      store,
      scenario: scenario === undefined ? undefined : displayName(scenario),
      onProblem: (error) =>
        tell(
          `\`${name}\` cannot be written: ${error instanceof Error ? reasonOf(error) : String(error)}; until it can, whatever changes something is refused`,
        ),
      onMended: () => tell(`\`${name}\` can be written again`),
    }),
  );
  if (kept.note !== undefined) tell(kept.note);
  return kept;
}

function endpointOf(options: EndpointOptions): Endpoint {
  try {
    return new Endpoint(options);
  } catch (error) {
    throw error instanceof RangeError ? new CommandError(error.message) : error;
  }
}

async function opened(open: () => Promise<Listening>, { host, port }: ServeOptions): Promise<Listening> {
  try {
    return await open();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new CommandError(`port ${port} is taken: end the program that has it, or choose another with \`--port\``);
    throw new CommandError(
      `cannot listen on ${host}, port ${port}: ${error instanceof Error ? reasonOf(error) : String(error)}`,
    );
  }
}

/** Once; who asks a second time does not want to wait. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
