import { rules } from '../../rules/index.ts';
import { parametersOf } from '../engine/parameters.ts';
import { misnamed } from '../settings/attestation.ts';
import { misbounded } from '../settings/retention.ts';
import { emptySettings, type Settings } from '../settings/settings.ts';
import { MAXIMUM_WAIVER_DAYS, unitsOf } from '../settings/waiver.ts';
import { printable } from '../values/text.ts';
import { isDay } from '../values/time.ts';
import { didYouMean } from './nearest.ts';
import { addressableProblems } from './problems/addressable.ts';
import { parameterProblems } from './problems/parameters.ts';
import { validateSettings, validatorOf } from './validators.ts';
import { type Path, parseYamlFile, readText, SettingsError } from './yaml-file.ts';

export { SettingsError } from './yaml-file.ts';

/** @throws SettingsError */
export async function loadSettings(file: string): Promise<Settings> {
  return parseSettings(await readText(file), file);
}

/** @param file named in errors. @throws SettingsError with every problem found, not just the first. */
export function parseSettings(text: string, file: string): Settings {
  const { value, place } = parseYamlFile(text, file, validateSettings);
  const settings = complete(value as Partial<Settings>);
  const problems = [
    ...ruleProblems(settings, place),
    ...dateProblems(settings, place),
    ...waiverProblems(settings, place),
    ...attestationProblems(settings, place),
    ...classProblems(settings, place),
    ...retentionProblems(settings, place),
    ...addressableProblems(settings, place),
  ];
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

function complete(given: { [K in keyof Settings]?: Partial<Settings[K]> }): Settings {
  return {
    trust: { ...emptySettings.trust, ...given.trust },
    iam: { ...emptySettings.iam, ...given.iam },
    kms: { ...emptySettings.kms, ...given.kms },
    logs: { ...emptySettings.logs, ...given.logs },
    classification: { ...emptySettings.classification, ...given.classification },
    organization: { ...emptySettings.organization, ...given.organization },
    population: { ...emptySettings.population, ...given.population },
    reviews: (given.reviews ?? []) as Settings['reviews'],
    attestations: (given.attestations ?? []) as Settings['attestations'],
    retention: (given.retention ?? []) as Settings['retention'],
    ...(given.addressable === undefined
      ? {}
      : { addressable: given.addressable as NonNullable<Settings['addressable']> }),
    rules: (given.rules ?? {}) as Settings['rules'],
    waivers: (given.waivers ?? []) as Settings['waivers'],
  };
}

/** What the schema of the whole file cannot say: a parameter against the defaults of its neighbours. */
function ruleProblems(settings: Settings, place: (path: Path) => string): string[] {
  return rules.flatMap((rule) => {
    if (!Object.hasOwn(settings.rules, rule.id)) return [];
    const values = parametersOf(rule, settings);
    const problems = parameterProblems(rule, values, validatorOf(rule.id));
    return problems.map((problem) => `${place(['rules', rule.id])}: ${problem}`);
  });
}

/** A pattern does not know the calendar: the 31st of November is no day. */
function dateProblems(
  { waivers, reviews, attestations, addressable = [] }: Settings,
  place: (path: Path) => string,
): string[] {
  const dates = [
    ...waivers.flatMap(({ created, expires }, index) => [
      { path: ['waivers', index, 'created'], date: created },
      { path: ['waivers', index, 'expires'], date: expires },
    ]),
    ...reviews.map(({ at: date }, index) => ({ path: ['reviews', index, 'at'], date })),
    ...attestations.map(({ at: date }, index) => ({ path: ['attestations', index, 'at'], date })),
    ...addressable.map(({ at: date }, index) => ({ path: ['addressable', index, 'at'], date })),
  ];
  return dates
    .filter(({ date }) => !isDay(date))
    .map(
      ({ path, date }) =>
        `${place(path)}: ${path.at(-1)} is ${date}, expected a day of the calendar.`,
    );
}

function attestationProblems({ attestations }: Settings, place: (path: Path) => string): string[] {
  return attestations.flatMap((attestation, index) => {
    const expected = misnamed(attestation);
    const { watches, arn } = attestation;
    return expected === null
      ? []
      : [
          `${place(['attestations', index, 'arn'])}: arn is ${arn}, expected ${expected} for ${watches}.`,
        ];
  });
}

/** A class that is not allowed would never be found on a bucket, and the rules on sensitive data would judge none. */
function classProblems(
  { classification: { values, sensitive } }: Settings,
  place: (path: Path) => string,
): string[] {
  return sensitive
    .filter((value) => values.length > 0 && !values.includes(value))
    .map(
      (value) =>
        `${place(['classification', 'sensitive'])}: sensitive has ${printable(value)}, expected only entries of values.`,
    );
}

function retentionProblems({ retention }: Settings, place: (path: Path) => string): string[] {
  return retention.flatMap((period, index) => {
    const expected = misbounded(period);
    return expected === null ? [] : [`${place(['retention', index])}: expected ${expected}.`];
  });
}

function waiverProblems(
  { waivers, organization }: Settings,
  place: (path: Path) => string,
): string[] {
  const seen = new Set<string>();
  const units = new Set(
    Object.keys(organization.accounts).flatMap((id) => unitsOf(id, organization.accounts)),
  );
  return waivers.flatMap(({ id, rule, subject, created, expires }, index) => {
    const where = (key: string) => `${place(['waivers', index, key])}: waiver ${id}`;
    const problems: string[] = [];
    if (seen.has(id)) problems.push(`${where('id')}: the id is used twice, expected a unique id.`);
    seen.add(id);
    if (!rules.some((known) => known.id === rule)) {
      const meant = didYouMean(
        rule,
        rules.map((each) => each.id),
      );
      problems.push(
        `${where('rule')}: rule is ${printable(rule)}, expected the id of a rule.${meant}`,
      );
    }
    if ('arn' in subject && /[*?]/.test(subject.arn)) {
      problems.push(
        `${where('subject')}: arn is ${printable(subject.arn)}, expected the ARN of one subject: * and ? stand for themselves. ` +
          'For many, waive an account or an OU.',
      );
    }
    if ('ou' in subject && !units.has(subject.ou)) {
      problems.push(
        `${where('subject')}: ou is ${subject.ou}, expected the OU of an account in organization.accounts. Otherwise the ` +
          'waiver never applies.',
      );
    }
    const length = (Date.parse(expires) - Date.parse(created)) / 86_400_000;
    if (!(length >= 0 && length <= MAXIMUM_WAIVER_DAYS)) {
      problems.push(
        `${where('expires')}: expires is ${expires}, expected at most ${MAXIMUM_WAIVER_DAYS} days after created (${created}).`,
      );
    }
    return problems;
  });
}
