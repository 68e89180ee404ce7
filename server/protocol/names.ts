// What client and server call things that both speak of.

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
