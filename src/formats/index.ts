import type { Finding } from '../engine/finding.ts';
import { strengthsOf } from '../engine/requirement.ts';
import { asffOf } from './asff.ts';
import {
  type Format,
  type FormatContext,
  inArray,
  inEnvelope,
  inLines,
  placeOf,
} from './format.ts';
import { ocsfOf } from './ocsf.ts';
import { csv } from './reports/csv.ts';
import { htmlReport } from './reports/html.ts';
import { junit } from './reports/junit.ts';
import { markdown } from './reports/markdown.ts';
import { sarif } from './reports/sarif.ts';
import { summaryTable } from './table.ts';

/** Every format by the name that `--format` takes; help and documentation list them from here. */
export const formats = {
  table: {
    open: (write, context) => ({
      add: async () => {},
      end: (summary) => write(summaryTable(summary, context)),
    }),
  },
  json: inEnvelope(withStrengths),
  ndjson: inLines(withStrengths, ({ run }) => run && { kind: 'run', ...run }, true),
  csv,
  sarif,
  junit,
  markdown,
  html: htmlReport,
  // As new to Security Hub: publishing gives a finding the times it needs.
  asff: inArray((finding, context) => {
    const { now, pagesUrl, release } = context;
    return asffOf(finding, {
      ...placeOf(finding, context),
      ...{ createdAt: now, updatedAt: now, pagesUrl, release },
    });
  }),
  ocsf: inLines((finding, context) => {
    const { now: at, pagesUrl, release } = context;
    return ocsfOf(finding, { ...placeOf(finding, context), at, pagesUrl, release });
  }),
} as const satisfies Readonly<Record<string, Format>>;

/** A finding with how its rule supports each of its requirements: id → primary or supporting. */
function withStrengths({ requirements, ...rest }: Finding, { rules }: FormatContext) {
  const links = rules.find(({ id }) => id === rest.rule)?.requirements ?? {};
  return { ...rest, requirements, strengths: strengthsOf(links, requirements) };
}

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as FormatName[];
