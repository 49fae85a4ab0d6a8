import { about, type Diagnosis } from '../diagnosis.ts';

/** What a deployment file tells by itself, and beside the record of the last roll-out: sentences. */
export interface FileFacts {
  readonly file: string;
  /** It is for another place than the one that has rolled out; null where it is not. */
  readonly another: string | null;
  /** What is allowed and probably not meant. */
  readonly cautions: readonly string[];
  /** What the next roll-out takes away. */
  readonly losses: readonly string[];
}

export function judgeFile({ file, another, cautions, losses }: FileFacts): readonly Diagnosis[] {
  const { ok, fix, warn } = about('deployment', { name: file });
  if (another !== null) return [fix(another, `Change ${file} back, or remove the first roll-out.`)];
  const doubts = [
    ...cautions.map((each) => warn(each, 'Nothing, if that is meant.')),
    ...losses.map((each) =>
      warn(each, 'Nothing, if that is meant: the rules are evaluated anew where they are.'),
    ),
  ];
  return doubts.length > 0 ? doubts : [ok('Nothing in the file is doubtful by itself.')];
}
