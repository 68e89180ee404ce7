import { expect, test } from 'vitest';
import { parseJson } from '../../../simulator/json/parse.ts';
import { toPointer } from '../../../simulator/json/place.ts';
import { type GrantDocument, readGrants } from '../../../simulator/policy/grant.ts';

function read(value: unknown): GrantDocument['grants'] {
  const { root } = parseJson(JSON.stringify(value));
  return root ? readGrants(root).grants : [];
}

test('the input of CreateGrant, each part with its place', () => {
  const [grant] = read({
    KeyId: 'k',
    Name: 'n',
    GranteePrincipal: 'a',
    RetiringServicePrincipal: 's',
    Operations: ['Decrypt', 1, 'Sign'],
    Constraints: { EncryptionContextEquals: { b: 'c', d: 1 }, SourceArn: 'e' },
  });
  expect(grant?.keyId?.text).toBe('k');
  expect(grant?.name?.text).toBe('n');
  expect(grant?.grantee).toMatchObject({ text: 'a', type: 'aws' });
  expect(grant?.retiring).toMatchObject({ text: 's', type: 'service' });
  expect(grant?.operations.map(({ text, path }) => `${text} ${toPointer(path)}`)).toEqual([
    'Decrypt /Operations/0',
    'Sign /Operations/2',
  ]);
  expect(grant?.context).toMatchObject({
    name: 'EncryptionContextEquals',
    path: ['Constraints', 'EncryptionContextEquals'],
    pairs: [{ key: 'b', text: 'c', path: ['Constraints', 'EncryptionContextEquals', 'b'] }],
  });
  expect(toPointer(grant?.sourceArn?.path ?? [])).toBe('/Constraints/SourceArn');
});

test.each([
  ['a grant', {}, ['']],
  ['a list', [{}, {}], ['/0', '/1']],
  ['the output of ListGrants', { Grants: [{}, 1, {}], Truncated: false }, ['/Grants/0', '/Grants/2']],
  ['a list of outputs', [{ Grants: [{}] }, {}], ['/0/Grants/0', '/1']],
  ['nothing of the kind', 'x', []],
])('%s', (_, value, pointers) => {
  expect(read(value).map(({ path }) => toPointer(path))).toEqual(pointers);
});

test('both constraints on the encryption context', () => {
  const [grant] = read({ Constraints: { EncryptionContextEquals: {}, EncryptionContextSubset: { a: 'b' } } });
  expect(grant?.contexts.map(({ name, pairs }) => [name, pairs.length])).toEqual([
    ['EncryptionContextSubset', 1],
    ['EncryptionContextEquals', 0],
  ]);
});

test('members of wrong types are missing', () => {
  const [grant] = read({ GranteePrincipal: 1, Operations: 'Decrypt', Constraints: [], KeyId: {} });
  expect(grant).toMatchObject({
    grantee: undefined,
    retiring: undefined,
    operations: [],
    context: undefined,
    sourceArn: undefined,
    keyId: undefined,
  });
});
