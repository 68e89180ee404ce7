/**
 * The custom requests between client and server, and what they carry: types and names only, so that the client may
 * import this file and nothing else of the server. Everything here is plain JSON.
 */

/** Sent in `initialize`; every field may be missing, as it is for editors that know nothing of KMS Lens. */
export interface InitializationOptions {
  /** The editor reports JSON syntax and duplicate members itself; the server then keeps quiet about both. */
  readonly jsonService?: boolean;
  /** Commands that the client has registered; lenses name these, and `kms-lens.server.*` where the client has none. */
  readonly clientCommands?: readonly string[];
}

/** Ids of the commands that the client registers. */
export const clientCommand = {
  simulateAccess: 'kms-lens.simulateAccess',
  runAgain: 'kms-lens.runAgain',
  decideWithIdentityPolicies: 'kms-lens.decideWithIdentityPolicies',
  envelopeRoundTrip: 'kms-lens.envelopeRoundTrip',
  openReport: 'kms-lens.openReport',
  allowThis: 'kms-lens.allowThis',
  whoCanUse: 'kms-lens.whoCanUse',
  whatCanDo: 'kms-lens.whatCanDo',
  runScenario: 'kms-lens.runScenario',
  explainStep: 'kms-lens.explainStep',
  copyCommandLine: 'kms-lens.copyCommandLine',
  newScenario: 'kms-lens.newScenario',
  showTrail: 'kms-lens.showTrail',
  openTrail: 'kms-lens.openTrail',
  showTimeline: 'kms-lens.showTimeline',
  inspectEncryptedMessage: 'kms-lens.inspectEncryptedMessage',
  practice: 'kms-lens.practice',
  openTopic: 'kms-lens.openTopic',
  followDecision: 'kms-lens.followDecision',
  startLocalKms: 'kms-lens.startLocalKms',
} as const;

/** Ids of the commands that the server executes, for editors without a client of ours. */
export const serverCommand = {
  simulateAccess: 'kms-lens.server.simulateAccess',
  envelopeRoundTrip: 'kms-lens.server.envelopeRoundTrip',
  runScenario: 'kms-lens.server.runScenario',
  explainStep: 'kms-lens.server.explainStep',
  openTrail: 'kms-lens.server.openTrail',
  openTimeline: 'kms-lens.server.openTimeline',
  inspectEncryptedMessage: 'kms-lens.server.inspectEncryptedMessage',
} as const;

/** The scheme of the read-only documents that the server writes: explanations and round trips. */
export const REPORT_SCHEME = 'kms-lens';

/** The scheme of the examples that the server carries with it. */
export const EXAMPLE_SCHEME = 'kms-lens-example';

/** The configuration file, in any folder of a workspace. */
export const CONFIG_NAME = '.kms-lens.json';

export const method = {
  /** {@link AccessOptionsParams} → {@link AccessOptions} or null where the document holds no policy. */
  accessOptions: 'kmsLens/accessOptions',
  /** {@link SimulateParams} → {@link SimulateResult}. */
  simulate: 'kmsLens/simulate',
  /** {@link SimulateParams} → {@link DecisionView}. */
  decisionView: 'kmsLens/decisionView',
  /** {@link EnvelopeParams} → {@link EnvelopeResult}. */
  envelope: 'kmsLens/envelope',
  /** {@link EnvelopeParams} → {@link EnvelopeView}. Cancellable. */
  envelopeView: 'kmsLens/envelopeView',
  /** {@link RememberParams} → {@link RememberResult}. */
  remember: 'kmsLens/remember',
  /** {@link ClearParams} → nothing: forget the verdicts shown for a document. */
  clear: 'kmsLens/clear',
  /** {@link AllowParams} → {@link AllowOption} list: the changes that would alter the verdict shown for a document. */
  allowThis: 'kmsLens/allowThis',
  /** {@link AccessTableParams} → {@link AccessTableResult}. */
  accessTable: 'kmsLens/accessTable',
  /** {@link ScenarioParams} → {@link ScenarioTests}, or null where the document cannot be read. */
  scenario: 'kmsLens/scenario',
  /** {@link RunScenarioParams} → {@link ScenarioRun}. Cancellable. */
  runScenario: 'kmsLens/runScenario',
  /** {@link StepParams} → {@link StepExplanation}. */
  explainStep: 'kmsLens/explainStep',
  /** {@link StepParams} → a command line that asks the same, as text. */
  commandLine: 'kmsLens/commandLine',
  /** {@link ScenarioParams} of a policy → {@link ScenarioUseJson} list: the scenarios that use it. */
  scenariosOf: 'kmsLens/scenariosOf',
  /** {@link AccessViewParams} → {@link AccessView}. */
  accessView: 'kmsLens/accessView',
  /** {@link ScenarioParams} → {@link TrailView} of the last run; a scenario that did not run is run. */
  trailView: 'kmsLens/trailView',
  /** {@link ScenarioParams} → {@link TrailDocument}. */
  trail: 'kmsLens/trail',
  /** {@link ScenarioParams} → {@link TimelineView} since the last run; where there was none, of a play of its own. */
  timelineView: 'kmsLens/timelineView',
  /** {@link ScenarioParams} → {@link TimelineDocument}. */
  timeline: 'kmsLens/timeline',
  /** {@link DocumentTarget} of a policy → {@link NewScenario}. */
  newScenario: 'kmsLens/newScenario',
  /** Nothing → {@link QuestionBank}. */
  questions: 'kmsLens/questions',
  /** Nothing → {@link ReadingOutline}. */
  reading: 'kmsLens/reading',
  /** {@link ReadingPlace} → {@link ReadingPage}. */
  readingPage: 'kmsLens/readingPage',
  /** {@link ScenarioParams} of an example → {@link ExampleText}. */
  example: 'kmsLens/example',
  /** {@link InspectParams} → {@link InspectResult}. Cancellable. */
  inspectMessage: 'kmsLens/inspectMessage',
  /** {@link LocalKmsParams} → {@link LocalKmsWorld}. */
  localKmsWorld: 'kmsLens/localKmsWorld',
  /** {@link KeepReportParams} → the URI of a read-only document, as text. */
  keepReport: 'kmsLens/keepReport',
} as const;

/** Sent to the client: the parameters of each notification. */
export const notification = {
  /** {@link StepDone}: a step of a run that goes on. */
  stepDone: 'kmsLens/stepDone',
} as const;

/** A statement of a document, as an RFC 6901 pointer; left out, the document as a whole. */
export interface DocumentTarget {
  readonly uri: string;
  readonly statement?: string;
}

export type AccessOptionsParams = DocumentTarget;

/** What a document lets a person ask: offered first, never a limit. */
export interface AccessOptions {
  readonly kind: 'key-policy' | 'iam-policy' | 'scp' | 'rcp' | 'vpce-policy';
  /** The accounts that may own the key, most likely first. More than one: ask. None: ask. */
  readonly keyAccounts: readonly string[];
  readonly region: string;
  readonly principals: readonly PrincipalOption[];
  readonly actions: readonly ActionOption[];
  /** Condition keys that the document tests and that a request has to bring. */
  readonly contextKeys: readonly ContextKeyOption[];
  /** The encryption context that the statement or the document asks for. */
  readonly encryptionContext: Readonly<Record<string, string>>;
}

export interface PrincipalOption {
  /** An ARN, or `service:logs.us-east-1.amazonaws.com` for a service that calls as itself. */
  readonly principal: string;
  /** In words: `role App of 111122223333`. */
  readonly description: string;
  /** Named by the statement that was asked about. */
  readonly inStatement: boolean;
}

export interface ActionOption {
  /** `kms:Decrypt`. */
  readonly action: string;
  readonly description: string;
  readonly inStatement: boolean;
}

export interface ContextKeyOption {
  /** As the document writes it: `kms:ViaService`. */
  readonly key: string;
  /** The values that the document compares with; wildcards are kept. */
  readonly values: readonly string[];
  readonly description: string;
  readonly inStatement: boolean;
}

/** A whole what-if question. */
export interface SimulateRequest {
  /** An ARN, `root`, `root:444455556666` or `service:logs.us-east-1.amazonaws.com`. */
  readonly principal: string;
  /** `kms:Decrypt` or `Decrypt`. */
  readonly action: string;
  /** The account that owns the key; needed where the document names none or several. */
  readonly keyAccount?: string;
  /** The key's ARN; left out, a key of `keyAccount`. */
  readonly key?: string;
  readonly region?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** Condition keys; these win over what the simulator derives. A multivalued key takes a list. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** `s3` for a request that S3 forwards; sets `kms:ViaService`. */
  readonly via?: string;
}

export interface SimulateParams extends DocumentTarget {
  readonly request: SimulateRequest;
  /** Identity policies of the principal. Left out: unknown, so a delegated principal depends on them. */
  readonly identityPolicies?: readonly PolicyText[];
  /** Show the verdict in the document until it is edited. Default true. */
  readonly show?: boolean;
}

/** A policy by its file; the text is read by the server where it is left out. */
export interface PolicyText {
  readonly uri: string;
  readonly text?: string;
}

/** The answer. `decision` has the shape of `kms-lens simulate --format json`. */
export interface SimulateResult {
  readonly decision: DecisionJson;
  /** For the end of the line: `allowed by "Allow use of the key"`. */
  readonly summary: string;
  /** Where the summary stands: the deciding statement, else the statement asked about, else the first line. */
  readonly range: Range;
  /** The read-only document that explains the verdict. */
  readonly report: string;
  /** The verdict hangs on identity policies that nobody gave: offer the workspace's. */
  readonly wantsIdentityPolicies: boolean;
  /** A change of the documents would let the request in: offer it. */
  readonly canAllow: boolean;
}

/** A decision as it was made, layer by layer. */
export interface DecisionView {
  /** `Decrypt: denied`. */
  readonly title: string;
  /** Left out where a call was decided, and nobody asked. */
  readonly asked?: SimulateParams;
  readonly verdict: Verdict;
  /** One sentence. */
  readonly because: string;
  /** Who asked for what. */
  readonly request: readonly (readonly [what: string, value: string])[];
  readonly steps: readonly DecisionStep[];
}

/** A layer of policies, and what it says. */
export interface DecisionStep {
  /** `key policy`. */
  readonly title: string;
  /** `on`: hands the decision on; `none`: has no say. */
  readonly mark: 'yes' | 'no' | 'unknown' | 'on' | 'none';
  /** What it does, as the end of a sentence about it. */
  readonly words: string;
  /** The verdict is its doing. */
  readonly decides: boolean;
  readonly statements: readonly DecisionStatement[];
}

/** A statement or a grant that was looked at. */
export interface DecisionStatement {
  readonly name: string;
  readonly effect: string;
  readonly matched: boolean | 'unknown';
  readonly at?: { readonly uri: string; readonly range: Range };
  /** Its elements, each with what the request brought. */
  readonly parts: readonly { readonly name: string; readonly matched: boolean | 'unknown'; readonly words: string }[];
}

/** Writes the policies of a principal into the `.kms-lens.json` nearest to a document, so that nobody is asked again. */
export interface RememberParams {
  readonly uri: string;
  /** An ARN. */
  readonly principal: string;
  /** URIs of its identity policies; empty: it has none. */
  readonly identityPolicies: readonly string[];
}

export interface RememberResult {
  /** The configuration file. */
  readonly uri: string;
  /** There is none yet: it has to be made. */
  readonly isNew: boolean;
  /** The changes of its text; empty where it says so already. */
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

export type Verdict = 'allowed' | 'denied' | 'depends';

/** What came of a step of a scenario, as `kms-lens test --format json` has it. */
export interface StepJson {
  /** Its place among the steps, from 0. */
  readonly index: number;
  readonly name: string;
  readonly kind: 'can' | 'call' | 'wait' | 'envelope' | 'backend' | 'service' | 'load';
  /** `fail`: it went otherwise than expected; `error`: it could not be run; `info`: it expects nothing. */
  readonly outcome: 'pass' | 'fail' | 'error' | 'info';
  /** The step's `expect`, as written. */
  readonly expected?: unknown;
  /** The same of what happened. */
  readonly actual?: unknown;
  /** One sentence: why it came so. */
  readonly message: string;
  readonly milliseconds: number;
  /** The statement or grant that decided, where one did. */
  readonly deciding?: StatementRefJson;
}

/** A mistake in a scenario, for which nothing of the file was run. */
export interface ScenarioErrorJson {
  readonly message: string;
  /** RFC 6901; missing where the text is no JSON. */
  readonly pointer?: string;
  /** From 0, as in the Language Server Protocol. */
  readonly range: Range;
}

export interface ScenarioJson {
  readonly file: string;
  readonly description?: string;
  readonly steps: readonly StepJson[];
  readonly errors: readonly ScenarioErrorJson[];
}

export interface ScenarioParams {
  readonly uri: string;
}

/** What a scenario would run. */
export interface ScenarioTests {
  readonly uri: string;
  /** Of the text that this was read from; undefined where it is not open. */
  readonly version?: number;
  readonly description?: string;
  readonly steps: readonly ScenarioTest[];
  /** The names of what it declares. */
  readonly principals: readonly string[];
  readonly keys: readonly string[];
  readonly errors: readonly ScenarioErrorJson[];
}

export interface ScenarioTest {
  readonly index: number;
  readonly name: string;
  readonly range: Range;
  /** Whether it expects something. */
  readonly expects: boolean;
}

export interface RunScenarioParams {
  readonly uri: string;
  /** The steps that are wanted, by index. Left out: all. */
  readonly steps?: readonly number[];
  /** Given back in {@link StepDone}, so that runs can be told apart. Left out: no step is told of. */
  readonly run?: number;
}

export interface ScenarioRun {
  readonly uri: string;
  readonly steps: readonly StepDoneJson[];
  /** Mistakes in the file, for which nothing of it was run. */
  readonly errors: readonly ScenarioErrorJson[];
  readonly coverage: readonly DocumentCoverageJson[];
  /** `12 steps passed`. */
  readonly summary: string;
}

/** The result of a step with places for an editor. */
export interface StepDoneJson extends StepJson {
  readonly range: Range;
  /** Of a call. */
  readonly answer?: CallAnswerJson;
  /** Of an envelope round trip: what it did one after the other. */
  readonly parts?: readonly StepPartJson[];
  /** What decided. */
  readonly decidingAt?: { readonly uri: string; readonly range: Range };
}

export interface StepPartJson {
  readonly title: string;
  readonly outcome: 'ok' | 'stopped' | 'skipped';
  /** Sizes, fingerprints and whatever else is no secret. */
  readonly facts: readonly (readonly [what: string, value: string])[];
  /** Why it stopped. */
  readonly error?: CallFailureJson;
}

export interface CallFailureJson {
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
}

export interface CallAnswerJson {
  readonly operation: string;
  /** Long bytes cut short and secret ones left out. */
  readonly response?: Readonly<Record<string, unknown>>;
  readonly error?: CallFailureJson;
  /** The name under which later steps find the response. */
  readonly saved?: string;
}

export interface StepDone {
  readonly run: number;
  readonly uri: string;
  readonly step: StepDoneJson;
}

/** How many steps each statement of a document applied to. */
export interface DocumentCoverageJson {
  readonly uri: string;
  readonly statements: readonly StatementCoverageJson[];
}

export interface StatementCoverageJson {
  readonly range: Range;
  /** `“Allow use of the key”`. */
  readonly name: string;
  readonly steps: number;
  /** Steps that looked at it, and it did not apply, or may not. */
  readonly considered: number;
}

export interface StepParams {
  readonly uri: string;
  /** The step, by index. */
  readonly step: number;
}

export interface StepExplanation {
  readonly summary: string;
  readonly report: string;
}

/**
 * Who can use a key, or what a principal can do. Of a scenario, one of the two is there, as the name that the scenario has
 * for it, and a principal is asked about with all of its keys; of a policy, it is what {@link AccessTableParams} ask.
 */
export type AccessViewParams = AccessTableParams;

export interface AccessView {
  /** `Who can use orders`. */
  readonly title: string;
  readonly rows: readonly AccessViewRow[];
  /** The same as text. */
  readonly text: string;
}

export interface AccessViewRow {
  /** The principal or, where that is the question, the key. */
  readonly subject: string;
  /** The ARN behind the name. */
  readonly detail: string;
  /** Without `kms:`, those with a common beginning together: `GenerateDataKey*`. */
  readonly operations: readonly string[];
  readonly verdict: Verdict;
  /** Each way in, what limits it and what takes it away, a sentence each, with the statements that say so. */
  readonly reasons: readonly AccessViewReason[];
}

export interface AccessViewReason {
  readonly text: string;
  readonly statements: readonly {
    readonly name: string;
    readonly at?: { readonly uri: string; readonly range: Range };
  }[];
  /** What has to hold. */
  readonly provisos: readonly string[];
}

/** What CloudTrail recorded in the last run of a scenario that called something. */
export interface TrailView {
  readonly uri: string;
  /** `CloudTrail of orders`. */
  readonly title: string;
  /** In the order in which they happened. */
  readonly rows: readonly TrailRow[];
  /** The scenario says something else by now. */
  readonly isOld: boolean;
}

export interface TrailRow {
  /** `2026-01-15 09:00:00`, in UTC. */
  readonly time: string;
  readonly event: string;
  /** The name that the scenario gives, else an ARN or a service; empty for what KMS does by itself. */
  readonly principal: string;
  /** The ARN behind a name. */
  readonly arn: string;
  /** The keys and aliases that it is about. */
  readonly keys: readonly string[];
  /** The account that it was recorded in. */
  readonly account: string;
  readonly region: string;
  readonly error?: string;
  /** The step that caused it. */
  readonly step: { readonly index: number; readonly name: string };
  /** The event as CloudTrail has it. */
  readonly record: object;
}

/** The same as the text of a log file, in a read-only document. */
export interface TrailDocument {
  readonly summary: string;
  /** The URI of the document. */
  readonly report: string;
  /** `{ "Records": [ … ] }`. */
  readonly text: string;
}

/** What happened to the keys of a scenario, and when. */
export interface TimelineView {
  readonly uri: string;
  /** `Timeline of orders`. */
  readonly title: string;
  /** The scenario says something else by now. */
  readonly isOld: boolean;
  /** So much happened that the rest was left out. */
  readonly isCut: boolean;
  /** In the order in which they came, from the start to the end. Spans and marks say which by its index. */
  readonly moments: readonly TimelineMoment[];
  /** One for each key, and one for what is about no key. */
  readonly lanes: readonly TimelineLane[];
}

export interface TimelineMoment {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `2026-01-15 09:00:00`, in UTC. */
  readonly time: string;
}

export interface TimelineLane {
  /** What the scenario calls the key. */
  readonly name: string;
  /** Its ARN; empty where the lane is about no key. */
  readonly arn: string;
  /** What tells it from keys of the same name: its Region. */
  readonly region: string;
  readonly spans: readonly TimelineSpan[];
  readonly marks: readonly TimelineMark[];
}

/** For how long a key was in a state. */
export interface TimelineSpan {
  /** As KMS calls it; `gone` once it is deleted. */
  readonly state: string;
  readonly from: number;
  readonly to: number;
}

export const timelineKinds = [
  'made',
  'state',
  'rotation',
  'material',
  'policy',
  'alias',
  'tags',
  'grant',
  'deletion',
  'calls',
  'error',
  'throttling',
] as const;

export type TimelineKind = (typeof timelineKinds)[number];

export interface TimelineMark {
  readonly moment: number;
  readonly kind: TimelineKind;
  /** `Rotated automatically`. */
  readonly title: string;
  /** Who called, by the name of the scenario; empty where nobody did. */
  readonly by: string;
  /** In sentences: what AWS says of an error. */
  readonly detail: string;
  readonly changes: readonly { readonly what: string; readonly before?: string; readonly after?: string }[];
  readonly facts: readonly (readonly [what: string, value: string])[];
  /** The step in which it happened. */
  readonly step: { readonly index: number; readonly name: string };
}

/** The same as text, in a read-only document. */
export interface TimelineDocument {
  readonly summary: string;
  /** The URI of the document. */
  readonly report: string;
  readonly text: string;
}

/** A scenario that uses a policy. */
export interface ScenarioUseJson {
  readonly uri: string;
  readonly steps: number;
}

/** A scenario that passes, made from a statement. */
export interface NewScenario {
  /** Where it would stand, beside the policy; no such file is there yet. */
  readonly uri: string;
  readonly text: string;
}

export interface DecisionJson {
  readonly version: 1;
  readonly verdict: Verdict;
  readonly kind: 'explicit' | 'implicit';
  /** The deciding layer. */
  readonly by: string;
  /** One sentence. */
  readonly because: string;
  readonly blockers: readonly { readonly layer: string; readonly kind: 'explicit' | 'implicit' }[];
  /** What a verdict of `depends` hangs on, a sentence each. */
  readonly needs: readonly string[];
  readonly assumed: readonly string[];
  /** AWS's own words for a denial; missing where they are not known. */
  readonly message?: MessageJson;
  /** The smallest changes that would let the request in: all of these together. Empty where there are none. */
  readonly changes: readonly ChangeJson[];
  /** Other changes that would do instead, list by list. */
  readonly alternatives: readonly (readonly ChangeJson[])[];
  /** What keeps the request out and no statement mends, a sentence each: a Deny with the condition that spares requests. */
  readonly obstacles: readonly string[];
  readonly layers: readonly LayerJson[];
}

export interface MessageJson {
  readonly text: string;
  /** What of it is not recorded from KMS, a sentence each. */
  readonly assumed: readonly string[];
}

/** One addition to one policy, as JSON Patch has it. */
export interface ChangeJson {
  readonly layer: string;
  /** null: a policy that does not exist yet, or that nobody gave. */
  readonly file: string | null;
  /** Of a service control policy: the root, organizational unit or account that it is attached to. */
  readonly target?: string;
  /** `/Statement/-` is after the last statement; the empty pointer stands for a whole new policy. */
  readonly pointer: string;
  readonly add: unknown;
}

export interface LayerJson {
  readonly layer: string;
  readonly outcome: string;
  readonly statements: readonly StatementJson[];
}

export interface StatementJson {
  readonly file: string;
  readonly pointer: string;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  /** `unknown`: the statement cannot be read or hangs on something unknown. */
  readonly matched: boolean | 'unknown';
  readonly elements: readonly ElementJson[];
}

/** One element of a statement beside what the request brought. */
export interface ElementJson {
  readonly element: string;
  readonly pointer: string;
  readonly matched: boolean | 'unknown';
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  readonly because: string;
}

export interface EnvelopeParams extends DocumentTarget {
  /** Of a scenario: the name of the key. */
  readonly key?: string;
  /** Of a scenario: the index of the step that finds the key; one of the kind `envelope` says the rest, too. */
  readonly step?: number;
  /** Who encrypts; left out, the first principal that the statement or the scenario names. */
  readonly principal?: string;
  /** Who decrypts; left out, who encrypts. */
  readonly decryptPrincipal?: string;
  readonly keyAccount?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** What is encrypted, a text as such. It never appears in the report. */
  readonly payload?: string | EnvelopePayload;
  /** The id of what is otherwise than it should be: `flipped-tag`; `none` where a step of a scenario has one. */
  readonly change?: string;
  /** As if policies allowed everything. */
  readonly asIfAllowed?: boolean;
}

export type EnvelopePayload =
  | { readonly text: string }
  /** The URI of a file. */
  | { readonly file: string }
  /** So many random bytes. */
  | { readonly random: number }
  /** As a step of a scenario writes it: `hex:00ff`. */
  | { readonly written: string };

export interface EnvelopeResult {
  readonly summary: string;
  readonly range: Range;
  readonly report: string;
  /** The steps and demonstrations as data: sizes and fingerprints, never payloads or keys. */
  readonly steps: readonly EnvelopeStep[];
  /** Empty for payloads of more than a megabyte. */
  readonly demonstrations: readonly EnvelopeDemonstration[];
}

export interface EnvelopeStep {
  readonly id: string;
  readonly title: string;
  /** Where it takes place: in KMS for whoever calls it, in the program itself, where messages are kept. */
  readonly place: 'kms' | 'program' | 'storage';
  readonly outcome: 'ok' | 'stopped' | 'skipped';
  /** In a sentence without its end; empty for what was not reached. */
  readonly headline: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly because?: string;
  readonly error?: CallFailureJson;
}

export interface EnvelopeDemonstration {
  readonly id: string;
  readonly title: string;
  readonly whatChanged: string;
  /** Empty where nothing stopped it. */
  readonly stoppedAt: string;
  readonly error: string;
  readonly why: string;
  readonly lesson: string;
}

/** A round trip as it happened, with what can be asked next. */
export interface EnvelopeView {
  /** `Envelope round trip: orders`. */
  readonly title: string;
  /** What was asked, nothing left out but `change`. */
  readonly asked: EnvelopeParams & {
    readonly principal: string;
    readonly decryptPrincipal: string;
    readonly encryptionContext: Readonly<Record<string, string>>;
    readonly payload: EnvelopePayload;
  };
  /** Where the key or the statement stands. */
  readonly range: Range;
  readonly principals: readonly { readonly principal: string; readonly description: string }[];
  /** What can be changed of this payload. */
  readonly changes: readonly { readonly id: string; readonly title: string }[];
  readonly trip: EnvelopeTrip;
}

export interface EnvelopeTrip {
  readonly keyArn: string;
  readonly principal: string;
  readonly decrypts: string;
  readonly outcome: 'ok' | 'stopped';
  readonly payload: EnvelopeSize;
  readonly steps: readonly EnvelopeStep[];
  readonly message: EnvelopeMessage | undefined;
  readonly change: EnvelopeChange | undefined;
}

export interface EnvelopeSize {
  readonly bytes: number;
  readonly fingerprint?: string | undefined;
}

export interface EnvelopeMessage extends EnvelopeSize {
  readonly headerBytes: number;
  readonly bodyBytes: number;
  readonly frames: number;
  readonly headerFields: readonly EnvelopeField[];
  readonly firstFrameFields: readonly EnvelopeField[];
  /** The first bytes in hexadecimal digits, as they were written. */
  readonly start: string;
  /** The byte of which one bit was flipped. */
  readonly tampered: { readonly what: string; readonly offset: number } | undefined;
}

export interface EnvelopeField {
  readonly name: string;
  /** In bytes from the start of the message. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
  readonly meaning: string;
  readonly value: string | undefined;
}

export interface EnvelopeChange extends Omit<EnvelopeDemonstration, 'error' | 'stoppedAt'> {
  readonly stoppedAt: string | undefined;
  readonly error: CallFailureJson | undefined;
}

export interface AllowParams {
  readonly uri: string;
}

/** One way to let the request of the shown verdict in. */
export interface AllowOption {
  /** Its place among the proposals of the verdict, which links in reports name. */
  readonly proposal: number;
  /** `Allow this in the key policy`. */
  readonly title: string;
  /** What it adds, and what is still needed beside it. */
  readonly detail: string;
  readonly documents: readonly DocumentEdits[];
}

export interface DocumentEdits {
  readonly uri: string;
  /** Of the open document that the edits were made for; null where it is not open. */
  readonly version: number | null;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

/** The practice questions with what belongs to them. */
export interface QuestionBank {
  /** In the order in which they are learnt. */
  readonly sections: readonly SectionJson[];
  /** By section, then by level. */
  readonly questions: readonly QuestionJson[];
}

/** A part of what an exam asks about. */
export interface SectionJson {
  readonly section: number;
  readonly title: string;
}

/** A question of a practice exam. Texts are Markdown. */
export interface QuestionJson {
  readonly id: string;
  /** A few words that do not give the answer away. */
  readonly title: string;
  readonly section: number;
  readonly level: 'easy' | 'medium' | 'hard';
  readonly question: string;
  /** How many options are right. */
  readonly choose: number;
  /** They may be shuffled. */
  readonly options: readonly { readonly text: string; readonly right: boolean; readonly reason: string }[];
  readonly topics: readonly TopicLink[];
  /** Where the answer that exam material gives no longer holds. */
  readonly outdated?: { readonly printed: string; readonly today: string };
  readonly proof: ProofJson;
}

/** A scenario that shows something. */
export interface ProofJson {
  /** Of an example that comes with the server; a request may name it like any scenario. */
  readonly uri: string;
  /** The names of the steps that show the point. */
  readonly steps: readonly string[];
}

export interface ExampleText {
  readonly text: string;
  /** It names files beside it, so that it cannot stand alone. */
  readonly needsFiles: boolean;
}

export interface TopicLink {
  readonly id: string;
  readonly title: string;
}

/** What there is to read. */
export interface ReadingOutline {
  readonly sections: readonly {
    readonly section: number;
    readonly title: string;
    readonly topics: readonly TopicOutline[];
  }[];
  readonly comparisons: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    /** To be searched. */
    readonly columns: readonly string[];
  }[];
}

export interface TopicOutline extends TopicLink {
  /** The tip as an exam puts it: Markdown. */
  readonly exam: string;
  /** The rest of its text, to be searched. */
  readonly rest: string;
}

/** A page, by the id of its topic or of its table. */
export interface ReadingPlace {
  readonly topic?: string;
  readonly comparison?: string;
}

export type ReadingPage = TopicPage | ComparisonPage;

/** Texts are Markdown. */
export interface TopicPage extends TopicLink {
  readonly kind: 'topic';
  /** The title of its section. */
  readonly section: string;
  readonly exam: string;
  readonly trap?: string;
  readonly today?: string;
  readonly sources: readonly { readonly title: string; readonly url: string; readonly date: string }[];
  readonly questions: readonly TopicLink[];
  readonly comparisons: readonly TopicLink[];
  readonly proofs: readonly ProofLink[];
  /** Questions about the examples, whose decision shows what the topic says. */
  readonly decisions: readonly DecisionLink[];
  /** Its neighbours in the section. */
  readonly previous?: TopicLink;
  readonly next?: TopicLink;
}

export interface ProofLink {
  /** Of an example that comes with the server. */
  readonly uri: string;
  readonly title: string;
}

export interface DecisionLink {
  readonly title: string;
  readonly asked: SimulateParams;
}

/** A table of what AWS KMS does today. */
export interface ComparisonPage extends TopicLink {
  readonly kind: 'comparison';
  readonly summary: string;
  /** The first names what the rows are. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComparisonCell[])[];
  /** The topics about it, with what exam material says and what holds today, both Markdown. */
  readonly topics: readonly ComparedTopic[];
  /** The other tables. */
  readonly comparisons: readonly TopicLink[];
}

export interface ComparedTopic extends TopicLink {
  readonly exam: string;
  readonly today?: string;
  /** When AWS was last read about it: `2026-11`. */
  readonly date: string;
}

export interface ComparisonCell {
  readonly text: string;
  /** What goes, what does not, what goes in part. */
  readonly mark?: 'yes' | 'no' | 'partly';
  readonly note?: string;
}

/** A message of the AWS Encryption SDK, as bytes or as base64. */
export interface InspectParams {
  readonly uri: string;
  /** What it holds, in base64; the server reads the stored file where it is left out. */
  readonly content?: string;
}

export interface InspectResult {
  /** `orders.enc: a message of 3 frames with 40 bytes of payload`. */
  readonly summary: string;
  /** The read-only document: fields with their bytes, frames, signature. Never the payload. */
  readonly report: string;
  /** Why it is not a complete message. */
  readonly problem?: string;
}

/** With a principal “what can it do?”, without one “who can use this key?”. */
export interface AccessTableParams {
  readonly uri: string;
  readonly principal?: string;
  readonly keyAccount?: string;
  readonly key?: string;
  readonly region?: string;
  /** Of the principal. Left out: unknown. */
  readonly identityPolicies?: readonly PolicyText[];
}

export interface AccessTableResult {
  readonly table: AccessTableJson;
  readonly summary: string;
  readonly report: string;
}

/** Principals × operations; operations with the same answer are one row. */
export interface AccessTableJson {
  readonly version: 1;
  /** The key's ARN, with `*` where its id is not known. */
  readonly key: string;
  readonly principals: readonly {
    /** `others`: whoever else is in an account; `anyone`: in any other account. */
    readonly kind: 'named' | 'root-user' | 'others' | 'anyone';
    /** An ARN, a service or an account; empty for `anyone`. */
    readonly name: string;
    readonly rows: readonly AccessRowJson[];
  }[];
}

export interface AccessRowJson {
  /** `kms:Decrypt`. */
  readonly operations: readonly string[];
  /** `depends`: if the provisos of one way hold; `denied`: an Allow is there, and a Deny takes it away. */
  readonly verdict: Verdict;
  /** One of them is enough. */
  readonly ways: readonly WayJson[];
  /** What policies that only limit ask for besides. */
  readonly limits: readonly HangingJson[];
  /** Deny statements that apply where their provisos hold. */
  readonly denies: readonly HangingJson[];
}

export interface WayJson {
  readonly through: 'key-policy' | 'iam' | 'grant';
  readonly statements: readonly StatementRefJson[];
  readonly grant?: string;
  readonly provisos: readonly ProvisoJson[];
}

export interface HangingJson {
  readonly layer: string;
  readonly statement: StatementRefJson;
  readonly provisos: readonly ProvisoJson[];
}

export interface StatementRefJson {
  readonly file: string;
  readonly pointer: string;
  readonly sid?: string;
}

/** Something that must hold; `text` says it, the rest is the same as data. */
export interface ProvisoJson {
  readonly type: 'condition' | 'unread' | 'constraint' | 'policy';
  readonly text: string;
  readonly operator?: string;
  readonly key?: string;
  readonly values?: readonly string[];
}

/** A scenario to begin with; left out, an empty account. */
export interface LocalKmsParams {
  readonly uri?: string;
}

/** What a local KMS begins with. */
export interface LocalKmsWorld {
  /** With the texts of all files, for its process; nobody else looks into it. */
  readonly job: object;
  /** Of these files. */
  readonly uris: readonly string[];
}

/** What the process of a local KMS is told, in this order: what to begin with, where to listen, then all else. */
export type LocalKmsOrder =
  | { readonly type: 'open'; readonly job: object }
  | { readonly type: 'listen'; readonly options: LocalKmsOptions }
  | { readonly type: 'advance'; readonly milliseconds: number }
  | { readonly type: 'reset' }
  | { readonly type: 'explain'; readonly requestId: string }
  | { readonly type: 'stop' };

export interface LocalKmsOptions {
  /** 0: any that is free. */
  readonly port: number;
}

/** What it tells. */
export type LocalKmsNews =
  | { readonly type: 'opened'; readonly world: LocalKmsFacts }
  /** Nothing is served: the scenario has mistakes, or cannot be served. */
  | { readonly type: 'refused'; readonly errors: readonly ScenarioErrorJson[] }
  | {
      readonly type: 'listening';
      readonly port: number;
      readonly url: string;
      readonly pointers: LocalKmsPointers;
    }
  | { readonly type: 'failed'; readonly problem: string; readonly isTaken: boolean }
  | { readonly type: 'calls'; readonly rows: readonly LocalKmsRow[]; readonly calls: number; readonly denied: number }
  /** How far the clock of the world is ahead of the real time. */
  | { readonly type: 'clock'; readonly ahead: number }
  | { readonly type: 'explained'; readonly requestId: string; readonly explanation: LocalKmsExplanation | undefined }
  /** A mistake of ours, for the log. */
  | { readonly type: 'fault'; readonly text: string };

/** How to call it: what with, and the text to copy. */
export type LocalKmsPointers = readonly (readonly [what: string, text: string])[];

export interface LocalKmsFacts {
  readonly account: string;
  readonly region: string;
  /** Access keys that nobody declared are refused. */
  readonly isStrict: boolean;
  readonly accessKeys: readonly {
    readonly id: string;
    /** By its name in the scenario. */
    readonly principal: string;
    /** Its signatures are. */
    readonly isVerified: boolean;
  }[];
}

/** A request, or what KMS did by itself. */
export interface LocalKmsRow {
  /** From 1. */
  readonly number: number;
  /** By the clock of the world: `2026-11-01 09:00:00`. */
  readonly time: string;
  readonly requestId?: string;
  /** Empty where the request named none. */
  readonly operation: string;
  /** As the scenario calls it, else its ARN; empty where nobody knows, and for KMS itself. */
  readonly principal: string;
  /** Nobody has its access key, so that it acts as the root user. */
  readonly isFallback: boolean;
  /** KMS did it by itself. */
  readonly isOfKms: boolean;
  readonly region: string;
  /** What the request calls the key, else the keys that CloudTrail names. */
  readonly keys: readonly string[];
  readonly outcome: 'ok' | 'denied' | 'error';
  /** The name of the error. */
  readonly error?: string;
  /** AWS's words; left out where they are not known. */
  readonly message?: string;
  /** Why it failed, in one sentence. */
  readonly because?: string;
  /** There was a decision to explain. */
  readonly isDecided: boolean;
  /** What CloudTrail recorded. */
  readonly records: readonly object[];
}

export interface LocalKmsExplanation {
  /** Of the permission that decided. */
  readonly view: DecisionView;
  /** Of all permissions that the call needs. */
  readonly title: string;
  readonly text: string;
  readonly links: readonly ReportLinkJson[];
}

export interface ReportLinkJson {
  readonly range: Range;
  readonly target: string;
}

/** A text to read that others than the server wrote. */
export interface KeepReportParams {
  readonly title: string;
  readonly text: string;
  readonly links?: readonly ReportLinkJson[];
  /** Of the name, for the language. Default: that of reports. */
  readonly ending?: '.json';
}

/** A local KMS as it is shown. */
export interface LocalKmsView {
  readonly title: string;
  readonly state: 'stopped' | 'starting' | 'running' | 'failed';
  /** Why it does not run. */
  readonly problem?: string;
  /** What it began with: the name of a file, or that it is empty. */
  readonly of?: { readonly name: string; readonly uri?: string };
  /** The files say something else by now. */
  readonly isOld: boolean;
  readonly url?: string;
  readonly world?: LocalKmsFacts;
  /** Empty while it does not run. */
  readonly pointers: LocalKmsPointers;
  /** Another machine than the one in front of the person. */
  readonly machine?: string;
  /** How far its clock is ahead of the real time, in milliseconds. */
  readonly ahead: number;
  /** The latest; the oldest comes first. */
  readonly rows: readonly LocalKmsRow[];
  readonly calls: number;
  readonly denied: number;
}

/** What its page is told of between two views. */
export interface LocalKmsAdded {
  readonly rows: readonly LocalKmsRow[];
  readonly calls: number;
  readonly denied: number;
}

export interface ClearParams {
  readonly uri: string;
}

/** As in the Language Server Protocol: lines and characters from 0, characters in UTF-16 code units. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}
