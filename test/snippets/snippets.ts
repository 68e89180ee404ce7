import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { SourceDocument } from '../../server/documents/source.ts';
import { root } from '../frame/sources.ts';
import { expand } from './expand.ts';

export interface Snippet {
  readonly language: string;
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  /** The lines as VS Code joins them. */
  readonly body: string;
}

interface SnippetEntry {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** Every snippet, by the language of its file. */
export const snippets: readonly Snippet[] = manifest.contributes.jsonLanguageParticipants.flatMap(
  ({ languageId: language }) => {
    const entries: Record<string, SnippetEntry> = JSON.parse(
      readFileSync(join(root, `snippets/${language}.json`), 'utf8'),
    );
    return Object.entries(entries).map(([name, entry]) => ({ language, name, ...entry, body: entry.body.join('\n') }));
  },
);

export function snippetOf(language: string, prefix: string): Snippet {
  const found = snippets.find((each) => each.language === language && each.prefix === prefix);
  if (!found) throw new Error(`${language} has no snippet \`${prefix}\``);
  return found;
}

/**
 * The document that a snippet makes: itself, or what it is put into, a Statement array or a grant that lacks its
 * constraints. A member goes to the end of its object, so that its place needs a comma before it and none after.
 */
export function textOf({ prefix, body }: Snippet, typed?: ReadonlyMap<number, string>): string {
  const text = expand(body, typed);
  if (prefix.startsWith('statement-')) return `{\n\t"Version": "2012-10-17",\n\t"Statement": [\n${text}\n\t]\n}\n`;
  if (prefix.startsWith('constraints-')) return `${GRANT.slice(0, -2)},\n${text}\n}\n`;
  return `${text}\n`;
}

export function documentOf(snippet: Snippet, typed?: ReadonlyMap<number, string>): SourceDocument {
  return new SourceDocument({ uri: 'snippet.json', languageId: snippet.language, text: textOf(snippet, typed) });
}

const GRANT = `{
	"KeyId": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
	"GranteePrincipal": "arn:aws:iam::111122223333:role/OrdersWorker",
	"RetiringPrincipal": "arn:aws:iam::111122223333:role/KeyAdmin",
	"Operations": ["Decrypt", "GenerateDataKey"]
}`;
