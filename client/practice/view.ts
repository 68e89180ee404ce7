import { commands, ViewColumn, window } from 'vscode';
import { method, type QuestionBank, type QuestionJson } from '../../server/protocol.ts';
import { contextKey } from '../commandIds.ts';
import { type ViewKind, type ViewServer, Views } from '../scenarios/panel.ts';
import { pageFor } from '../webviews/practice/page.ts';
import { openExampleScenario, proofOf } from './examples.ts';
import type { Progress } from './progress.ts';
import type { PracticeStart, PracticeView } from './types.ts';

interface Needed {
  readonly request: ViewServer;
  readonly progress: Progress;
  openTopic(topic: string): unknown;
}

/** The practice questions as one page. */
export class PracticeViews extends Views<PracticeStart, PracticeView> {
  constructor(needed: Needed) {
    super(kindOf(needed), async (start) => {
      const bank = await needed.request<QuestionBank>(method.questions, {});
      return { title: 'Practice questions', ...bank, start, progress: needed.progress.all() };
    });
  }
}

const kindOf = ({ request, progress, openTopic }: Needed): ViewKind<PracticeView, PracticeStart> => ({
  type: 'kms-lens.practice',
  single: true,
  column: ViewColumn.Active,
  page: pageFor,
  async asked({ answered, isRight, prove, openProof, topic, reset }, { questions }, _again, tell) {
    const asked = (id: unknown): QuestionJson | undefined => questions.find((each) => each.id === id);
    if (typeof answered === 'string') {
      void commands.executeCommand('setContext', contextKey.answered, true);
      return tell({ progress: await progress.add(answered, isRight === true) });
    }
    if (typeof topic === 'string') return openTopic(topic);
    if (reset && (await wantsReset())) return tell({ progress: await progress.reset() });
    const proven = asked(prove);
    if (proven) return tell({ proof: { question: proven.id, ...(await proofOf(request, proven.proof.uri)) } });
    const opened = asked(openProof);
    return opened && openExampleScenario(request, opened.proof.uri);
  },
  watch: () => ({ dispose: () => undefined }),
});

async function wantsReset(): Promise<boolean> {
  const forget = 'Forget';
  const message = 'Forget how each question was answered?';
  return (await window.showWarningMessage(message, { modal: true }, forget)) === forget;
}
