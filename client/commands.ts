import { Uri, window } from 'vscode';
import { clientCommand } from '../server/protocol.ts';
import { whatCanDo, whoCanUse } from './accessTable.ts';
import { allowThis } from './allowThis.ts';
import { recordOf } from './arguments.ts';
import { ownCommand } from './commandIds.ts';
import { envelopeRoundTrip } from './envelope.ts';
import { openExample } from './examples.ts';
import { inspectEncryptedMessage } from './inspect.ts';
import { setKind, treatAsKeyPolicy } from './kinds.ts';
import {
  copyLocalKmsAddress,
  localKmsMenu,
  restartLocalKms,
  startLocalKms,
  stopLocalKms,
} from './localKms/commands.ts';
import { sentenceAsPlainText } from './markdown.ts';
import { practice } from './practice/commands.ts';
import { openTopic } from './reading/commands.ts';
import { openReport } from './reports.ts';
import {
  copyCommandLine,
  explainStep,
  newScenario,
  openTrail,
  runScenario,
  showTimeline,
  showTrail,
} from './scenarios/commands.ts';
import { documentFor, type Session } from './session.ts';
import { decideWithIdentityPolicies, followDecision, runAgain, simulateAccess } from './simulate.ts';

/**
 * Runs a command. What goes wrong is shown to a person, and thrown to a caller who answered the questions beforehand:
 * a keybinding or a test.
 */
export async function runCommand(session: Session, command: string, given: unknown): Promise<unknown> {
  const handler = HANDLERS[command];
  if (handler === undefined) throw new Error(`there is no command \`${command}\``);
  // Menus pass the document that they were opened on.
  const argument = given instanceof Uri ? { uri: given.toString() } : given;
  try {
    return await handler(session, argument);
  } catch (error) {
    if (answersQuestions(argument)) throw error;
    void window.showErrorMessage(sentenceAsPlainText(error instanceof Error ? error.message : String(error)));
    return undefined;
  }
}

type Handler = (session: Session, argument: unknown) => Promise<unknown>;

const HANDLERS: Readonly<Record<string, Handler>> = {
  [clientCommand.simulateAccess]: simulateAccess,
  [clientCommand.runAgain]: runAgain,
  [clientCommand.decideWithIdentityPolicies]: decideWithIdentityPolicies,
  [clientCommand.envelopeRoundTrip]: envelopeRoundTrip,
  [clientCommand.openReport]: (_session, argument) => openReport(neededUri(argument)),
  [clientCommand.allowThis]: allowThis,
  [clientCommand.whoCanUse]: whoCanUse,
  [clientCommand.whatCanDo]: whatCanDo,
  [clientCommand.runScenario]: runScenario,
  [clientCommand.explainStep]: explainStep,
  [clientCommand.copyCommandLine]: copyCommandLine,
  [clientCommand.newScenario]: newScenario,
  [clientCommand.showTrail]: showTrail,
  [clientCommand.openTrail]: openTrail,
  [clientCommand.showTimeline]: showTimeline,
  [clientCommand.inspectEncryptedMessage]: inspectEncryptedMessage,
  [clientCommand.practice]: practice,
  [clientCommand.openTopic]: openTopic,
  [clientCommand.followDecision]: followDecision,
  [clientCommand.startLocalKms]: startLocalKms,
  [ownCommand.restartLocalKms]: restartLocalKms,
  [ownCommand.stopLocalKms]: stopLocalKms,
  [ownCommand.showLocalKms]: ({ localKmsViews }) => localKmsViews.open(null),
  [ownCommand.copyLocalKmsAddress]: copyLocalKmsAddress,
  [ownCommand.localKmsMenu]: localKmsMenu,
  [ownCommand.treatAsKeyPolicy]: async (_session, argument) => treatAsKeyPolicy(await documentFor(uriOf(argument))),
  [ownCommand.setKind]: async (_session, argument) => setKind(await documentFor(uriOf(argument))),
  [ownCommand.openExample]: openExample,
  [ownCommand.restartServer]: (session) => session.restart(),
};

function answersQuestions(argument: unknown): boolean {
  const record = recordOf(argument) ?? {};
  return ['request', 'identityPolicies', 'principal', 'keyAccount', 'key', 'proposal', 'example'].some(
    (name) => record[name] !== undefined,
  );
}

function uriOf(argument: unknown): string | undefined {
  const uri = typeof argument === 'string' ? argument : recordOf(argument)?.['uri'];
  return typeof uri === 'string' ? uri : undefined;
}

function neededUri(argument: unknown): string {
  const uri = uriOf(argument);
  if (uri === undefined) throw new Error('which report? give its uri as the argument');
  return uri;
}
