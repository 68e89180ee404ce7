import { fromValue } from '../../simulator/json/node.ts';
import { CompiledPolicy } from '../../simulator/policy/compile.ts';
import { readPolicy } from '../../simulator/policy/document.ts';

/** The SCP that AWS attaches to every target of an organization, until somebody detaches it. */
export const fullAwsAccess = new CompiledPolicy(
  readPolicy(
    fromValue({
      Version: '2012-10-17',
      Statement: [{ Sid: 'FullAWSAccess', Effect: 'Allow', Action: '*', Resource: '*' }],
    }),
    [],
  ),
  'FullAWSAccess',
);
