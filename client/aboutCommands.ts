/** What each command of the manifest does, for the README and docs/features.md. Nothing of the client loads this. */
export const aboutCommands: Readonly<Record<string, string>> = {
  'kms-lens.simulateAccess': 'asks who does what, and decides it against the whole document',
  'kms-lens.runAgain': 'the same question, after an edit',
  'kms-lens.decideWithIdentityPolicies': 'settles a verdict that depends on them',
  'kms-lens.allowThis': 'adds the smallest statement that lets it in, shown as a diff first',
  'kms-lens.openReport': 'opens the explanation of a verdict; a lens leads to it',
  'kms-lens.whoCanUse':
    'a table of everybody whom the policy names: what they may do, how they get in, and if what holds',
  'kms-lens.whatCanDo': 'the same for one principal',
  'kms-lens.runScenario': 'runs a what-if scenario, or those that use the policy; the Test Explorer shows each step',
  'kms-lens.explainStep': 'why a step of a scenario came out as it did; a lens leads to it',
  'kms-lens.copyCommandLine': 'a `kms-lens simulate` that asks the same as an access check of a scenario',
  'kms-lens.showTrail':
    'a table of what CloudTrail would have recorded of the calls of a scenario, to filter; it follows new runs',
  'kms-lens.openTrail': 'the same as a log file, to read or copy',
  'kms-lens.showTimeline':
    'the states, rotations, grants, errors and deletions of each key of a scenario over simulated time, with every detail, or as text',
  'kms-lens.newScenario': 'writes a scenario beside the policy that passes, to begin with',
  'kms-lens.envelopeRoundTrip':
    'under a simulated key of a policy, or under a key or for a step of a scenario: a page to run again with other payloads, principals and encryption contexts, with one of nine things changed, step by step or as text',
  'kms-lens.inspectEncryptedMessage':
    'opens what a file in the message format of the AWS Encryption SDK says of itself; also in the Explorer',
  'kms-lens.followDecision':
    'the verdict of the last simulation as a page that goes from layer to layer; explanations and topics lead to it',
  'kms-lens.practice':
    'questions as exams ask them: choose, check, read why each option is right or wrong, and run the scenario that proves it',
  'kms-lens.openTopic':
    'searches what people learn for an exam, and tables of what goes with what; the view *KMS topics* of the Explorer lists them',
  'kms-lens.startLocalKms':
    'a KMS on this machine that AWS SDKs and the AWS CLI call, with the principals, keys and policies of a scenario or as an empty account',
  'kms-lens.restartLocalKms': 'with what the files say now, at the same address',
  'kms-lens.stopLocalKms': 'ends it; it ends with the editor, too',
  'kms-lens.showLocalKms':
    'a page with its address, its clock and its requests as they come, each with its CloudTrail event and, if refused, why',
  'kms-lens.copyLocalKmsAddress': 'or the line for the AWS CLI, the environment, JavaScript or Python',
  'kms-lens.localKmsMenu': 'what the item of the status bar offers',
  'kms-lens.treatAsKeyPolicy': 'for files whose name and content do not tell',
  'kms-lens.setKind': 'the same with a choice of the kind',
  'kms-lens.openExample':
    'a key policy, one with mistakes, or a scenario to begin with, as a document of nobody that can be changed at will',
  'kms-lens.restartServer': 'when something seems wrong',
  'kms-lens.showLog': 'what the language server wrote, for a report of a problem',
};
