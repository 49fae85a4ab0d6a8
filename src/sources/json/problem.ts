/** Something that is wrong with the text; `offset` counts bytes of the uncompressed input. */
export class JsonProblem extends Error {
  override readonly name: string = 'JsonProblem';
  readonly offset: number;
  readonly expected: string;

  constructor(offset: number, problem: string, expected: string, cause?: unknown) {
    super(problem, { cause });
    this.offset = offset;
    this.expected = expected;
  }
}
