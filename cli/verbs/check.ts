import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Config, ConfiguredCheck } from '../../server/config/config.ts';
import { factsOfKey } from '../../server/config/facts.ts';
import type { Suppression } from '../../server/config/file.ts';
import { scenarioFiles, unusableFiles } from '../../server/config/scenario-files.ts';
import { unusedSuppressions } from '../../server/config/unused.ts';
import { isConfigUri, isPlaceless } from '../../server/config/uris.ts';
import type { DocumentKind } from '../../server/documents/kinds.ts';
import type { SourceDocument } from '../../server/documents/source.ts';
import { loadKnowledge } from '../../server/knowledge/index.ts';
import type { FoundFile } from '../../server/node/walk.ts';
import type { Diagnostic, Suppressed } from '../../server/rules/diagnostic.ts';
import { inspect } from '../../server/rules/engine.ts';
import { fixAll } from '../../server/rules/fix-all.ts';
import { rules } from '../../server/rules/generated/index.ts';
import type { DocumentFacts, Severity } from '../../server/rules/rule.ts';
import { CommandError, EXIT } from '../failure.ts';
import { CliConfigs } from '../files/config.ts';
import { displayName, documentOf, type KnownKind, readAs, readDocument, STANDARD_INPUT, uriOf } from '../files/read.ts';
import { CliScenarios } from '../files/scenarios.ts';
import { findFiles } from '../files/walk.ts';
import { replaceFile } from '../files/write.ts';
import type { CheckFormat } from '../output/check-formats.ts';
import { checkGithub } from '../output/check-github.ts';
import { checkJson } from '../output/check-json.ts';
import { checkJunit } from '../output/check-junit.ts';
import { checkSarif } from '../output/check-sarif.ts';
import { printFindings, summaryLine, suppressedLine } from '../output/check-text.ts';
import type { Terminal } from '../output/terminal.ts';

export interface CheckOptions {
  readonly format: CheckFormat;
  readonly failOn: Severity;
  readonly fix?: true;
  readonly as?: DocumentKind;
  /** Of this program. */
  readonly version: string;
}

/** A path of the command line and the files that it stands for. */
interface Found {
  readonly path: string;
  readonly files: readonly FoundFile[];
}

/** A document with what was found in it. */
export interface CheckedFile {
  /** As people and programs are told. */
  readonly name: string;
  readonly document: SourceDocument;
  readonly diagnostics: readonly Diagnostic[];
  /** What was found and somebody accepts. */
  readonly suppressed: readonly Suppressed[];
}

/** `kms-lens check` on some paths; the exit code. */
export class CheckRun {
  private readonly terminal: Terminal;
  private readonly options: CheckOptions;
  private readonly files: CheckedFile[] = [];
  /** What ended the run with an error. */
  private readonly failures: string[] = [];
  private fixed = 0;
  private isComplete = true;
  /** What was said of files that the configuration names. */
  private readonly mistakes = new Set<string>();
  private readonly configs = new CliConfigs();
  private scenarios = new CliScenarios([]);
  /** The folders that were walked, as URIs. */
  private readonly walked: string[] = [];
  /** What the configuration came to. */
  private readonly usage = { used: new Set<Suppression>(), configs: new Set<Config>() };

  constructor(terminal: Terminal, options: CheckOptions) {
    this.terminal = terminal;
    this.options = options;
  }

  async run(paths: readonly string[]): Promise<number> {
    const { fix, format } = this.options;
    const printsText = fix && paths.includes(STANDARD_INPUT);
    if (printsText && (paths.length > 1 || format !== 'text'))
      throw new CommandError(
        '`--fix` writes the mended standard input to standard output, so give `-` alone and no other `--format`',
      );
    // One file after the other, so that a large tree does not fill the memory; parsing is what takes the time.
    const found = await this.find(paths);
    this.scenarios = new CliScenarios(found.flatMap(({ files }) => files.map(({ path }) => path)));
    for (const each of found) await this.check(each);
    await this.judgeSuppressions();
    await this.print(printsText);
    return this.failures.length > 0 ? EXIT.usage : this.hasGraveFindings() ? EXIT.findings : EXIT.fine;
  }

  /** What there is to look at; paths that cannot be read are told. */
  private async find(paths: readonly string[]): Promise<readonly Found[]> {
    const all: Found[] = [];
    for (const path of new Set(paths)) {
      try {
        if (path === STANDARD_INPUT) all.push({ path, files: [] });
        else {
          const { isFolder, files } = await findFiles(path);
          if (isFolder) this.walked.push(`${uriOf(path)}/`);
          all.push({ path, files });
        }
      } catch (error) {
        this.fail(error);
      }
    }
    return all;
  }

  private async check({ path, files }: Found): Promise<void> {
    if (path === STANDARD_INPUT) return this.standardInput().catch((error) => this.fail(error));
    for (const file of files) await this.file(file.path, file.certain).catch((error) => this.fail(error));
    if (files.length === 0) this.note(`\`${path}\` holds no JSON files`);
  }

  private async file(path: string, certain: boolean): Promise<void> {
    if (this.files.some(({ name }) => name === displayName(path))) return;
    const config = await this.configOf(path);
    if (isConfigUri(uriOf(path))) return;
    const known: KnownKind = { as: certain ? this.options.as : undefined, configured: config.kindOf(uriOf(path)) };
    const document = await readDocument(path, known);
    if (document.kind.candidates.length === 0) {
      if (certain) this.note(notOurs(path));
      return;
    }
    const options = await this.optionsFor(document, config);
    const mended = this.options.fix ? fixAll(document, { rules, ...options }) : document.text;
    if (mended === document.text) return this.add(path, document, options);
    await replaceFile(path, mended);
    this.fixed++;
    this.add(path, documentOf(path, mended, known), options);
  }

  private async standardInput(): Promise<void> {
    const config = await this.configOf(STANDARD_INPUT);
    const known: KnownKind = { as: this.options.as };
    const document = await readDocument(STANDARD_INPUT, known);
    const isOurs = document.kind.candidates.length > 0;
    const options = await this.optionsFor(document, config);
    const mended = this.options.fix && isOurs ? fixAll(document, { rules, ...options }) : document.text;
    if (this.options.fix) this.terminal.out.write(mended);
    if (isOurs) this.add(STANDARD_INPUT, documentOf(STANDARD_INPUT, mended, known), options);
    else this.note(notOurs(STANDARD_INPUT));
  }

  /** Mistakes in the configuration end the run with an error, and what can be read of it counts all the same. */
  private async configOf(path: string): Promise<Config> {
    const config = await this.configs.of(path);
    for (const mistake of this.configs.newMistakes(config)) this.fail(new CommandError(mistake));
    return config;
  }

  /** Reports what `.kms-lens.json` files suppress in vain, where everything below them was looked at. */
  private async judgeSuppressions(): Promise<void> {
    if (this.failures.length > 0 || !this.isComplete) return;
    for (const file of await this.configs.found()) {
      if (!this.walked.some((folder) => file.folder.startsWith(folder))) continue;
      const path = fileURLToPath(file.uri);
      const { rules: severities } = await this.configs.of(path);
      const diagnostics = unusedSuppressions(file, this.usage, severities);
      if (diagnostics.length > 0)
        this.files.push({ name: displayName(path), document: file.document, diagnostics, suppressed: [] });
    }
  }

  /** What settles how a document is checked, and a note of what the configuration comes to. */
  private async optionsFor(document: SourceDocument, config: Config): Promise<ConfiguredCheck> {
    const { uri } = document;
    this.usage.configs.add(config);
    const facts = await factsOfKey(config, uri, readAs, ({ message }) => {
      if (!this.mistakes.has(message)) this.fail(new CommandError(message));
      this.mistakes.add(message);
    });
    return {
      ...config.checkOptions({ ...(await this.scenarios.factsOf(uri)), ...facts, ...(await scenarioFacts(document)) }),
      suppressionOf: (...found) => {
        const suppression = config.suppressionOf(...found);
        if (suppression) this.usage.used.add(suppression);
        return suppression;
      },
    };
  }

  private add(path: string, document: SourceDocument, options: ConfiguredCheck): void {
    const { diagnostics, suppressed, isComplete } = inspect(document, {
      rules,
      ...options,
      onError: ({ id }, error) =>
        this.note(`internal error: the rule ${id} failed on \`${displayName(path)}\`: ${String(error)}`),
    });
    this.isComplete &&= isComplete;
    this.files.push({ name: displayName(path), document, diagnostics, suppressed });
  }

  /** Where standard output carries something for a program, what is for people goes to standard error. */
  private async print(printedText: boolean | undefined): Promise<void> {
    const { terminal, files, fixed } = this;
    const { out, error } = terminal;
    const isText = this.options.format === 'text';
    if (fixed > 0) error.line(`mended ${fixed === 1 ? '1 file' : `${fixed} files`}`);
    if (isText) printFindings(files, printedText ? error : out);
    else out.write(await this.report());
    const words = isText && !printedText ? out : error;
    words.line(summaryLine(files, words.colours));
    const suppressed = suppressedLine(files);
    if (suppressed !== undefined && isText) error.line(suppressed);
  }

  /** The findings for a program. */
  private async report(): Promise<string> {
    const { files, failures } = this;
    const { format, version } = this.options;
    switch (format) {
      case 'sarif': {
        const knowledge = await loadKnowledge();
        return json(checkSarif(files, { version, knowledge, failures }));
      }
      case 'github':
        return checkGithub(files, failures)
          .map((line) => `${line}\n`)
          .join('');
      case 'junit':
        return checkJunit(files, { isGrave: this.isGrave, failures });
      default:
        return json(checkJson(files));
    }
  }

  private hasGraveFindings(): boolean {
    return this.files.some(({ diagnostics }) => diagnostics.some(this.isGrave));
  }

  private readonly isGrave = ({ severity }: Diagnostic): boolean => RANKS[this.options.failOn] <= RANKS[severity];

  /** An unreadable file ends the run with an error, but only after the others were checked. */
  private fail(error: unknown): void {
    if (!(error instanceof CommandError)) throw error;
    this.failures.push(error.message);
    this.note(error.message);
  }

  private note(message: string): void {
    this.terminal.error.line(`kms-lens: ${message}`);
  }
}

/** What the files that a scenario names come to. */
async function scenarioFacts({ uri, scenario }: SourceDocument): Promise<Pick<DocumentFacts, 'unusableFiles'>> {
  if (!scenario || isPlaceless(uri)) return {};
  const root = `${pathToFileURL(process.cwd()).href}/`;
  return { unusableFiles: await unusableFiles(scenario, scenarioFiles(uri, root, readAs)) };
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const RANKS: Readonly<Record<Severity, number>> = { information: 0, warning: 1, error: 2 };

const notOurs = (path: string): string =>
  `nothing to check in \`${displayName(path)}\`: neither its name nor its content says that it is a policy with \`kms:\` actions; say what it is with \`--as\``;
