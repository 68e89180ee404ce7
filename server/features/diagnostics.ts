import {
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentDiagnosticReportKind,
  type Diagnostic as LspDiagnostic,
} from 'vscode-languageserver';
import { readConfig } from '../config/read.ts';
import { isConfigUri } from '../config/uris.ts';
import type { SourceDocument } from '../documents/source.ts';
import { type Diagnostic, fullMessage } from '../rules/diagnostic.ts';
import { type Severity, tagsOf } from '../rules/rule.ts';
import { CONFIGURATION_PAGE, ruleUrl } from '../rules/url.ts';
import type { Session } from '../session.ts';
import { answer, type Feature } from './feature.ts';

/** Pulled where the client can, pushed after each change where it cannot. */
export const diagnostics: Feature = {
  id: 'diagnostics',
  register(session) {
    session.connection.languages.diagnostics.on(({ textDocument: { uri } }) =>
      answer(session, 'diagnosing', { kind: DocumentDiagnosticReportKind.Full, items: [] }, async () => ({
        kind: DocumentDiagnosticReportKind.Full,
        items: await itemsOf(session, uri),
      })),
    );
    session.documents.onDidChangeContent(({ document: { uri } }) => {
      push(session, uri);
      refreshWhoConsulted(session, [uri]);
    });
    session.scenarioPolicies.onChange = () => void refreshDiagnostics(session);
    session.documents.onDidClose(({ document: { uri } }) => {
      if (!session.client.pullDiagnostics) void session.connection.sendDiagnostics({ uri, diagnostics: [] });
      // What counts from now on is what is stored.
      refreshWhoConsulted(session, [uri]);
    });
  },
};

/** After a change of documents: findings in others may rest on them. */
export function refreshWhoConsulted(session: Session, uris: readonly string[]): void {
  if (!uris.some((uri) => session.consulted.has(uri))) return;
  session.scenarioPolicies.expire();
  void refreshDiagnostics(session);
}

/** After a change of settings: asks the client to pull again, or pushes. */
export async function refreshDiagnostics(session: Session): Promise<void> {
  if (session.client.pullDiagnostics && session.client.refreshDiagnostics)
    return session.connection.languages.diagnostics.refresh();
  for (const uri of session.documents.keys()) push(session, uri);
}

function push(session: Session, uri: string): void {
  if (session.client.pullDiagnostics) return;
  void answer(session, 'diagnosing', undefined, async () => {
    const version = session.documents.get(uri)?.version;
    const items = await itemsOf(session, uri);
    // The text may have changed meanwhile; results of an older version are never shown.
    if (session.documents.get(uri)?.version === version)
      await session.connection.sendDiagnostics({
        uri,
        diagnostics: items,
        ...(version === undefined ? {} : { version }),
      });
  });
}

async function itemsOf(session: Session, uri: string): Promise<LspDiagnostic[]> {
  const source = session.source(uri);
  return source ? findingsIn(session, source) : [];
}

/** What the client is shown of a document, open or not. */
export async function findingsIn(session: Session, source: SourceDocument): Promise<LspDiagnostic[]> {
  if (isConfigUri(source.uri)) return configItems(session, source);
  return (await session.tell(source)).map((diagnostic) => toLsp(source, diagnostic));
}

/** What a `.kms-lens.json` gets wrong. */
function configItems(session: Session, { uri, text }: SourceDocument): LspDiagnostic[] {
  const { document, problems } = readConfig(uri, text, session.configs.roots);
  return problems
    .filter(({ isSyntax }) => !(isSyntax && session.options.jsonService && session.documents.get(uri)))
    .map(({ span, message }) => ({
      range: document.rangeOfSpan(span),
      severity: DiagnosticSeverity.Error,
      code: 'configuration',
      codeDescription: { href: CONFIGURATION_PAGE },
      source: 'KMS Lens',
      message,
    }));
}

/** A finding as the protocol has it. */
export function toLsp(source: SourceDocument, diagnostic: Diagnostic): LspDiagnostic {
  const { rule, severity, finding, range, pointer } = diagnostic;
  return {
    range,
    severity: SEVERITY[severity],
    code: rule.id,
    codeDescription: { href: ruleUrl(rule.id) },
    source: 'KMS Lens',
    message: fullMessage(finding),
    ...(finding.tags ? { tags: finding.tags.map((tag) => TAG[tag]) } : {}),
    ...(finding.related
      ? {
          relatedInformation: finding.related.map(({ place, message }) => ({
            location: { uri: source.uri, range: source.rangeOf(place) },
            message,
          })),
        }
      : {}),
    data: { rule: rule.id, group: rule.group, tags: tagsOf(rule), ...(pointer === undefined ? {} : { pointer }) },
  };
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

const TAG = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;
