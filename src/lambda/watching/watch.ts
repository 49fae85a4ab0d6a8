import type { Access } from '../../doctor/access.ts';
import type { UnitFacts } from '../../doctor/facts.ts';
import { accountsOf, isActive } from '../../doctor/members.ts';
import { type CoverageRow, coverageOf, type Heard } from '../../doctor/reach/coverage.ts';
import { countsOf, mailOf, troubles } from '../../doctor/reach/mail.ts';
import { allInstances, lastRollOut } from '../../doctor/reach/read.ts';
import { readUnit } from '../../doctor/read/organization.ts';
import { isKnown } from '../../records/reading.ts';

/** What the function has to know of the deployment. */
export interface Watched {
  readonly units: readonly string[];
  readonly managementAccount: string;
  readonly regions: readonly string[];
  readonly silenceHours: number;
}

export interface CoverageWorld {
  readonly deployment: Watched;
  readonly contentHash: string | null;
  /** The home Region. */
  readonly region: string;
  readonly access: Pick<Access, 'ask'>;
  /** The latest heartbeat of each place since a time in milliseconds. */
  readonly heard: (since: number) => Promise<readonly Heard[]>;
  readonly now: () => Date;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  readonly publish: (subject: string, message: string) => Promise<void>;
  /** Answers where the text is kept, or null. */
  readonly keep: (key: string, body: string) => Promise<string | null>;
}

/** Some unit could not be read, so that nothing can be said of accounts that might be in it. */
export class UnitNotRead extends Error {
  override readonly name = 'UnitNotRead';
}

const DAYS = 14;

/** Once a day: compares, keeps the rows, and sends one mail when something is not as it should be. */
export function createCoverage(world: CoverageWorld): () => Promise<{ readonly rows: number }> {
  return async () => {
    const now = world.now().toISOString();
    const rows = await rowsOf(world, now);
    const counts = countsOf(rows);
    world.log({ level: troubles(rows).length > 0 ? 'warn' : 'info', task: 'coverage', counts });
    const body = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const kept = await world.keep(`coverage/${now.slice(0, 10).replaceAll('-', '/')}.ndjson`, body);
    const mail = mailOf(rows, kept ?? 's3-config-rules doctor deployment.yaml --format json');
    // SNS takes a subject of up to 100 characters (API reference, Publish).
    if (mail !== null) await world.publish(`s3-config-rules: ${counts}`.slice(0, 99), mail);
    return { rows: rows.length };
  };
}

/** @throws UnitNotRead, and what AWS answers: the alarm on this function tells of it. */
async function rowsOf(
  { deployment, contentHash, region, access, heard }: CoverageWorld,
  now: string,
): Promise<readonly CoverageRow[]> {
  const { managementAccount, regions, silenceHours } = deployment;
  const units: UnitFacts[] = [];
  for (const unit of deployment.units) units.push(await readUnit(access, unit, region));
  const unread = units.find(({ accounts }) => !isKnown(accounts));
  if (unread !== undefined) throw new UnitNotRead(`the accounts of ${unread.unit} were not listed`);
  const accounts = accountsOf(units)
    .filter(isActive)
    .map(({ id }) => id)
    .filter((id) => id !== managementAccount)
    .sort();
  return coverageOf({
    ...{ accounts, regions, silenceHours, contentHash, now },
    instances: await allInstances(access.ask, region),
    heard: await heard(Date.parse(now) - DAYS * 86_400_000),
    rolledOutAt: await lastRollOut(access.ask, region, now),
  });
}
