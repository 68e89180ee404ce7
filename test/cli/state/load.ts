import { Agent, request } from 'node:http';
import { requestFor } from '../../simulator/endpoint/world.ts';

/** Calls of one connection, and what was acknowledged of them. */
export interface Answer {
  readonly status: number;
  readonly value: Record<string, never>;
}

/** Undefined where no answer came: the process was killed. */
export function call(url: string, operation: string, input: object, agent?: Agent): Promise<Answer | undefined> {
  const { headers, body } = requestFor({ operation, input });
  return send(url, '/', headers, body, agent);
}

export function control(url: string, name: string, input: object): Promise<Answer | undefined> {
  return send(url, `/_kms-lens/${name}`, { host: '127.0.0.1' }, Buffer.from(JSON.stringify(input)));
}

function send(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  agent?: Agent,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const sent = request(`${url}${path}`, { method: 'POST', headers, ...(agent ? { agent } : {}) }, (response) => {
      let text = '';
      response.on('data', (data) => {
        text += data;
      });
      response.on('error', () => resolve(undefined));
      response.on('close', () => {
        if (!response.complete) return resolve(undefined);
        resolve({ status: response.statusCode ?? 0, value: text === '' ? {} : JSON.parse(text) });
      });
    });
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
}

/** What a key must be like, by all that was acknowledged. A change that nobody was told of may have happened or not. */
interface Expected {
  readonly arn: string;
  readonly description: Field;
  readonly tag: Field;
  readonly state: Field;
  readonly policy: Field;
  readonly rotations: { count: number; unsure: boolean };
  readonly aliases: Set<string>;
  readonly grants: Set<string>;
  readonly gone: Set<string>;
  readonly sealed: { readonly blob: string; readonly text: string }[];
}

class Field {
  values: unknown[];

  constructor(value: unknown) {
    this.values = [value];
  }

  /** It is being changed: until somebody is told, it is one or the other. */
  async change(value: unknown, doing: Promise<Answer | undefined>): Promise<void> {
    const before = this.values;
    this.values = [...before, value];
    const answer = await doing;
    if (answer?.status === 200) this.values = [value];
    else if (answer && answer.status < 500) this.values = before;
  }
}

/** Mixed calls on keys of its own, one after the other. */
export class Client {
  readonly keys: Expected[] = [];
  readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  acknowledged = 0;
  private readonly name: string;
  private count = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Until the process is killed. */
  async run(url: string): Promise<void> {
    while (await this.step(url)) this.acknowledged++;
    this.agent.destroy();
  }

  private async step(url: string): Promise<boolean> {
    this.count++;
    const ask = async (operation: string, input: object): Promise<Answer | undefined> => {
      const answer = await call(url, operation, input, this.agent);
      if (answer && answer.status !== 200) throw new Error(`${operation}: ${JSON.stringify(answer.value)}`);
      return answer;
    };
    const key = this.keys[Math.floor(Math.random() * this.keys.length)];
    if (!key || (this.keys.length < 6 && Math.random() < 0.2)) {
      const answer = await ask('CreateKey', { Description: 'new', Tags: [{ TagKey: 't', TagValue: '0' }] });
      if (answer) this.keys.push(expectedOf(answer));
      return answer !== undefined;
    }
    const KeyId = key.arn;
    const text = `${this.name}-${this.count}`;
    const changing = async (field: Field, value: unknown, operation: string, input: object): Promise<boolean> => {
      const doing = ask(operation, input);
      await field.change(value, doing);
      return (await doing) !== undefined;
    };
    switch (Math.floor(Math.random() * 10)) {
      case 0:
        return changing(key.description, text, 'UpdateKeyDescription', { KeyId, Description: text });
      case 1:
        return changing(key.tag, text, 'TagResource', { KeyId, Tags: [{ TagKey: 't', TagValue: text }] });
      case 2: {
        const isOff = Math.random() < 0.3;
        if (!(await changing(key.state, 'Disabled', 'DisableKey', { KeyId }))) return false;
        return isOff || changing(key.state, 'Enabled', 'EnableKey', { KeyId });
      }
      case 3: {
        const Policy = policyOf(this.count);
        return changing(key.policy, Policy, 'PutKeyPolicy', { KeyId, Policy });
      }
      case 4: {
        if (key.rotations.count > 8 || !(await enabled(key, ask))) return true;
        key.rotations.unsure = true;
        const answer = await ask('RotateKeyOnDemand', { KeyId });
        if (!answer) return false;
        key.rotations.unsure = false;
        key.rotations.count++;
        return true;
      }
      case 5: {
        const AliasName = `alias/${text}`;
        const answer = await ask('CreateAlias', { AliasName, TargetKeyId: KeyId });
        if (answer) key.aliases.add(AliasName);
        return answer !== undefined;
      }
      case 6: {
        if (!(await enabled(key, ask))) return true;
        const grant = { KeyId, GranteePrincipal: 'arn:aws:iam::111122223333:root', Operations: ['Decrypt'] };
        const answer = await ask('CreateGrant', grant);
        if (answer) key.grants.add(String(answer.value['GrantId']));
        return answer !== undefined;
      }
      case 7: {
        const [GrantId] = key.grants;
        if (GrantId === undefined) return true;
        key.grants.delete(GrantId);
        const answer = await ask('RevokeGrant', { KeyId, GrantId });
        if (answer) key.gone.add(GrantId);
        return answer !== undefined;
      }
      default: {
        if (!(await enabled(key, ask))) return true;
        const answer = await ask('Encrypt', { KeyId, Plaintext: Buffer.from(text).toString('base64') });
        if (answer) key.sealed.push({ blob: String(answer.value['CiphertextBlob']), text });
        return answer !== undefined;
      }
    }
  }
}

type Ask = (operation: string, input: object) => Promise<Answer | undefined>;

/** Turns a key on that is off; false where no answer came. */
async function enabled(key: Expected, ask: Ask): Promise<boolean> {
  if (key.state.values.length === 1 && key.state.values[0] === 'Enabled') return true;
  const doing = ask('EnableKey', { KeyId: key.arn });
  await key.state.change('Enabled', doing);
  return (await doing) !== undefined;
}

function expectedOf({ value }: Answer): Expected {
  const { Arn } = value['KeyMetadata'] as unknown as { readonly Arn: string };
  return {
    arn: Arn,
    description: new Field('new'),
    tag: new Field('0'),
    state: new Field('Enabled'),
    policy: new Field(undefined),
    rotations: { count: 0, unsure: false },
    aliases: new Set(),
    grants: new Set(),
    gone: new Set(),
    sealed: [],
  };
}

const policyOf = (count: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: `S${count}`, Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
    ],
  });

/** All that is not as it was acknowledged; what was open is settled by what is found. */
export async function losses(url: string, key: Expected, agent: Agent): Promise<string[]> {
  const ask = async (operation: string, input: object = {}) => {
    const answer = await call(url, operation, { KeyId: key.arn, ...input }, agent);
    if (answer?.status !== 200) throw new Error(`${operation} ${key.arn}: ${JSON.stringify(answer?.value)}`);
    return answer.value as unknown as Record<string, Record<string, unknown>[] & Record<string, unknown>>;
  };
  const lost: string[] = [];
  const see = (name: string, field: Field, found: unknown): void => {
    if (!field.values.includes(found) && field.values[0] !== undefined)
      lost.push(`${name} of ${key.arn} is ${String(found)}, not ${field.values.join(' or ')}`);
    field.values = [found];
  };
  const { KeyMetadata } = await ask('DescribeKey');
  see('description', key.description, KeyMetadata?.['Description']);
  see('state', key.state, KeyMetadata?.['KeyState']);
  see('tag', key.tag, (await ask('ListResourceTags'))['Tags']?.find(({ TagKey }) => TagKey === 't')?.['TagValue']);
  see('policy', key.policy, (await ask('GetKeyPolicy'))['Policy']);
  const rotations = (await ask('ListKeyRotations'))['Rotations']?.length ?? 0;
  const { count, unsure } = key.rotations;
  if (rotations !== count && !(unsure && rotations === count + 1))
    lost.push(`rotations of ${key.arn}: ${rotations}, not ${count}`);
  Object.assign(key.rotations, { count: rotations, unsure: false });
  const aliases = new Set((await ask('ListAliases', { Limit: 100 }))['Aliases']?.map(({ AliasName }) => AliasName));
  for (const name of key.aliases) if (!aliases.has(name)) lost.push(`${name} is lost`);
  const grants = new Set((await ask('ListGrants', { Limit: 100 }))['Grants']?.map(({ GrantId }) => GrantId));
  for (const id of key.grants) if (!grants.has(id)) lost.push(`grant ${id} is lost`);
  for (const id of key.gone) if (grants.has(id)) lost.push(`grant ${id} is back`);
  if (key.sealed.length > 0 && key.state.values[0] !== 'Enabled') {
    await ask('EnableKey');
    key.state.values = ['Enabled'];
  }
  for (const { blob, text } of key.sealed.slice(-5)) {
    const { Plaintext } = await ask('Decrypt', { CiphertextBlob: blob });
    if (Buffer.from(String(Plaintext), 'base64').toString() !== text) lost.push(`${text} is not decrypted`);
  }
  return lost;
}
