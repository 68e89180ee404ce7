import { principalArnOf } from '../../access/caller.ts';
import { contextText } from '../../envelope/round-trip/run.ts';
import type { KmsError } from '../../kms/errors.ts';
import type { Session } from '../../kms/steps/session.ts';
import type { ServiceExpectation } from '../../scenario/file.ts';
import type { CallFailure, StepPart } from '../../scenario/step.ts';
import type { Errand, MadeCall } from '../errand.ts';
import type { ServiceRefusal } from '../operations.ts';

export function failureOf(error: KmsError | ServiceRefusal): CallFailure {
  const { name, message, remedy } = error;
  return { name, message, remedy };
}

/** Whether exactly these calls were made, in this order. */
export function callsFit(expected: ServiceExpectation['calls'], { made }: Errand, session: Session): boolean {
  if (!expected) return true;
  return (
    expected.length === made.length &&
    made.every((call, index) => {
      const wanted = expected[index];
      if (typeof wanted === 'string' || wanted === undefined) return wanted === call.operation;
      const context = pairsOf(call);
      return (
        wanted.call === call.operation &&
        (wanted.as === undefined || isBy(wanted.as, call, session)) &&
        Object.entries(wanted.encryptionContext ?? {}).every(([name, value]) => context[name] === value)
      );
    })
  );
}

/** A role stands for all of its sessions. */
function isBy(text: string, { hand: { caller } }: MadeCall, session: Session): boolean {
  const named = session.callerOf(text).caller;
  if (named.type === 'service' || caller.type === 'service')
    return named.type === 'service' && caller.type === 'service' && named.service === caller.service;
  return named.arn === caller.arn || text === principalArnOf(caller);
}

function pairsOf({ input }: MadeCall): Readonly<Record<string, string>> {
  const constraints = input['Constraints'] as Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  const given = input['EncryptionContext'] ?? input['DestinationEncryptionContext'];
  const constrained = constraints?.['EncryptionContextSubset'] ?? constraints?.['EncryptionContextEquals'];
  return (given ?? constrained ?? {}) as Readonly<Record<string, string>>;
}

/** The calls of KMS, one after the other. */
export function partsOf({ made }: Errand): StepPart[] {
  return made.map((call): StepPart => {
    const { operation, decision, error } = call;
    return {
      title: operation,
      outcome: error ? 'stopped' : 'ok',
      facts: factsOf(call).flatMap(([what, value]) => (value === undefined ? [] : [[what, value] as const])),
      ...(error ? { error: failureOf(error) } : {}),
      ...(decision ? { decision } : {}),
    };
  });
}

function factsOf(call: MadeCall): readonly (readonly [what: string, value: string | undefined])[] {
  const { hand, input, output, region, operation } = call;
  const { via } = hand.context;
  const text = (name: string): string | undefined => {
    const value = input[name];
    return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : undefined;
  };
  const context = pairsOf(call);
  const constraints = Object.keys((input['Constraints'] as object | undefined) ?? {});
  return [
    ['called by', hand.shown],
    ['kms:ViaService', via && `${via}.${region}.amazonaws.com`],
    ['key', keyOf(output) ?? text('KeyId')],
    ['grantee', text('GranteePrincipal') ?? text('GranteeServicePrincipal')],
    ['operations', text('Operations')],
    [
      operation === 'CreateGrant'
        ? `constraint${constraints.length > 0 ? ` ${constraints.join(', ')}` : ''}`
        : 'encryption context',
      Object.keys(context).length > 0 ? contextText(context).replaceAll('`', '') : undefined,
    ],
  ];
}

const keyOf = (output: object | undefined): string | undefined => {
  const { KeyId, KeyMetadata } = (output ?? {}) as { KeyId?: unknown; KeyMetadata?: { readonly Arn?: unknown } };
  const key = KeyMetadata?.Arn ?? KeyId;
  return typeof key === 'string' ? key : undefined;
};
