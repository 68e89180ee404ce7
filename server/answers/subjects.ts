import type { Subject } from '../../simulator/access/who.ts';

/** `role App of 111122223333`, `whoever else is in 111122223333`. */
export function subjectInWords({ kind, name, caller }: Subject): string {
  switch (kind) {
    case 'root-user':
      return `root user of ${name}`;
    case 'others':
      return `whoever else is in ${name}`;
    case 'anyone':
      return 'anyone in any other account';
    case 'named':
      break;
  }
  switch (caller.type) {
    case 'user':
      return `user ${caller.name} of ${caller.account}`;
    case 'role-session':
      return caller.roleArn === undefined
        ? `session ${caller.sessionName} of role ${caller.roleName} of ${caller.account}`
        : `role ${caller.roleName} of ${caller.account}`;
    case 'federated-user':
      return `federated user ${caller.name} of ${caller.account}`;
    case 'root':
      return `root user of ${caller.account}`;
    case 'service':
      return `service ${caller.service}`;
  }
}
