import { type Account, DETAIL_SIZE } from '../../../dashboard/data/shape.ts';
import type { Detail, DetailFinding, Standing } from '../../../dashboard/data/tables.ts';
import type { FindingRow, SubjectRow } from '../../results/rows.ts';
import type { Population } from '../population.ts';

/**
 * The details of subjects, in files of consecutive subjects of one account. A file is handed on when the last finding that the
 * rows of its subjects announce has come, so that findings in the order of subjects need the memory of one file.
 */
export class DetailFiles {
  readonly #population: Population;
  readonly #waiting: number[];
  readonly #files: readonly { readonly from: number; readonly size: number }[];
  readonly #fileOf: Uint32Array;
  readonly #findings = new Map<number, DetailFinding[]>();

  constructor(population: Population) {
    this.#population = population;
    this.#files = population.accounts.flatMap(filesOf);
    this.#fileOf = new Uint32Array(population.subjects.length);
    this.#waiting = this.#files.map(({ from, size }, file) => {
      this.#fileOf.fill(file, from, from + size);
      return announced(population.subjects.slice(from, from + size));
    });
  }

  /** @returns the file that is complete with this finding, if one is. */
  add(position: number, finding: DetailFinding): readonly [number, readonly Detail[]] | undefined {
    const own = this.#findings.get(position);
    if (own) own.push(finding);
    else this.#findings.set(position, [finding]);
    const file = this.#fileOf[position] ?? 0;
    this.#waiting[file] = (this.#waiting[file] ?? 0) - 1;
    return this.#waiting[file] === 0 ? [file, this.#take(file)] : undefined;
  }

  /** The files that still wait: of subjects without findings, or with fewer than announced. */
  *rest(): Generator<readonly [number, readonly Detail[]]> {
    for (const [file, waiting] of this.#waiting.entries()) {
      // An empty wait was handed on before, unless nothing was ever awaited.
      const { from, size } = this.#files[file] ?? { from: 0, size: 0 };
      const isEmpty = announced(this.#population.subjects.slice(from, from + size)) === 0;
      if (waiting > 0 || isEmpty) yield [file, this.#take(file)];
    }
  }

  #take(file: number): readonly Detail[] {
    const { from, size } = this.#files[file] ?? { from: 0, size: 0 };
    return this.#population.subjects.slice(from, from + size).map((row, offset) => {
      const findings = this.#findings.get(from + offset) ?? [];
      this.#findings.delete(from + offset);
      return detailOf(row, findings);
    });
  }
}

const filesOf = ({ first, size }: Account) =>
  Array.from({ length: Math.ceil(size / DETAIL_SIZE) }, (_, index) => ({
    from: first + index * DETAIL_SIZE,
    size: Math.min(DETAIL_SIZE, size - index * DETAIL_SIZE),
  }));

const announced = (subjects: readonly SubjectRow[]) =>
  subjects.reduce((sum, { states }) => sum + Object.values(states).reduce((a, b) => a + b, 0), 0);

const detailOf = (row: SubjectRow, findings: readonly DetailFinding[]): Detail => ({
  ...{ arn: row.subject.arn, created: row.created },
  ...{ captured: row.capturedAt, observed: row.observedAt, item: row.itemHash, tags: row.tags },
  ...(row.deleted ? { deleted: true as const } : {}),
  findings: findings.toSorted((one, other) => one.rule - other.rule),
});

/** What the page shows of a finding, but for what its rule and its outcome say. @param sentence of its message, with its placeholders. */
export const detailFindingOf = (
  row: FindingRow,
  rule: number,
  sentence: string | undefined,
  past: readonly Standing[] | undefined,
): DetailFinding => ({
  ...{ id: row.id, rule, since: row.stateSince, failedSince: row.firstFailedAt },
  ...(row.message === sentence ? {} : { text: row.message }),
  ...(row.evidence ? { evidence: row.evidence as Record<string, unknown> } : {}),
  ...(past ? { past } : {}),
  ...(row.answerHashes.length > 0 ? { answers: row.answerHashes } : {}),
});
