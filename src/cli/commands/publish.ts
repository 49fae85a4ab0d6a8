import { setTimeout } from 'node:timers/promises';
import type { Finding } from '../../engine/finding.ts';
import { asffId } from '../../formats/asff.ts';
import { type FormatContext, placeOf } from '../../formats/format.ts';
import { release } from '../../release/running.ts';
import { SecurityHub } from '../../security-hub/security-hub.ts';
import { idOf, settle, type Wanted } from '../../security-hub/settle.ts';
import { productOf, type Settler } from '../../security-hub/settler.ts';
import { SHARES } from '../../security-hub/subscriptions.ts';
import { callerAccount, MissingPackage, securityHubIn } from '../../services/own-account.ts';
import { partitionOf } from '../../values/region.ts';
import { type EvaluateOptions, evaluateCommand } from '../evaluate/evaluate.ts';
import type { Output } from '../evaluate/output.ts';
import { EXIT, type ExitCode, type Io, UsageError } from '../io.ts';
import { note, warn } from '../log.ts';

export type PublishOptions = Pick<
  EvaluateOptions,
  'settings' | 'rules' | 'framework' | 'tier' | 'now' | 'pages'
> & { readonly dryRun?: boolean };

/**
 * Judges, and brings Security Hub of the caller's account to what was found.
 * @throws UsageError when the time of the evaluation is still to come: Security Hub would take no update before it.
 */
export async function publishCommand(
  sources: readonly string[],
  options: PublishOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.now !== undefined && Date.parse(options.now) > io.now().getTime()) {
    throw new UsageError(
      `--now: ${options.now} is in the future. Use the current time or an earlier one.`,
    );
  }
  const evaluation: EvaluateOptions = { ...options, format: 'asff', failOn: 'never' };
  if (options.dryRun) return await evaluateCommand(sources, evaluation, io);
  const findings: Finding[] = [];
  let context: FormatContext | undefined;
  const code = await evaluateCommand(sources, evaluation, io, {
    open: async (given) => {
      context = given;
      return gathering(findings);
    },
  });
  if (context === undefined) throw new Error('Nothing was evaluated.');
  const published = await publish({ findings, context }, io);
  return (
    [EXIT.failure, EXIT.partial].find((worst) => worst === code || worst === published) ?? code
  );
}

interface Work {
  readonly findings: readonly Finding[];
  readonly context: FormatContext;
}

async function publish(work: Work, io: Io): Promise<ExitCode> {
  const { findings, context } = work;
  const account = await callerAccount();
  const own = findings.filter(({ subject }) => subject.account === account);
  const regions = new Set(own.map((finding) => placeOf(finding, context).region));
  const failures = new Map<string, string>();
  let newer = 0;
  for (const region of regions) {
    const here = own.filter((finding) => placeOf(finding, context).region === region);
    try {
      const settled = await publishIn(region, account, { ...work, findings: here }, io);
      for (const [id, reason] of settled.failures) failures.set(id, reason);
      newer += settled.newer.length;
    } catch (error) {
      // One Region that does not answer costs the others nothing.
      if (error instanceof MissingPackage) throw error;
      for (const finding of here) failures.set(idIn(region, finding), String(error));
    }
  }
  for (const [id, reason] of [...failures].slice(0, TOLD_AT_MOST)) {
    warn(io, `${id}: ${reason}`);
  }
  const others = findings.length - own.length;
  const held = own.length - failures.size - newer;
  note(io, `Security Hub of ${account} holds ${held} of ${own.length} findings.\n`);
  if (newer > 0) {
    warn(
      io,
      `${newer} findings were left as they are, because Security Hub has a later result: use newer records.`,
    );
  }
  if (others > 0) {
    warn(io, `${others} findings belong to other accounts: publish them from those accounts.`);
  }
  if (failures.size > 0) return EXIT.failure;
  return others > 0 || newer > 0 ? EXIT.partial : EXIT.clean;
}

const TOLD_AT_MOST = 10;

const idIn = (region: string, finding: Finding) => asffId(finding, partitionOf(region), region);

async function publishIn(region: string, account: string, work: Work, io: Io) {
  const { findings, context } = work;
  const { now, settings, pagesUrl } = context;
  const wait = (milliseconds: number) => setTimeout(milliseconds);
  const hub = new SecurityHub(await securityHubIn(region), {
    ...{ now: () => new Date(), wait },
    // It may run at the same time as the publisher.
    share: SHARES.queue,
  });
  // What is updated now is stamped so, whatever time it was judged for: Security Hub forgets what was not updated for long.
  const at = io.now().toISOString();
  const wanted = findings.map((finding): Wanted => {
    const { rule } = placeOf(finding, context);
    const capturedAt = finding.capturedAt ?? now;
    return { finding: { ...finding, capturedAt }, rule, at, from: 'record', replaces: false };
  });
  const place = { account, region, partition: partitionOf(region) };
  const { waivers, organization } = settings;
  const { accounts } = organization;
  const common = { hub, place, waivers, accounts, pagesUrl, release, wait };
  const settler: Settler = { ...common, contentHash: undefined };
  const ids = wanted.map((each) => idOf(each, place));
  return await settle(settler, wanted, await hub.named(productOf(place), ids));
}

const gathering = (findings: Finding[]): Output => ({
  add: async (finding) => void findings.push(finding),
  flush: async () => {},
  end: async () => {},
});
