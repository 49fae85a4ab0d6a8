import { say } from '../../engine/message.ts';
import type { AccessPointFacets } from '../../facts/access-point.ts';
import { publicStatements } from '../../policy/questions/public.ts';
import type { Identity } from '../../records/reading.ts';
import { list } from '../../values/text.ts';
import { flagsOff } from './block-public-access.ts';

/** Is the policy of the access point public, or could it become so? */
export function judgeAccessPoint(
  accessPoint: Identity & AccessPointFacets,
  { requireVpcOrigin }: { readonly requireVpcOrigin: boolean },
) {
  const { publicAccessBlock, vpc } = accessPoint.accessPointSettings;
  const { accessPointPolicy: policy, account } = accessPoint;
  const [open] =
    policy === null ? [] : publicStatements(policy, { arn: accessPoint.accessPointArn, account });
  if (open) return say('publicPolicy', { sid: open.sid, why: open.why }, open);
  const off = flagsOff(publicAccessBlock);
  if (off.length > 0) return say('flagsOff', { flags: list(off) });
  if (vpc !== null) return say('blockedInVpc', { vpc });
  return say(requireVpcOrigin ? 'internet' : 'blocked');
}
