import { valueOf } from '../../simulator/json/node.ts';
import type { Grant } from '../../simulator/policy/grant.ts';
import { rule } from './rule.ts';
import { createGrantGuide, grantWith, lacksMembers } from './support/grants.ts';

export const grantCreategrantUnconstrained = rule({
  id: 'grant-creategrant-unconstrained',
  group: 'hardening',
  kinds: ['grant'],
  title: 'a grant that can be passed on without a constraint',
  documentation: {
    what: 'A grant that allows `CreateGrant` and has no constraint.',
    why: 'Its grantee can give the operations of the grant to anybody, who may pass them on in turn. A constraint goes over to every grant that is made from this one.',
    spares: 'Grants with a constraint, and what a template may bring in.',
    bad: grantWith({ Operations: ['Decrypt', 'CreateGrant'] }),
    good: grantWith({
      Operations: ['Decrypt', 'CreateGrant'],
      Constraints: { EncryptionContextSubset: { order: '42' } },
    }),
    sources: [createGrantGuide],
  },
  check: {
    grant(grant, { report }) {
      const passing = grant.operations.find(({ text }) => text === 'CreateGrant');
      if (!passing || !isUnconstrained(grant)) return;
      report({
        at: { path: passing.path },
        message: 'the grantee can pass the grant on to anybody',
        why: 'no constraint goes over to the grants that are made from it',
        next: 'add a constraint on the encryption context, or leave `CreateGrant` out',
      });
    },
  },
});

function isUnconstrained({ object }: Grant): boolean {
  const constraints = valueOf(object, 'Constraints');
  if (constraints === undefined) return lacksMembers(object, 'grant', 'Constraints');
  return constraints.type === 'object' && lacksMembers(constraints, 'constraints', ...CONSTRAINTS);
}

const CONSTRAINTS = ['EncryptionContextSubset', 'EncryptionContextEquals', 'SourceArn'];
