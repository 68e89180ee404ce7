import { ResponseError } from 'vscode-languageserver';
import {
  type DocumentTarget,
  type EnvelopeParams,
  type SimulateParams,
  type StepParams,
  serverCommand,
} from '../protocol.ts';
import type { Session } from '../session.ts';
import { envelopeRoundTrip } from './envelope.ts';
import type { Feature } from './feature.ts';
import { explanationOf, runAndReport } from './scenario.ts';
import { INVALID_REQUEST, optionsFor, simulateAccess, sourceOf } from './simulate.ts';
import { timelineDocument } from './timeline.ts';
import { trailDocument } from './trail.ts';

/** The lens commands for editors without a client of ours: they run here and show their result as a document. */
export const executeCommand: Feature = {
  id: 'execute-command',
  register(session) {
    session.connection.onExecuteCommand(async ({ command, arguments: [argument] = [] }) => {
      if (!isTarget(argument))
        throw new ResponseError(INVALID_REQUEST, `\`${command}\` needs an argument with the document's \`uri\``);
      switch (command) {
        case serverCommand.simulateAccess:
          return shown(session, await simulateAccess(session, await completed(session, argument)));
        case serverCommand.runScenario:
          return shown(session, await runAndReport(session, argument));
        case serverCommand.explainStep:
          return shown(session, await explanationOf(session, stepOf(command, argument)));
        case serverCommand.openTrail:
          return shown(session, await trailDocument(session, argument));
        case serverCommand.openTimeline:
          return shown(session, await timelineDocument(session, argument));
        case serverCommand.envelopeRoundTrip:
          return shown(session, await envelopeRoundTrip(session, argument satisfies EnvelopeParams));
        default:
          throw new ResponseError(INVALID_REQUEST, `\`${command}\` is no command of this server`);
      }
    });
  },
};

function stepOf(command: string, argument: DocumentTarget): StepParams {
  if ('step' in argument && typeof argument.step === 'number') return { uri: argument.uri, step: argument.step };
  throw new ResponseError(INVALID_REQUEST, `\`${command}\` needs an argument with the index of a \`step\``);
}

/** A lens brings no request: then the first principal and action that it names are asked about. */
async function completed(
  session: Session,
  argument: DocumentTarget & Partial<SimulateParams>,
): Promise<SimulateParams> {
  if (argument.request) return { ...argument, request: argument.request };
  const { uri, statement } = argument;
  const options = await optionsFor(session, await sourceOf(session, uri), statement);
  const principal = options?.principals[0]?.principal;
  const action = options?.actions[0]?.action;
  if (!principal || !action)
    throw new ResponseError(INVALID_REQUEST, 'the policy names no principal to ask about: send a `request` with one');
  const [keyAccount] = options.keyAccounts;
  const { encryptionContext } = options;
  return { ...argument, request: { principal, action, encryptionContext, ...(keyAccount ? { keyAccount } : {}) } };
}

/** Opens the report where the client can show what the server writes; elsewhere at least the summary is seen. */
async function shown<T extends { readonly report: string; readonly summary: string }>(
  session: Session,
  result: T,
): Promise<T> {
  const { showDocument, documentContent } = session.client;
  if (showDocument && documentContent)
    await session.connection.window.showDocument({ uri: result.report, takeFocus: false });
  else session.connection.window.showInformationMessage(result.summary);
  return result;
}

function isTarget(argument: unknown): argument is DocumentTarget & Partial<SimulateParams> {
  return typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string';
}
