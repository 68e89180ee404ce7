import { type CodeLens, CodeLensRefreshRequest } from 'vscode-languageserver';
import { toPointer } from '../../simulator/json/place.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { expandAction } from '../../simulator/policy/syntax/action.ts';
import type { SourceDocument } from '../documents/source.ts';
import { clientCommand, type Range, serverCommand, type Verdict } from '../protocol.ts';
import type { Session } from '../session.ts';
import type { Settings } from '../settings.ts';
import { answer, type Feature } from './feature.ts';
import { scenarioLenses, usingScenariosLens } from './scenario-lens.ts';

/** The lenses on a policy and on each of its statements, and the last verdict beside the one that was asked. */
export const codeLens: Feature = {
  id: 'code-lens',
  register(session) {
    session.connection.onCodeLens(({ textDocument: { uri } }) =>
      answer(session, 'placing lenses', [], async () => {
        const source = session.source(uri);
        return source ? lensesOf(session, source) : [];
      }),
    );
  },
};

export async function lensesOf(session: Session, source: SourceDocument): Promise<CodeLens[]> {
  const settings = await session.settingsOf(source.uri);
  if (source.scenario) return scenarioLenses(session, source, settings);
  return [
    ...policyLenses(session, source, settings),
    ...(source.policy ? await usingScenariosLens(session, source, settings) : []),
  ];
}

export async function refreshCodeLens(session: Session): Promise<void> {
  if (session.client.refreshCodeLens) await session.connection.sendRequest(CodeLensRefreshRequest.type);
}

function policyLenses(session: Session, source: SourceDocument, settings: Settings): CodeLens[] {
  const policy = source.policy?.policy;
  const { kind, candidates } = source.kind;
  const simulated = kind ?? candidates[0];
  if (!policy || (simulated !== 'key-policy' && simulated !== 'iam-policy')) return [];
  const make = new LensMaker(session, source, settings, simulated === 'key-policy');
  const top = source.rangeOf({ path: policy.base });
  make.simulate(top, undefined);
  make.envelope(top, undefined);
  for (const statement of policy.statements) {
    const range = source.rangeOf({ path: statement.path });
    // A policy on one line has room for the document's lenses only.
    if (range.start.line === top.start.line) continue;
    make.simulate(range, statement);
    if (carriesData(statement)) make.envelope(range, statement);
    make.newScenario(range, statement);
  }
  return [...make.lenses, ...make.verdict()];
}

class LensMaker {
  readonly lenses: CodeLens[] = [];
  private readonly session: Session;
  private readonly source: SourceDocument;
  private readonly settings: Settings;
  private readonly onKey: boolean;

  constructor(session: Session, source: SourceDocument, settings: Settings, onKey: boolean) {
    this.session = session;
    this.source = source;
    this.settings = settings;
    this.onKey = onKey;
  }

  simulate(range: Range, statement: Statement | undefined): void {
    if (!this.settings.codeLens.simulate.enabled) return;
    this.add(
      'Simulate access…',
      this.command(clientCommand.simulateAccess, serverCommand.simulateAccess),
      range,
      statement,
    );
  }

  envelope(range: Range, statement: Statement | undefined): void {
    if (!this.settings.codeLens.envelope.enabled || !this.onKey) return;
    this.add(
      'Envelope round trip',
      this.command(clientCommand.envelopeRoundTrip, serverCommand.envelopeRoundTrip),
      range,
      statement,
    );
  }

  newScenario(range: Range, statement: Statement): void {
    if (this.settings.codeLens.scenario.enabled && this.knows(clientCommand.newScenario))
      this.add('New scenario', clientCommand.newScenario, range, statement);
  }

  /** The verdict stands above the line that decided, one click from its explanation. */
  verdict(): CodeLens[] {
    const shown = this.session.verdicts.get(this.source.uri);
    if (!shown || !this.knows(clientCommand.openReport)) return [];
    const { range, report, verdict, wantsIdentityPolicies, canAllow } = shown;
    const lenses: CodeLens[] = [
      {
        range,
        command: {
          title: `${ICON[verdict]} ${verdict}: explain`,
          command: clientCommand.openReport,
          arguments: [{ uri: report }],
        },
      },
    ];
    if (wantsIdentityPolicies && this.knows(clientCommand.decideWithIdentityPolicies)) {
      const command = clientCommand.decideWithIdentityPolicies;
      lenses.push({
        range,
        command: { title: 'Decide with identity policies…', command, arguments: [{ uri: this.source.uri }] },
      });
    }
    if (canAllow && this.knows(clientCommand.allowThis)) {
      const command = clientCommand.allowThis;
      lenses.push({ range, command: { title: 'Allow this…', command, arguments: [{ uri: this.source.uri }] } });
    }
    return lenses;
  }

  private add(title: string, command: string, range: Range, statement: Statement | undefined): void {
    const target = { uri: this.source.uri, ...(statement ? { statement: toPointer(statement.path) } : {}) };
    const at = { start: range.start, end: range.start };
    this.lenses.push({ range: at, command: { title, command, arguments: [target] } });
  }

  private command(client: string, server: string): string {
    return this.knows(client) ? client : server;
  }

  private knows(command: string): boolean {
    return this.session.options.clientCommands?.includes(command) === true;
  }
}

const ICON: Readonly<Record<Verdict, string>> = { allowed: '✓', denied: '✗', depends: '?' };

const DATA_ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext'];

/** Whether a statement lets somebody encrypt or decrypt. */
const carriesData = ({ action, effect }: Statement): boolean =>
  effect === 'Allow' &&
  action !== undefined &&
  (action.negated || action.items.some(({ pattern }) => expandAction(pattern, DATA_ACTIONS).length > 0));
