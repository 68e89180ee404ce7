import { commands, type Disposable, Uri, ViewColumn, window, workspace } from 'vscode';
import { EXAMPLE_SCHEME, type ExampleText, method, type ScenarioRun } from '../../server/protocol.ts';
import { contextKey } from '../commandIds.ts';
import type { ViewServer } from '../scenarios/panel.ts';
import type { ProofResult } from './types.ts';

/** Lets VS Code open the examples that the server carries with it. */
export function examples(request: ViewServer): Disposable {
  return workspace.registerTextDocumentContentProvider(EXAMPLE_SCHEME, {
    provideTextDocumentContent: async (uri) =>
      (await request<ExampleText>(method.example, { uri: uri.toString() })).text,
  });
}

/** Runs an example. */
export async function proofOf(request: ViewServer, uri: string): Promise<ProofResult> {
  try {
    const run = await request<ScenarioRun>(method.runScenario, { uri });
    void commands.executeCommand('setContext', contextKey.proved, true);
    return { run };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** As a document that belongs to nobody, so that it can be changed at will; where it names files beside it, to be read. */
export async function openExampleScenario(request: ViewServer, uri: string): Promise<void> {
  const { text, needsFiles } = await request<ExampleText>(method.example, { uri });
  const document = needsFiles
    ? await workspace.openTextDocument(Uri.parse(uri, true))
    : await workspace.openTextDocument({ language: 'kms-scenario', content: text });
  await window.showTextDocument(document, ViewColumn.Beside);
}
