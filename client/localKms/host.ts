import { join } from 'node:path';
import { commands, type ExtensionContext, env, type LogOutputChannel, window } from 'vscode';
import { ownCommand } from '../commandIds.ts';
import { LocalKms } from './localKms.ts';

/** The local KMS of this window. */
export function localKmsFor(context: ExtensionContext, log: LogOutputChannel): LocalKms {
  const module = context.asAbsolutePath(join('dist', 'local-kms.js'));
  return new LocalKms(
    module,
    {
      log: (text) => log.warn(`local KMS: ${text}`),
      ended(why) {
        const restart = 'Start again';
        void window.showErrorMessage(`the local KMS has ended by itself: ${why}`, restart).then((answer) => {
          if (answer === restart) void commands.executeCommand(ownCommand.restartLocalKms);
        });
      },
    },
    env.remoteName,
  );
}
