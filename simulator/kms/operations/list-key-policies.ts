import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../page.ts';

export const listKeyPolicies = operation({
  name: 'ListKeyPolicies',
  members: { ...members.onKey, ...members.pages(1000) },
  act({ input }) {
    const { page, more } = pageOf(['default'], (name) => name, input, 100);
    return { PolicyNames: page, ...more };
  },
});
