import health from '../../../rules/config-recorder-health.ts';
import { fill } from '../../engine/message.ts';
import type { Recorder } from '../../facts/pack.ts';
import { recordingGaps, records } from '../../knowledge/accounts/pack-health.ts';
import { about, type Diagnosis } from '../diagnosis.ts';
import type { PlaceFacts, Plan } from '../facts.ts';

/** As the rule will say it. @throws Error when it has no such message */
export function sentence(id: string, values: object): string {
  const message = health.messages[id];
  if (message === undefined) throw new Error(`${health.id} has no message ${id}.`);
  return fill(message.sentence, { ...values, region: 'this Region' }, health.id);
}

/** Writing a recorder removes what is left out, so the existing one is edited, never written anew. */
const changeOf = (region: string) => (change: string) =>
  `Save the recorder from: aws configservice describe-configuration-recorders --region ${region}; in it, ${change}; ` +
  'write it back with: aws configservice put-configuration-recorder --configuration-recorder file://recorder.json ' +
  `--region ${region}, with its recordingGroup as --recording-group. If AWS Control Tower manages the recorder, change ` +
  'it there (docs/with-other-tools.md)';

/** Reported separately from whether it runs. */
export function judgeTypes(
  { account, region }: PlaceFacts,
  recorder: Recorder,
  { pack, terms }: Plan,
): Diagnosis {
  const { ok, fix } = about('recorded-types', { account, region });
  const { missing, late } = recordingGaps({ pack, recorder, region }, terms);
  const { name } = recorder;
  const edit = changeOf(region);
  if (missing.length > 0) {
    const types = missing.join(', ');
    return fix(
      sentence('notRecorded', { recorder: name, types }),
      edit(
        recorder.only === null
          ? `remove ${types} from the excluded types, or include global types if these are IAM types`
          : `add ${types} to its resourceTypes`,
      ),
    );
  }
  if (late.length > 0) {
    return fix(
      sentence('recordedDaily', { recorder: name, types: late.join(', ') }),
      edit('set recordingMode to CONTINUOUS for them'),
    );
  }
  return ok('It records what the rules need.');
}

/** The history of results, one record each time a result turns. Only the comparison of `rules: both` reads it. */
const COMPLIANCE = 'AWS::Config::ResourceCompliance';

/** What is recorded without need is paid for; what the central account needs must be there. */
export function judgeComplianceRecords(
  { account, region }: PlaceFacts,
  recorder: Recorder,
  { deployment }: Plan,
): Diagnosis {
  const { ok, fix, warn } = about('compliance-records', { account, region });
  const isRecorded = records(recorder, COMPLIANCE);
  const edit = changeOf(region);
  if (deployment.rules === 'both') {
    if (isRecorded) return ok(`It records ${COMPLIANCE}, which rules: both compares with.`);
    return fix(
      `It does not record ${COMPLIANCE}, so rules: both cannot see what AWS Config holds.`,
      edit(
        recorder.only === null
          ? `remove ${COMPLIANCE} from the excluded types`
          : `add ${COMPLIANCE} to its resourceTypes`,
      ),
    );
  }
  if (!isRecorded) return ok(`It does not record ${COMPLIANCE}, which no rule needs.`);
  return warn(
    `It records ${COMPLIANCE}, which no rule needs, and which is billed each time a result turns (docs/cost.md).`,
    `Leave it if you want the timeline of results in the console of AWS Config. Otherwise: ${edit(
      recorder.only === null
        ? `exclude ${COMPLIANCE} (EXCLUSION_BY_RESOURCE_TYPES)`
        : `remove ${COMPLIANCE} from its resourceTypes`,
    )}`,
  );
}
