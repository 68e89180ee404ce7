import { languages, type TextDocument, window } from 'vscode';
import { KMS_LANGUAGES } from './languages.ts';

/** Gives the document the language of key policies, for as long as it is open. */
export async function treatAsKeyPolicy(document: TextDocument): Promise<void> {
  await languages.setTextDocumentLanguage(document, 'kms-key-policy');
}

/** Asks which kind of document this is and gives it the language of that kind. */
export async function setKind(document: TextDocument): Promise<void> {
  const items = KMS_LANGUAGES.map(({ id, label, files }) => ({
    id,
    label,
    description: id === document.languageId ? 'now' : '',
    detail: `${files} has this kind by its name`,
  }));
  const chosen = await window.showQuickPick(items, {
    title: 'Set the kind of this policy',
    placeHolder: 'what is this document?',
  });
  if (chosen !== undefined) await languages.setTextDocumentLanguage(document, chosen.id);
}
