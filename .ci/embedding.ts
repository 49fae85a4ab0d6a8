/** A program that embeds the rules, as .ci/run compiles and runs it against the packed package. */
import { evaluate, type Finding, parseSettings, rules } from 's3-config-rules';

const settings = parseSettings('kms: { approvedKeys: [alias/ours] }', 'settings.yaml');
const item = {
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'b',
  awsRegion: 'eu-central-1',
  awsAccountId: '111122223333',
  configurationItemStatus: 'OK',
  configuration: { name: 'b' },
  supplementaryConfiguration: {},
};
const findings: readonly Finding[] = await evaluate([item], { rules: rules.slice(0, 5), settings });
if (findings.length === 0) throw new Error('No rule judged the bucket.');
