import { BYTE_ORDER_MARK, csvLine } from '../../values/csv.ts';
import type { BundleWriter } from '../bundle/writer.ts';
import type { Dossier } from '../dossier.ts';

/** Writes the waivers of the last run, each with whether it was in force at any time of the period and at its end. */
export async function writeWaivers(
  { settings, closing, period }: Dossier,
  writer: BundleWriter,
): Promise<void> {
  const head = [
    'id',
    'rule',
    'subject',
    'owner',
    'approver',
    'reason',
    'ticket',
    'created',
    'expires',
    'in_force_within_the_period',
    'in_force_at_the_last_run',
  ];
  const lines = [csvLine(head)];
  for (const waiver of settings.waivers) {
    const {
      id,
      rule,
      subject: of,
      owner,
      approver,
      reason,
      ticket = null,
      created,
      expires,
    } = waiver;
    const isWithin = created < period.to && expires >= period.from.slice(0, 10);
    const at = closing.run.evaluatedAt;
    const isNow = created <= at && expires >= at.slice(0, 10);
    lines.push(
      csvLine([
        id,
        rule,
        Object.values(of).join(' '),
        owner,
        approver,
        reason,
        ticket,
        created,
        expires,
        isWithin ? 'yes' : 'no',
        isNow ? 'yes' : 'no',
      ]),
    );
  }
  await writer.add('waivers.csv', BYTE_ORDER_MARK + lines.join(''));
}

/** Writes the code and the parameters of each rule in each run: a parameter that was relaxed shows here. */
export async function writeParameters(
  { runs, rules }: Dossier,
  writer: BundleWriter,
): Promise<void> {
  const lines = [
    csvLine([
      'run',
      'evaluated_at',
      'tool_version',
      'commit',
      'rule',
      'rule_sha256',
      'parameters_sha256',
      'parameters',
    ]),
  ];
  for (const { run } of runs) {
    for (const { rule, codeHash, parametersHash, parameters } of run.rules) {
      if (!rules.includes(rule)) continue;
      lines.push(
        csvLine([
          run.runId,
          run.evaluatedAt,
          run.tool.version,
          run.tool.commit,
          rule,
          codeHash,
          parametersHash,
          parameters,
        ]),
      );
    }
  }
  await writer.add('parameters.csv', BYTE_ORDER_MARK + lines.join(''));
}

/** Writes the files and objects that each run read. */
export async function writeInputs({ runs }: Dossier, writer: BundleWriter): Promise<void> {
  const lines = [
    csvLine([
      'run',
      'kind',
      'name',
      'holds',
      'account',
      'region',
      'snapshot_id',
      'version_id',
      'delivered_at',
      'bytes',
      'sha256',
    ]),
  ];
  for (const { run } of runs) {
    for (const {
      kind,
      name,
      holds,
      account,
      region,
      snapshotId,
      versionId,
      deliveredAt,
      bytes,
      sha256,
    } of run.inputs) {
      lines.push(
        csvLine([
          run.runId,
          kind,
          name,
          holds,
          account,
          region,
          snapshotId,
          versionId,
          deliveredAt,
          bytes,
          sha256,
        ]),
      );
    }
  }
  await writer.add('inputs.csv', BYTE_ORDER_MARK + lines.join(''));
}
