import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { InspectResult } from '../../../server/protocol.ts';
import { closeAll, openUntitled, run, until, writeFile } from './support.ts';

/** A message of 5 bytes with the encryption context `tenant = blue`. */
const MESSAGE =
  'AgR4HR8FXcMYo3LcAYKRKHZJu8BWkwiiQ49iKTVcrVwEcT0AEAABAAZ0ZW5hbnQABGJsdWUAAQAIa21zLWxlbnMAGG1pbmUAAACAAAAADJQS3/y3H5rx8IulTwAwE/Oc9LyShf1TgqRTWeiDh1FFd4rxtssZOEhD6iRHnhY5127ObB6t6507vEkvWwe/AgAAEABxogc9sjyVfVcHbmm82+h++n3x7RV9eumrulv5Fr/pYCK1P0yHUuCj2Y/Wj+iWBFD/////AAAAAQAAAAAAAAAAAAAAAQAAAAUhPiy5rqP4rJT6w2q5wpuWuwtOiD8=';

describe('“Inspect encrypted message”', () => {
  afterEach(closeAll);

  it('opens a file from the Explorer as a document that tells field by field what is in it', async () => {
    const uri = await writeFile('inspect.enc', MESSAGE);
    await run<InspectResult>('inspectEncryptedMessage', uri);
    const report = await until('the report is open', () =>
      vscode.window.visibleTextEditors.find((editor) => editor.document.uri.scheme === 'kms-lens'),
    );
    const text = report.document.getText();
    assert.match(text, /0x0478/);
    assert.match(text, /tenant = blue/);
    assert.match(text, /frame 1 +5 bytes of content, the last one/);
    assert.match(text, /What the fields are for/);
  });

  it('takes text that is nowhere stored from the editor in front', async () => {
    await openUntitled('plaintext', MESSAGE);
    const { summary, problem } = await run<InspectResult>('inspectEncryptedMessage', { open: false });
    assert.equal(problem, undefined);
    assert.match(summary, /a message of 1 frame with 5 bytes of payload/);
  });
});
