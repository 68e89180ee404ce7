import type { Action } from './action.ts';
import { addAccount } from './add-account.ts';
import { addStatement } from './add-statement.ts';
import { makeGrant } from './make-grant.ts';
import { pinEveryone } from './pin-everyone.ts';
import { restrictToService } from './restrict-to-service.ts';
import { sortDocument } from './sort-document.ts';
import { sortStatement } from './sort-statement.ts';
import { splitStatement } from './split-statement.ts';

/** Every way to rewrite a policy, in the order in which they are offered: what is about a statement first. */
export const actions: readonly Action[] = [
  restrictToService,
  pinEveryone,
  splitStatement,
  makeGrant,
  sortStatement,
  sortDocument,
  addAccount,
  addStatement,
];
