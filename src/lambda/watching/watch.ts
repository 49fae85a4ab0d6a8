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

/** Some unit could not be read or does not exist, so that nothing can be said of accounts that might be in it. */
export class UnitNotRead extends Error {
  override readonly name = 'UnitNotRead';
}

const DAYS = 14;

/** Once a day: compares, keeps the rows, and sends one mail when something is not as it should be. */
export function createCoverage(world: CoverageWorld): () => Promise<{ readonly rows: number }> {
  return async () => {
    const now = world.now().toISOString();
    const { rows, unknown } = await covered(world, now);
    const counts = countsOf(rows);
    const isWell = troubles(rows).length + unknown.length === 0;
    world.log({ level: isWell ? 'info' : 'warn', task: 'coverage', counts });
    const failures: unknown[] = [];
    const failed = (error: unknown) => void failures.push(error);
    const body = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const key = `coverage/${now.slice(0, 10).replaceAll('-', '/')}.ndjson`;
    // A bucket that refuses the rows costs nobody the mail.
    const kept = await world.keep(key, body).catch(failed);
    const whole = kept ?? 's3-config-rules doctor deployment.yaml --format json';
    const mail = mailOf(rows, whole, unknown);
    // SNS takes a subject of up to 100 characters (API reference, Publish).
    const subject = `s3-config-rules: ${counts}`.slice(0, 99);
    if (mail !== null) await world.publish(subject, mail).catch(failed);
    if (unknown.length > 0) failures.push(new UnitNotRead(unknown.join(' ')));
    for (const error of failures) throw error;
    return { rows: rows.length };
  };
}

interface Covered {
  readonly rows: readonly CoverageRow[];
  /** Of which units nothing can be said, one sentence each. */
  readonly unknown: readonly string[];
}

/** One unit that cannot be read costs the accounts of the others nothing. @throws what AWS answers of the stack sets and heartbeats. */
async function covered(world: CoverageWorld, now: string): Promise<Covered> {
  const { deployment, contentHash, region, access, heard } = world;
  const { managementAccount, regions, silenceHours } = deployment;
  const units: UnitFacts[] = [];
  for (const unit of deployment.units) units.push(await readUnit(access, unit, region));
  const accounts = accountsOf(units)
    .filter(isActive)
    .map(({ id }) => id)
    .filter((id) => id !== managementAccount)
    .sort();
  const rows = coverageOf({
    ...{ accounts, regions, silenceHours, contentHash, now },
    instances: await allInstances(access.ask, region),
    heard: await heard(Date.parse(now) - DAYS * 86_400_000),
    rolledOutAt: await lastRollOut(access.ask, region, now),
  });
  return { rows, unknown: units.flatMap(unknownOf) };
}

function unknownOf({ unit, exists, accounts }: UnitFacts): readonly string[] {
  if (!isKnown(accounts)) return [`The accounts of ${unit} could not be listed.`];
  return isKnown(exists) && !exists.value ? [`The unit ${unit} does not exist.`] : [];
}
