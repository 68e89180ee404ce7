import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../server/config/read.ts';
import { rememberPolicies } from '../../../server/config/remember.ts';
import { applyTextEdits } from '../../../server/documents/edits.ts';
import { SourceDocument } from '../../../server/documents/source.ts';

const uri = 'file:///w/.kms-lens.json';
const app = 'arn:aws:iam::111122223333:role/App';

function remembered(text: string, ...policies: readonly string[]): string {
  const answer = rememberPolicies(
    uri,
    text,
    app,
    policies.map((name) => `file:///w/${name}`),
  );
  if ('problem' in answer) throw new Error(answer.problem);
  return applyTextEdits(new SourceDocument({ uri, text, languageId: 'jsonc' }), answer.edits);
}

const listed = (text: string): readonly string[] | undefined => {
  const { values, problems } = readConfig(uri, text);
  expect(problems).toEqual([]);
  return values.principals.get(app)?.policies?.map(({ text: path }) => path);
};

describe('an entry', () => {
  test('begins a file', () => {
    expect(remembered('', 'p/app.iam-policy.json')).toBe(`{
  "principals": {
    "${app}": {
      "policies": [
        "p/app.iam-policy.json"
      ]
    }
  }
}
`);
  });

  test('joins a file, in its indentation and below its comments', () => {
    const text = '// ours\n{\n    "account": "111122223333" // production\n}\n';
    const result = remembered(text, 'a.json');
    expect(result).toContain('// ours');
    expect(result).toContain('// production');
    expect(result).toContain('\n        "arn:aws');
    expect(listed(result)).toEqual(['a.json']);
  });

  test('follows comments that stand alone', () => {
    const result = remembered('// nothing yet\n', 'a.json');
    expect(result).toMatch(/^\/\/ nothing yet\n\{/);
    expect(listed(result)).toEqual(['a.json']);
  });

  test('says that there are none', () => {
    expect(listed(remembered('{}'))).toEqual([]);
  });

  test('keeps what else is said of the principal, and every comment in the list', () => {
    const text = `{
  "principals": {
    "${app}": {
      "permissionsBoundary": "b.json", // agreed
      "policies": [
        // for the API
        "api.json",
        "old.json", // until May
        /* last */ "queue.json"
      ]
    }
  }
}
`;
    const result = remembered(text, 'api.json', 'new.json');
    expect(listed(result)).toEqual(['api.json', 'new.json']);
    for (const comment of ['// agreed', '// for the API', '// until May', '/* last */'])
      expect(result).toContain(comment);
    expect(result).toContain('"permissionsBoundary": "b.json"');
  });

  test('changes nothing where it stands there already', () => {
    const text = remembered('', 'a.json');
    expect(rememberPolicies(uri, text, app, ['file:///w/a.json'])).toEqual({ edits: [] });
  });
});

describe('a file that cannot be understood is left to its owner', () => {
  test.each([
    ['{ "principals": ', 'it is no proper JSON'],
    ['[]', 'it is no JSON object'],
    ['{ "principals": [] }', '`principals` is no object'],
    [`{ "principals": { "${app}": [] } }`, 'is no object'],
    [`{ "principals": { "${app}": { "policies": "a.json" } } }`, 'are no list of paths'],
  ])('%s', (text, problem) => {
    expect(rememberPolicies(uri, text, app, [])).toEqual({ problem: expect.stringContaining(problem) });
  });
});

test('whatever was listed and is chosen, the file is whole, says it, and loses no comment', () => {
  const names = fc.uniqueArray(fc.constantFrom('a.json', 'b.json', 'c.json', 'd.json'));
  const separators = fc.array(fc.constantFrom('', '\n', ' // x\n', ' /* , */ ', '\n// y\n'), {
    minLength: 12,
    maxLength: 12,
  });
  fc.assert(
    fc.property(names, names, separators, fc.boolean(), (before, after, gaps, trailing) => {
      const at = (index: number): string => gaps[index] ?? '';
      const elements = before.map((name, index) => `${at(2 * index)}"${name}"${at(2 * index + 1)}`);
      const list = `[${elements.join(',')}${trailing && before.length > 0 ? ',' : ''}${at(11)}]`;
      const text = `{ "principals": { "${app}": { "policies": ${list} } } }`;
      const result = remembered(text, ...after);
      expect([...(listed(result) ?? [])].sort()).toEqual([...after].sort());
      const comments = (of: string): string[] => of.match(/\/\/ \w|\/\* , \*\//g) ?? [];
      expect(comments(result)).toEqual(comments(text));
    }),
  );
});
