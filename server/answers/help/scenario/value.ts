import { envelopeErrorSummary } from '../../../../simulator/facts/envelope-errors.ts';
import { findApiError } from '../../../../simulator/facts/errors.ts';
import { keyStates } from '../../../../simulator/facts/key-states.ts';
import { findConnectionError } from '../../../../simulator/facts/key-stores.ts';
import { findOperation, kmsOperations } from '../../../../simulator/facts/operations.ts';
import { actionPage } from '../../../../simulator/facts/pages.ts';
import { quotaName, type RequestQuota, rateIn, requestQuotas } from '../../../../simulator/facts/quotas.ts';
import { findRegion } from '../../../../simulator/facts/regions.ts';
import { findS3Request } from '../../../../simulator/facts/s3-requests.ts';
import { findServiceOperation, operationsOfService } from '../../../../simulator/facts/service-operations.ts';
import { serviceName } from '../../../../simulator/facts/services.ts';
import { findViaService } from '../../../../simulator/facts/via-services.ts';
import { parseActionPattern } from '../../../../simulator/policy/syntax/action.ts';
import { parsePrincipal } from '../../../../simulator/policy/syntax/principal.ts';
import type { Meaning } from '../../../../simulator/scenario/shape.ts';
import { actionHelp, operationRows } from '../action.ts';
import { arnHelp } from '../arn.ts';
import { CONTEXT, conditionKeyHelp, contextKeyText } from '../condition-key.ts';
import { valueHelp } from '../condition-value.ts';
import { grantOperationHelp } from '../grant-operation.ts';
import { type Help, help } from '../help.ts';
import { keyValueHelp } from '../key-values.ts';
import { code, series } from '../markdown.ts';
import { principalHelp, regionInWords } from '../principal.ts';

/**
 * What a text stands for; undefined where there is no more to say of it than of its member.
 *
 * @param value what stands beside the text, which then is a name
 */
export function meaningHelp(meaning: Meaning, text: string, region: string, value?: string): Help | undefined {
  switch (meaning) {
    case 'operation':
      return operationHelp(text, region) ?? s3RequestHelp(text);
    case 'quota':
      return quotaHelp(text, region);
    case 'grant-operation':
      return grantOperationHelp(text);
    case 'key-value':
      return keyValueHelp(text);
    case 'key-state': {
      const fact = keyStates.find(({ name }) => name === text);
      return (
        fact &&
        help({ about: 'key state', title: code(text), text: [fact.summary], subjects: [`key-state:${fact.name}`] })
      );
    }
    case 'region':
      return findRegion(text) && help({ about: 'Region', title: code(text), text: [`${regionInWords(text)}.`] });
    case 'service':
      return viaHelp(text, region);
    case 'asked-service':
      return askedHelp(text);
    case 'service-operation':
      return serviceOperationHelp(text);
    case 'service-principal':
      return principalHelp(parsePrincipal(text, 'Service'), 'grant');
    case 'principal-arn':
      return principalHelp(parsePrincipal(text, 'AWS'), 'grant');
    case 'arn':
      return arnHelp(text);
    case 'condition-key':
      return (value === undefined ? undefined : valueHelp(value, text)) ?? conditionKeyHelp(text);
    case 'encryption-context':
      return pairHelp(text, value);
    case 'error': {
      const error = findApiError(text);
      return (
        error &&
        help({ about: 'error of AWS KMS', title: code(text), text: [error.summary], subjects: [`error:${error.name}`] })
      );
    }
    case 'envelope-error': {
      const error = findApiError(text);
      const summary = error?.summary ?? envelopeErrorSummary(text);
      return summary === undefined
        ? undefined
        : help({
            about: error ? 'error of AWS KMS' : 'what is wrong with a message',
            title: code(text),
            text: [summary],
            subjects: error ? [`error:${error.name}`] : [],
          });
    }
    case 'connection-error': {
      const error = findConnectionError(text);
      return (
        error && help({ about: 'connection error of a custom key store', title: code(text), text: [error.summary] })
      );
    }
    case 'account':
    case 'resource':
      return undefined;
  }
}

/** An operation by what it asks for; where that has its name, as the action. */
export function operationHelp(text: string, region: string): Help | undefined {
  const name = text.replace(/^kms:/i, '');
  const action = actionHelp(parseActionPattern(`kms:${name}`), region);
  if (action && !/[*?]/.test(name)) return action;
  const operation = findOperation(name);
  if (!operation) return undefined;
  const page = actionPage(operation.name);
  const permissions = operation.permissions.map(({ action: each }) => code(`kms:${each}`));
  return help({
    about: 'operation',
    title: code(operation.name),
    text: [operation.summary],
    rows: [['Permissions', series(permissions)], ...operationRows(operation, operation, region)],
    links: page ? [page] : [],
    subjects: operation.permissions.map(({ action: each }) => `action:${each}` as const),
  });
}

function viaHelp(text: string, region: string): Help | undefined {
  const [service = ''] = text.split('.');
  const name = findViaService(service)?.name ?? serviceName(service);
  if (name === undefined) return undefined;
  const host = text.includes('.') ? text : `${text}.${region}.amazonaws.com`;
  return help({
    about: 'AWS service',
    title: code(text),
    text: [`${name}, in \`kms:ViaService\` ${code(host)}.`],
    subjects: [`service:${service}`],
  });
}

function askedHelp(service: string): Help | undefined {
  const operations = operationsOfService(service).map(({ name }) => code(name));
  if (operations.length === 0) return undefined;
  return help({
    about: 'AWS service',
    title: code(service),
    text: [`${serviceName(service)}. It can be asked for ${series(operations)}.`],
    subjects: [`service:${service}`],
  });
}

/** @param text the service and what is asked of it: `s3 PutObject` */
function serviceOperationHelp(text: string): Help | undefined {
  const [service = '', name = ''] = text.split(' ');
  const operation = findServiceOperation(service, name);
  if (!operation) return undefined;
  const { needs, takes } = operation;
  return help({
    about: `what ${serviceName(service) ?? service} can be asked for`,
    title: code(name),
    text: [operation.summary],
    rows: [
      ['Needs', series(needs.map(code))],
      ...(takes.length > 0 ? [['May have', series(takes.map(code))] as const] : []),
    ],
    subjects: [`service:${service}`],
  });
}

/** A pair of an encryption context: what a service means by it, else what pairs are for. */
function pairHelp(key: string, value: string | undefined): Help {
  const seen = `Conditions see it as ${code(`${CONTEXT}${key}`)}.`;
  const bound = 'A ciphertext is decrypted only with exactly the pairs with which it was encrypted.';
  return help({
    about: 'pair of the encryption context',
    title: value === undefined ? code(key) : `${code(key)} = ${code(value)}`,
    text: [contextKeyText(key), `${seen} ${bound}`],
    subjects: [`condition-key:${CONTEXT}`],
  });
}

function s3RequestHelp(text: string): Help | undefined {
  const request = findS3Request(text);
  return (
    request &&
    help({
      about: 'request to S3',
      title: code(text),
      text: [request.summary],
      rows: [['Calls of KMS', series(request.calls.map((name) => code(name)))]],
    })
  );
}

/** A quota, or all of a group. */
function quotaHelp(text: string, region: string): Help | undefined {
  const quotas = requestQuotas.filter((quota) => quota.group === text || quotaName(quota) === text);
  const [first] = quotas;
  if (!first) return undefined;
  const operations = kmsOperations.filter(({ quota }) => quota.includes(first.group)).map(({ name }) => code(name));
  const rate = (quota: RequestQuota): string => `${rateIn(quota, region).toLocaleString('en-US')} a second`;
  return help({
    about: 'request quota',
    title: code(text),
    text: ['Counts for an account and a Region, whoever owns the keys.'],
    rows: [
      ['Operations', series(operations)],
      ...quotas.map((quota): [string, string] => [
        quotas.length > 1 ? quotaName(quota).replace(/^.* \((.*)\)$/, '$1') : 'Default',
        `${rate(quota)} in \`${region}\`${quota.adjustable ? '' : ', and AWS does not raise it'}`,
      ]),
    ],
    subjects: [`quota:${first.group}`],
  });
}
