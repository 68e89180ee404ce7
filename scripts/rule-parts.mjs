// A file of a rule holds its check and its documentation. Findings need the check alone, and reading about rules the
// documentation alone, so the bundles hold the two apart: what `generated/index.ts` imports is left without the one, and
// what `generated/documented.ts` imports without the other. The types of the two promise nothing else.
import { readFile } from 'node:fs/promises';
import { parseAst } from 'rolldown/parseAst';

const DOCUMENTED = '?documented';

/** @returns {import('rolldown').Plugin} */
export function ruleParts() {
  return {
    name: 'rule-parts',
    async resolveId(source, importer) {
      if (!importer || !/[\\/]rules[\\/]generated[\\/]documented\.ts$/.test(importer)) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      return resolved && `${resolved.id}${DOCUMENTED}`;
    },
    load: {
      filter: { id: /\?documented$/ },
      handler: async (id) => ({ code: await readFile(id.slice(0, -DOCUMENTED.length), 'utf8'), moduleType: 'ts' }),
    },
    transform: {
      filter: { id: /[\\/]server[\\/]rules[\\/][^\\/]+\.ts(\?documented)?$/ },
      handler: (code, id) => without(code, id.endsWith(DOCUMENTED) ? 'check' : 'documentation'),
    },
  };
}

/** Empties a member of what is given to `rule()`. Lines keep their numbers, for source maps. */
function without(code, name) {
  for (const { declaration } of parseAst(code, { lang: 'ts' }).body) {
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { init } of declaration.declarations) {
      if (init?.type !== 'CallExpression' || init.callee.name !== 'rule') continue;
      const member = init.arguments[0].properties.find(({ key }) => key?.name === name);
      if (!member) continue;
      const { start, end } = member.value;
      return `${code.slice(0, start)}undefined${code.slice(start, end).replaceAll(/[^\n]/g, '')}${code.slice(end)}`;
    }
  }
  return null;
}
