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
import { inspectionOf } from './inspect-message.ts';
import { explanationOf, runAndReport } from './scenario.ts';
import { showReport } from './show-report.ts';
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
          return showReport(session, await simulateAccess(session, await completed(session, argument)));
        case serverCommand.runScenario:
          return showReport(session, await runAndReport(session, argument));
        case serverCommand.explainStep:
          return showReport(session, await explanationOf(session, stepOf(command, argument)));
        case serverCommand.openTrail:
          return showReport(session, await trailDocument(session, argument));
        case serverCommand.openTimeline:
          return showReport(session, await timelineDocument(session, argument));
        case serverCommand.envelopeRoundTrip:
          return showReport(session, await envelopeRoundTrip(session, argument satisfies EnvelopeParams));
        case serverCommand.inspectEncryptedMessage:
          return showReport(session, await inspectionOf(session, argument));
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

function isTarget(argument: unknown): argument is DocumentTarget & Partial<SimulateParams> {
  return typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string';
}
