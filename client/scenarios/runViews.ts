import { Disposable, type Event, workspace } from 'vscode';
import { method, type ScenarioTests } from '../../server/protocol.ts';
import { afterPauses, jumpTo, type ViewServer } from './panel.ts';

// What the views of the runs of a scenario share.

/** A new run has another answer, and an edit makes the run one of an older text. */
export function followRuns(again: () => void, uri: string, onRan: Event<string>): Disposable {
  const later = afterPauses(again);
  return Disposable.from(
    later,
    onRan((ran) => {
      if (ran === uri) again();
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && document.uri.toString() === uri) later();
    }),
  );
}

/** @param step by its index */
export async function jumpToStep(request: ViewServer, uri: string, step: number): Promise<void> {
  const { steps } = (await request<ScenarioTests | null>(method.scenario, { uri })) ?? { steps: [] };
  const range = steps[step]?.range;
  if (range) await jumpTo({ uri, range });
}
