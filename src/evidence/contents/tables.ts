import type { InputRow, RuleRun, RunRow } from '../../results/index.ts';
import type { Waiver } from '../../settings/waiver.ts';
import type { BundleWriter } from '../bundle/writer.ts';
import type { Dossier } from '../dossier.ts';
import { type Columns, tableOf } from './columns.ts';

const yesNo = (is: boolean) => (is ? 'yes' : 'no');

/** The columns of the waivers. The last day of a waiver belongs to it. */
const waivers = ({ closing, period, settings }: Granted): Columns<Waiver> => {
  const at = closing.run.evaluatedAt;
  return {
    id: ({ id }) => id,
    rule: ({ rule }) => rule,
    subject: ({ subject }) => Object.values(subject).join(' '),
    owner: ({ owner }) => owner,
    approver: ({ approver }) => approver,
    reason: ({ reason }) => reason,
    ticket: ({ ticket }) => ticket,
    created: ({ created }) => created,
    expires: ({ expires }) => expires,
    in_force_within_the_period: ({ created, expires }) =>
      yesNo(created < period.to && expires >= period.from.slice(0, 10)),
    in_force_at_the_last_run: (waiver) =>
      yesNo(
        waiver.created <= at && waiver.expires >= at.slice(0, 10) && isIn(settings.waivers, waiver),
      ),
  };
};

const isIn = (all: readonly Waiver[], waiver: Waiver) =>
  all.some((each) => same(each) === same(waiver));
const same = (waiver: Waiver) => JSON.stringify(waiver);

/** The waivers of a bundle, and what decides when they were in force. */
export interface Granted extends Pick<Dossier, 'period' | 'settings' | 'waivers'> {
  readonly closing: Ran;
}

/** A run, of which its own row is enough. */
type Ran = { readonly run: RunRow };

/** Writes the waivers of every run, also those that were removed or changed before the last one. */
export async function writeWaivers(granted: Granted, writer: BundleWriter): Promise<void> {
  const all = new Map(granted.waivers.map((waiver) => [same(waiver), waiver]));
  const sorted = [...all].sort(([one], [other]) => (one < other ? -1 : 1));
  const rows = sorted.map(([, waiver]) => waiver);
  await writer.add('waivers.csv', tableOf(waivers(granted), rows));
}

const PARAMETERS: Columns<RuleRun & { readonly of: RunRow }> = {
  run: ({ of }) => of.runId,
  evaluated_at: ({ of }) => of.evaluatedAt,
  tool_version: ({ of }) => of.tool.version,
  commit: ({ of }) => of.tool.commit,
  rule: ({ rule }) => rule,
  rule_sha256: ({ codeHash }) => codeHash,
  parameters_sha256: ({ parametersHash }) => parametersHash,
  parameters: ({ parameters }) => parameters,
};

/** Writes the code and the parameters of each rule in each run: a parameter that was relaxed shows here. */
export async function writeParameters(
  { runs, rules }: { readonly runs: readonly Ran[]; readonly rules: readonly string[] },
  writer: BundleWriter,
): Promise<void> {
  const rows = runs.flatMap(({ run }) =>
    run.rules.filter(({ rule }) => rules.includes(rule)).map((rule) => ({ ...rule, of: run })),
  );
  await writer.add('parameters.csv', tableOf(PARAMETERS, rows));
}

const INPUTS: Columns<InputRow & { readonly run: string }> = {
  run: ({ run }) => run,
  kind: ({ kind }) => kind,
  name: ({ name }) => name,
  holds: ({ holds }) => holds,
  account: ({ account }) => account,
  region: ({ region }) => region,
  snapshot_id: ({ snapshotId }) => snapshotId,
  version_id: ({ versionId }) => versionId,
  delivered_at: ({ deliveredAt }) => deliveredAt,
  bytes: ({ bytes }) => bytes,
  sha256: ({ sha256 }) => sha256,
};

/** Writes the files and objects that each run read. */
export async function writeInputs(
  { runs }: { readonly runs: readonly Ran[] },
  writer: BundleWriter,
): Promise<void> {
  const rows = runs.flatMap(({ run }) => run.inputs.map((input) => ({ ...input, run: run.runId })));
  await writer.add('inputs.csv', tableOf(INPUTS, rows));
}
