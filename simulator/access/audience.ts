import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import type { Caller } from './caller.ts';
import type { StatementResult } from './decision.ts';
import type { PreparedRequest } from './prepared.ts';
import { NOBODY, type PrincipalResult } from './principal/items.ts';
import { hangsOnCaller, matchPrincipal } from './principal/match.ts';
import type { StatementTrace } from './statement-trace.ts';

/** A statement that may name the caller. */
export interface Addressed {
  readonly compiled: CompiledStatement;
  /** What it says of the caller; undefined where that hangs on more than who it is. */
  readonly named: PrincipalResult | undefined;
}

/** Those of the statements that speak of the request's action, in no particular order. */
export function addressedBy(policy: CompiledPolicy, prepared: PreparedRequest): readonly Addressed[] {
  const { request, named, facts } = prepared;
  const speaking = policy.speakingOf(request.action);
  const known = kept.get(speaking)?.get(request.caller)?.addressed;
  if (known) return known;
  const addressed: Addressed[] = [];
  for (const compiled of policy.concerning(request.action, named)) {
    const said = hangsOnCaller(compiled.statement.principal) ? namedIn(compiled, facts) : undefined;
    if (said !== NOBODY) addressed.push({ compiled, named: said });
  }
  if (isAskedAgain(speaking, request.caller)) audienceOf(speaking, request.caller).addressed = addressed;
  return addressed;
}

/**
 * What is written down of the statements that name others, as by far the most of a large key policy do; holes where a
 * statement may concern the caller. In the order of `policy.speakingOf`.
 */
export function bystandersOf(
  policy: CompiledPolicy,
  prepared: PreparedRequest,
  trace: (compiled: CompiledStatement) => StatementTrace,
): Bystanders {
  const { request, named } = prepared;
  const speaking = policy.speakingOf(request.action);
  const audience = audienceOf(speaking, request.caller);
  if (!audience.bystanders) {
    const concerned = new Set(policy.concerning(request.action, named));
    audience.bystanders = speaking.map((compiled) =>
      concerned.has(compiled) ? undefined : aboutOthers(compiled, prepared, trace),
    );
  }
  return audience.bystanders;
}

type Bystanders = readonly (StatementResult | undefined)[];

/** What of a policy hangs on the caller and the action alone: one caller asks often. */
interface Audience {
  addressed: readonly Addressed[] | undefined;
  bystanders: Bystanders | undefined;
}

const kept = new WeakMap<readonly CompiledStatement[], WeakMap<Caller, Audience>>();

function audienceOf(speaking: readonly CompiledStatement[], caller: Caller): Audience {
  let ofCallers = kept.get(speaking);
  if (!ofCallers) {
    ofCallers = new WeakMap();
    kept.set(speaking, ofCallers);
  }
  let audience = ofCallers.get(caller);
  if (!audience) {
    audience = { addressed: undefined, bystanders: undefined };
    ofCallers.set(caller, audience);
  }
  return audience;
}

interface Question {
  readonly speaking: readonly CompiledStatement[];
  readonly caller: Caller;
}

const lately: Question[] = [];
const MOST_LATELY = 32;
let turn = 0;

/** Whether the same was asked a short while ago. To keep what is asked but once would take longer than a verdict. */
function isAskedAgain(speaking: Question['speaking'], caller: Caller): boolean {
  for (const each of lately) if (each.caller === caller && each.speaking === speaking) return true;
  lately[turn] = { speaking, caller };
  turn = (turn + 1) % MOST_LATELY;
  return false;
}

const namedIn = ({ statement, effect }: CompiledStatement, facts: PreparedRequest['facts']): PrincipalResult =>
  matchPrincipal(statement.principal, facts, effect ?? 'Allow');

/** A statement that may name the one who made a federated session is a hole, too. */
function aboutOthers(
  compiled: CompiledStatement,
  { facts }: PreparedRequest,
  makeTrace: (compiled: CompiledStatement) => StatementTrace,
): StatementResult | undefined {
  const named = namedIn(compiled, facts);
  if (named !== NOBODY) return undefined;
  const trace = makeTrace(compiled);
  trace.principal(named);
  return trace.result(false);
}
