import type { Dimension, Option } from './callers.ts';
import type { Value } from './values.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Requests that come through no access point, or one of an account that is not trusted. */
export function accessPoints({ accounts }: Vocabulary, trusted: readonly string[]): Dimension {
  const foreign = [null, ...[...accounts].filter((id) => !trusted.includes(id))];
  const through = foreign.map(
    (account): Option =>
      new Map<string, Value>([
        [
          's3:dataaccesspointaccount',
          account === null ? { kind: 'fresh' } : { kind: 'text', text: account },
        ],
        ['s3:dataaccesspointarn', { kind: 'arn', account, fresh: false }],
      ]),
  );
  return [new Map(), ...through];
}
