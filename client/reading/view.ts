import { ViewColumn } from 'vscode';
import { method, type ReadingPage, type ReadingPlace, type SimulateParams } from '../../server/protocol.ts';
import { openExampleScenario, proofOf } from '../practice/examples.ts';
import type { PracticeStart } from '../practice/types.ts';
import { type ViewKind, type ViewServer, Views } from '../scenarios/panel.ts';
import { pageFor } from '../webviews/reading/page.ts';

interface Needed {
  readonly request: ViewServer;
  practise(start: PracticeStart): unknown;
  follow(asked: SimulateParams): unknown;
}

/** The topics and the tables to compare by, as one page that is turned. */
export class ReadingViews extends Views<ReadingPlace, ReadingPage> {
  constructor(needed: Needed) {
    super(kindOf(needed), (place) => needed.request(method.readingPage, place));
  }
}

const kindOf = ({ request, practise, follow }: Needed): ViewKind<ReadingPage, ReadingPlace> => ({
  type: 'kms-lens.reading',
  single: true,
  column: ViewColumn.Active,
  page: pageFor,
  async asked({ topic, comparison, question, practice, decision, prove, open }, page, again, tell) {
    if (typeof topic === 'string') return again({ topic });
    if (typeof comparison === 'string') return again({ comparison });
    if (typeof question === 'string') return practise({ question });
    if (typeof practice === 'string') return practise({ topic: practice });
    const followed = page.kind === 'topic' ? page.decisions[Number(decision)] : undefined;
    if (followed) return follow(followed.asked);
    const proofs = page.kind === 'topic' ? page.proofs : [];
    const proven = proofs.find(({ uri }) => uri === prove);
    if (proven) return tell({ proof: { uri: proven.uri, ...(await proofOf(request, proven.uri)) } });
    const opened = proofs.find(({ uri }) => uri === open);
    return opened && openExampleScenario(request, opened.uri);
  },
  watch: () => ({ dispose: () => undefined }),
});
