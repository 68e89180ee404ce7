import { actionNames } from '../../simulator/facts/actions.ts';
import {
  findServicePrincipal,
  type ServicePrincipalFact,
  serviceLinkedRoles,
} from '../../simulator/facts/service-principals.ts';
import type { PolicyDocument, PrincipalItem, Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { expandAction, parseActionPattern } from '../../simulator/policy/syntax/action.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { allows } from './support/home-account.ts';
import { isKnown } from './support/spoken.ts';

const statement = (action: string): string => `
{
  "Sid": "Sign the zone",
  "Effect": "Allow",
  "Principal": { "Service": "dnssec-route53.amazonaws.com" },
  "Action": ${action},
  "Resource": "*",
  "Condition": {
    "StringEquals": { "aws:SourceAccount": "111122223333" }
  }
},
{
  "Sid": "Let the zone keep the key",
  "Effect": "Allow",
  "Principal": { "Service": "dnssec-route53.amazonaws.com" },
  "Action": "kms:CreateGrant",
  "Resource": "*",
  "Condition": {
    "Bool": { "kms:GrantIsForAWSResource": "true" },
    "StringEquals": { "aws:SourceAccount": "111122223333" }
  }
}`;

export const kmsServiceRecipeIncomplete = rule({
  id: 'kms-service-recipe-incomplete',
  group: 'suspicious',
  kinds: ['key-policy'],
  title: 'a service that lacks an action of its recipe',
  documentation: {
    what:
      'A key policy that allows CloudWatch Logs, Route 53 DNSSEC or EC2 Auto Scaling some of the actions that AWS lists for it, ' +
      'and not all.',
    why: 'The service asks for all of them. Without one it fails, often long after the policy was written.',
    spares:
      'Other services, whose needs depend on what they do; policies with everyone or somebody unknown as a principal.',
    bad: keyPolicyWith(statement('["kms:DescribeKey", "kms:Sign"]')),
    good: keyPolicyWith(statement('["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]')),
    sources: [
      {
        title: 'Amazon Route 53 Developer Guide: Working with customer managed keys for DNSSEC',
        url: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html',
      },
      {
        title: 'Amazon EC2 Auto Scaling User Guide: Required AWS KMS key policy for use with encrypted volumes',
        url: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html',
      },
      {
        title: 'Amazon CloudWatch Logs User Guide: Encrypt log data in CloudWatch Logs using AWS KMS',
        url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
      },
    ],
  },
  check: {
    policy(policy, { report }) {
      for (const { fact, item, statements } of clientsOf(policy)) {
        const missing = neededBy(fact).filter((pattern) => !covers(statements, pattern));
        if (missing.length === 0) continue;
        const [first] = statements;
        const list = first?.action;
        const isList = list?.items.every(({ path }) => path.length === list.path.length + 1);
        const canAdd = list && isList && !list.negated && !missing.includes('kms:CreateGrant');
        report({
          at: { path: item.path },
          message: `\`${item.text}\` lacks ${missing.map((each) => `\`${each}\``).join(', ')}`,
          why: `AWS lists it among what ${fact.service} needs on the key`,
          next: missing.includes('kms:CreateGrant')
            ? 'allow it in a statement with `kms:GrantIsForAWSResource`'
            : 'add it to the actions',
          fixes: canAdd
            ? [
                {
                  title: `add ${missing.map((each) => `\`${each}\``).join(', ')}`,
                  safe: false,
                  edits: missing.map((value, index) => ({
                    op: 'insert' as const,
                    path: [...list.path, list.items.length + index],
                    value,
                  })),
                },
              ]
            : [],
        });
      }
    },
  },
});

interface Client {
  readonly fact: ServicePrincipalFact;
  /** Where it is named first. */
  readonly item: PrincipalItem;
  readonly statements: Statement[];
}

/** The services with a strict recipe that statements name; none where somebody unknown may be one of them. */
function clientsOf({ statements }: PolicyDocument): Iterable<Client> {
  const clients = new Map<string, Client>();
  for (const statement of statements) {
    const named = clientsIn(statement);
    if (!named) return [];
    for (const { fact, item } of named) {
      const client = clients.get(item.text) ?? { fact, item, statements: [] };
      client.statements.push(statement);
      clients.set(item.text, client);
    }
  }
  return clients.values();
}

/** Those of one statement; undefined where somebody unknown may be one of them. */
const clientsIn = perStatement((statement): readonly Omit<Client, 'statements'>[] | undefined => {
  const { effect, principal } = statement;
  if (effect === 'Deny') return [];
  if (!isKnown(statement) || !principal || principal.negated) return undefined;
  const clients: Omit<Client, 'statements'>[] = [];
  for (const item of principal.items) {
    const { kind } = item.pattern;
    if (kind === 'everyone' || kind === 'unknown' || kind === 'every-service') return undefined;
    const fact = factOf(item);
    if (fact) clients.push({ fact, item });
  }
  return clients;
});

const STRICT: ReadonlySet<string> = new Set(['logs.${Region}.amazonaws.com', 'dnssec-route53.amazonaws.com']);

function factOf({ text, pattern }: PrincipalItem): ServicePrincipalFact | undefined {
  if (pattern.kind === 'role' && pattern.name === 'AWSServiceRoleForAutoScaling') return serviceLinkedRoles[0];
  const fact = pattern.kind === 'service' ? findServicePrincipal(text)?.fact : undefined;
  return fact && STRICT.has(fact.name) ? fact : undefined;
}

function neededBy({ recipe }: ServicePrincipalFact): readonly string[] {
  return recipe?.flatMap(({ actions }) => actions) ?? [];
}

/** Whether statements allow one of the actions that a pattern of a recipe stands for: AWS writes them wider than needed. */
function covers(statements: readonly Statement[], pattern: string): boolean {
  const names = expandAction(parseActionPattern(pattern), ALL).map((action) => action.slice('kms:'.length));
  return statements.some((statement) => names.some((name) => allows(statement, name)));
}

const ALL = actionNames.map((name) => `kms:${name}`);
