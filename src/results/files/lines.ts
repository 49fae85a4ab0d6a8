import { isUtf8 } from 'node:buffer';
import { readBytes } from '../../sources/files/bytes.ts';

/** The longest line that is read: as long as the largest record of a source. */
const LONGEST = 256 * 1024 * 1024;

/** A line of a file of the data set, with its 1-based number. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a file, gunzipped, one at a time. The end of the last line must be there: a file that was cut between two rows has
 * none only if it is empty.
 * @throws what reading and gunzip throw, and Error where a line is not UTF-8, too long, or the last one cut.
 */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  let rest: Buffer[] = [];
  let length = 0;
  let number = 0;
  for await (const chunk of readBytes(path)) {
    let from = 0;
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, from)) {
      const piece = chunk.subarray(from, at);
      const bytes = rest.length === 0 ? piece : Buffer.concat([...rest, piece]);
      rest = [];
      length = 0;
      from = at + 1;
      number++;
      if (!isUtf8(bytes)) throw new Error(`line ${number} is not UTF-8`);
      yield { number, text: bytes.toString('utf8') };
    }
    if (from === chunk.length) continue;
    // A copy: the reader may use the chunk again.
    rest.push(Buffer.from(chunk.subarray(from)));
    length += chunk.length - from;
    if (length > LONGEST) throw new Error(`line ${number + 1} is longer than ${LONGEST} bytes`);
  }
  if (length > 0) throw new Error(`line ${number + 1} is cut`);
}
