import * as members from '../members.ts';
import { operation } from '../operation.ts';
import { required } from '../shapes.ts';

export const updateKeyDescription = operation({
  name: 'UpdateKeyDescription',
  members: { ...members.onKey, Description: required(members.description) },
  act({ input, key }) {
    key.description = input.Description;
    return {};
  },
});
