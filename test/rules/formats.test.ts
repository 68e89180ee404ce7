import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../server/documents/source.ts';
import { fullMessage } from '../../server/rules/diagnostic.ts';
import { fixAll } from '../../server/rules/fix-all.ts';
import { documentedRules } from '../../server/rules/generated/documented.ts';
import { rules } from '../../server/rules/generated/index.ts';
import { type Example, fixesOf } from '../../server/rules/rule.ts';
import { findings } from './harness.ts';

/** Ways in which the same document may be written. Each keeps what it says, broken JSON included. */
const formats: Readonly<Record<string, (text: string) => string>> = {
  'line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'line ends of old Macs': (text) => text.replaceAll('\n', '\r'),
  tabs: (text) => text.replaceAll('  ', '\t'),
  'no line ends': (text) => text.replaceAll(/\n */g, ''),
  'no indentation': (text) => text.replaceAll(/\n */g, '\n'),
  'no final line end': (text) => text.trimEnd(),
  'space around everything': (text) =>
    `\n\n  ${text.replaceAll(/"(?:[^"\\]|\\.)*"|[{}[\],:](?=[\s"])/g, (part) => (part.startsWith('"') ? part : ` ${part} `))}\n \n`,
  'a byte order mark': (text) => `\uFEFF${text}`,
  'letters beyond the first plane': (text) => text.replace('{', `{ "${freeText(text)}": "Schlüssel für Bücher 🔑", `),
  'escapes in names': (text) =>
    text.replaceAll('"Resource"', '"\\u0052esource"').replaceAll('"Action"', '"Act\\u0069on"'),
};

/** A member that takes any text, in policies and in scenarios. */
const freeText = (text: string): string => (/^\{\s*"(principals|keys)"/.test(text) ? 'description' : 'Id');

const cases = Object.entries(formats).flatMap(([format, write]) =>
  documentedRules
    // What these count is the format itself.
    .filter(({ id }) => id !== 'policy-size' && id !== 'kms-policy-size-bytes' && id !== 'kms-policy-charset')
    .filter(({ documentation }) => write(documentation.bad.text) !== documentation.bad.text)
    .filter(
      ({ documentation }) => format !== 'letters beyond the first plane' || !documentation.bad.text.includes('"Id"'),
    )
    .map((rule) => [rule.id, format, rule.documentation.bad, write] as const),
);

describe.each(cases)('%s with %s', (id, _, bad, write) => {
  const document = open({ ...bad, text: write(bad.text) });
  // Key policies take no letters beyond Latin-1, and one of the formats is about just these.
  const found = (each: SourceDocument) =>
    findings(each, { about: id, ...(bad.facts ? { facts: bad.facts } : {}) }).filter(
      ({ rule }) => rule.id === id || rule.id !== 'kms-policy-charset',
    );

  test('is found all the same, at the same part', () => {
    expect(found(document).map(summary)).toEqual(found(open(bad)).map(summary));
    expect(found(document).map(({ rule }) => rule.id)).toEqual([id]);
  });

  test('is mended all the same', () => {
    const mended = open({ ...bad, text: fixAll(document, { rules }) });
    const plain = open({ ...bad, text: fixAll(open(bad), { rules }) });
    expect(found(mended).map(summary)).toEqual(found(plain).map(summary));
  });
});

test.each(documentedRules.map(({ id, documentation }) => [id, documentation.bad] as const))(
  '%s keeps the line ends of the document when it mends',
  (_, bad) => {
    const text = bad.text.replaceAll('\n', '\r\n');
    expect(fixAll(open({ ...bad, text }), { rules }).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  },
);

function open({ file, text }: Example): SourceDocument {
  return new SourceDocument({ uri: file, text });
}

function summary({ rule, finding, pointer, severity }: ReturnType<typeof findings>[number]): unknown {
  const fixes = fixesOf(finding).map(({ title, safe }) => [title, safe]);
  return { id: rule.id, message: fullMessage(finding), pointer, severity, fixes };
}
