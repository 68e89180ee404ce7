import type { DocumentLink } from 'vscode-languageserver';
import { findAction } from '../../simulator/facts/actions.ts';
import { findGrantOperation } from '../../simulator/facts/grant-operations.ts';
import { actionPage } from '../../simulator/facts/pages.ts';
import type { Path } from '../../simulator/json/place.ts';
import { grantsOf } from '../documents/grants.ts';
import type { SourceDocument } from '../documents/source.ts';
import { REPORT_SCHEME } from '../protocol.ts';
import { answer, type Feature } from './feature.ts';

/** The links of reports, and for whom wants them links from actions to the KMS API Reference: editors underline each. */
export const documentLink: Feature = {
  id: 'document-link',
  register(session) {
    session.connection.onDocumentLinks(({ textDocument: { uri } }) =>
      answer(session, 'linking', [], async () => {
        if (uri.startsWith(`${REPORT_SCHEME}:`)) return [...session.reports.links(uri)];
        const source = session.source(uri);
        const { documentLinks } = await session.settingsOf(uri);
        return source && documentLinks.actions ? linksOf(source) : [];
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
