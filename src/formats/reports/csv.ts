import { adviceFor } from '../../engine/words.ts';
import { csvLine } from '../../values/csv.ts';
import { printable } from '../../values/text.ts';
import type { Format, FormatContext } from '../format.ts';
import type { Reported } from '../reported.ts';
import { labelsOf } from '../requirement-labels.ts';
import { unitOf } from './open-findings.ts';

type Column = (finding: Reported, context: FormatContext) => string | null | undefined;

/** The columns, in their order. New ones are added at the end, because scripts count them. */
const COLUMNS: Readonly<Record<string, Column>> = {
  rule: ({ rule }) => rule,
  severity: ({ severity }) => severity,
  state: ({ state }) => state,
  message_id: ({ messageId }) => messageId,
  message: ({ message }) => message,
  resource_type: ({ subject }) => subject.type,
  resource_id: ({ subject }) => subject.id,
  resource_name: ({ subject }) => subject.name,
  resource_arn: ({ subject }) => subject.arn,
  account: ({ subject }) => subject.account,
  account_name: ({ accountName }) => accountName,
  organizational_unit: unitOf,
  region: ({ subject }) => subject.region,
  captured_at: ({ capturedAt }) => capturedAt,
  requirements: ({ requirements }) => labelsOf(requirements).join('; '),
  fix: (finding, { rules }) => adviceFor(finding, rules)?.fix,
  caution: (finding, { rules }) => adviceFor(finding, rules)?.caution,
  waiver: ({ waiver }) => waiver,
  baseline: ({ baseline }) => baseline,
};

/** One line for each finding, for spreadsheets: RFC 4180, and no cell is a formula. */
export const csv: Format = {
  open(write, context) {
    let head = csvLine(Object.keys(COLUMNS));
    const put = async (line: string) => {
      const text = head + line;
      head = '';
      if (text !== '') await write(text);
    };
    const columns = Object.values(COLUMNS);
    return {
      add: (finding) =>
        put(csvLine(columns.map((column) => printable(column(finding, context) ?? '')))),
      end: () => put(''),
    };
  },
};
