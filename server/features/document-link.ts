import type { DocumentLink } from 'vscode-languageserver';
import { findAction } from '../../simulator/facts/actions.ts';
import { findDocumentKind } from '../../simulator/facts/document-kinds.ts';
import { findGrantOperation } from '../../simulator/facts/grant-operations.ts';
import { actionPage } from '../../simulator/facts/pages.ts';
import type { Path } from '../../simulator/json/place.ts';
import { policyUri, rootOfScenario } from '../config/scenario-files.ts';
import { grantsOf } from '../documents/grants.ts';
import type { SourceDocument } from '../documents/source.ts';
import { REPORT_SCHEME } from '../protocol.ts';
import { answer, type Feature } from './feature.ts';

/** The links of reports, from scenarios to their policies, and for whom wants them links from actions to the KMS API Reference: editors underline each. */
export const documentLink: Feature = {
  id: 'document-link',
  register(session) {
    session.connection.onDocumentLinks(({ textDocument: { uri } }) =>
      answer(session, 'linking', [], async () => {
        if (uri.startsWith(`${REPORT_SCHEME}:`)) return [...session.reports.links(uri)];
        const source = session.source(uri);
        if (!source) return [];
        const { documentLinks } = await session.settingsOf(uri);
        const policies = policyLinksOf(source, rootOfScenario(uri, session.roots));
        return documentLinks.actions ? [...policies, ...linksOf(source)] : policies;
      }),
    );
  },
};

export function linksOf(source: SourceDocument): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const { action } of source.policy?.policy.statements ?? []) {
    for (const { pattern, path } of action?.items ?? []) {
      const isOurs = pattern.kind === 'pattern' && pattern.service === 'kms' && !pattern.wildcards;
      if (isOurs && findAction(pattern.name)) add(pattern.name, path, pattern.text.length);
    }
  }
  for (const { operations } of grantsOf(source)?.grants ?? []) {
    for (const { text, path } of operations) if (findGrantOperation(text)) add(text, path, text.length);
  }
  return links;

  function add(name: string, path: Path, length: number): void {
    const page = actionPage(name);
    // The quotes are no part of the link.
    const range = source.rangeOf({ path, span: { start: 0, end: length } });
    if (page) links.push({ range, target: page.url, tooltip: page.title });
  }
}

/** From the paths in a scenario to the policies, be they there or not: editors offer to make a file that is missing. */
export function policyLinksOf(source: SourceDocument, root: string): DocumentLink[] {
  return (source.scenario?.policies ?? []).flatMap(({ file, path, kind }) => {
    const target = file === undefined ? undefined : policyUri(source.uri, file, root);
    if (file === undefined || target === undefined) return [];
    const range = source.rangeOf({ path, span: { start: 0, end: file.length } });
    const tooltip = findDocumentKind(kind)?.title;
    return [{ range, target, ...(tooltip ? { tooltip } : {}) }];
  });
}
