import type { State } from '../../engine/finding.ts';
import type { CatalogFramework, CatalogRule, FindingRow } from '../../results/index.ts';
import { asFileName } from '../bundle/names.ts';
import type { BundleWriter } from '../bundle/writer.ts';
import type { Dossier } from '../dossier.ts';
import { FindingTable, noStates, type States } from './results.ts';

type Requirement = CatalogFramework['requirements'][number];

/** How many rows a requirement may have for its table to hold also those that pass; the tables of the rules hold them all. */
const WHOLE = 10_000;
/** How many exceptions a page names. */
const SHOWN = 200;

/** What was found for one requirement: only of the rows whose message speaks for it. */
export class RequirementFolder {
  readonly framework: CatalogFramework;
  readonly requirement: Requirement;
  /** Rules that ran and support it, primary ones first. */
  readonly rules: readonly CatalogRule[];
  readonly states = new Map<string, States>();
  /** The first exceptions, for the page. */
  readonly exceptions: FindingRow[] = [];
  /** Rows that pass, for a look from the page down to the record. */
  readonly examples: FindingRow[] = [];
  /** Does the table hold the rows that pass, too? */
  readonly isWhole: boolean;
  readonly #table: FindingTable;

  private constructor(
    framework: CatalogFramework,
    requirement: Requirement,
    rules: readonly CatalogRule[],
    isWhole: boolean,
    table: FindingTable,
  ) {
    this.framework = framework;
    this.requirement = requirement;
    this.rules = rules;
    this.isWhole = isWhole;
    this.#table = table;
  }

  static async open(
    { catalog, closing, rules }: Dossier,
    framework: CatalogFramework,
    requirement: Requirement,
    writer: BundleWriter,
  ): Promise<RequirementFolder> {
    const fitting = catalog.rules.filter(
      ({ id, requirements }) => rules.includes(id) && requirement.id in requirements,
    );
    const sorted = [...fitting].sort(
      (a, b) => rankOf(a, requirement) - rankOf(b, requirement) || (a.id < b.id ? -1 : 1),
    );
    const rows = closing.run.rules
      .filter(({ rule }) => fitting.some(({ id }) => id === rule))
      .reduce((sum, { subjects }) => sum + subjects, 0);
    const table = await FindingTable.open(
      writer,
      `${folderOf(framework, requirement)}/results.csv`,
    );
    return new RequirementFolder(framework, requirement, sorted, rows <= WHOLE, table);
  }

  async add(row: FindingRow): Promise<void> {
    const states = this.states.get(row.rule) ?? noStates();
    states[row.state]++;
    this.states.set(row.rule, states);
    const isException = EXCEPTIONS.has(row.state);
    if (isException && this.exceptions.length < SHOWN) this.exceptions.push(row);
    if (row.state === 'PASS' && this.examples.length < 3 && row.itemHash !== null)
      this.examples.push(row);
    if (isException || this.isWhole) await this.#table.add(row);
  }

  end(): Promise<void> {
    return this.#table.end();
  }

  get path(): string {
    return folderOf(this.framework, this.requirement);
  }

  get total(): States {
    const total = noStates();
    for (const states of this.states.values())
      for (const state of Object.keys(total) as State[]) total[state] += states[state];
    return total;
  }
}

const EXCEPTIONS: ReadonlySet<State> = new Set(['FAIL', 'UNKNOWN', 'WAIVED']);

const rankOf = ({ requirements }: CatalogRule, { id }: Requirement) =>
  requirements[id as keyof typeof requirements]?.strength === 'primary' ? 0 : 1;

/** "requirements/hipaa/164.312.a.2.iv": a path without parentheses. */
const folderOf = ({ id }: CatalogFramework, requirement: Requirement) =>
  `requirements/${id}/${asFileName(requirement.id.slice(id.length + 1))}`;

/** Sorts the rows of the results into the folders of the requirements that they speak for. */
export async function writeRequirements(
  dossier: Dossier,
  rows: AsyncIterable<FindingRow>,
  writer: BundleWriter,
): Promise<readonly RequirementFolder[]> {
  const folders = new Map<string, RequirementFolder>();
  for (const framework of dossier.frameworks) {
    for (const requirement of framework.requirements) {
      const isServed = dossier.catalog.rules.some(
        ({ id, requirements }) => dossier.rules.includes(id) && requirement.id in requirements,
      );
      if (isServed)
        folders.set(
          requirement.id,
          await RequirementFolder.open(dossier, framework, requirement, writer),
        );
    }
  }
  for await (const row of rows) {
    if (!dossier.rules.includes(row.rule)) continue;
    for (const requirement of row.requirements) await folders.get(requirement)?.add(row);
  }
  for (const folder of folders.values()) await folder.end();
  return [...folders.values()];
}
