import { describe, expect, test } from 'vitest';
import { documentedPatterns, findDocumentedPattern } from '../../../simulator/facts/action-patterns.ts';
import { actionNames } from '../../../simulator/facts/actions.ts';
import { findGrantMember, grantMembers, grantMembersAt } from '../../../simulator/facts/grant-members.ts';
import { servicePrincipals } from '../../../simulator/facts/service-principals.ts';
import { expandAction, parseActionPattern } from '../../../simulator/policy/syntax/action.ts';

describe('documented patterns', () => {
  const every = actionNames.map((name) => `kms:${name}`);

  test.each(documentedPatterns.map(({ pattern }) => pattern))('%s covers actions', (pattern) => {
    expect(expandAction(parseActionPattern(pattern), every).length).toBeGreaterThan(0);
    expect(findDocumentedPattern(pattern.toUpperCase())?.pattern).toBe(pattern);
  });

  test('each stands once, and those of the recipes are among them', () => {
    const patterns = documentedPatterns.map(({ pattern }) => pattern);
    expect(new Set(patterns).size).toBe(patterns.length);
    const recipes = servicePrincipals.flatMap(({ recipe = [] }) => recipe.flatMap(({ actions }) => actions));
    expect(patterns).toEqual(expect.arrayContaining(recipes.filter((action) => action.includes('*'))));
  });
});

describe('members of grants', () => {
  test('are found by name, and what rules out another is ruled out by it', () => {
    for (const { name, level, instead = [] } of grantMembers) {
      expect(findGrantMember(name, level)?.name).toBe(name);
      for (const other of instead) expect(findGrantMember(other, level)?.instead, other).toEqual([name]);
    }
    expect(findGrantMember('keyid', 'grant')).toBeUndefined();
  });

  test('CreateGrant wants a key and operations', () => {
    expect(grantMembers.filter(({ required }) => required).map(({ name }) => name)).toEqual(['KeyId', 'Operations']);
  });

  test('constraints on the encryption context exclude each other, and the source stands beside either', () => {
    expect(grantMembersAt('constraints').map(({ name, instead }) => [name, instead])).toEqual([
      ['EncryptionContextSubset', ['EncryptionContextEquals']],
      ['EncryptionContextEquals', ['EncryptionContextSubset']],
      ['SourceArn', undefined],
    ]);
  });
});
