import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { type Asff, PREFIXES } from '../../formats/asff.ts';
import { EVIDENCE_FIELD, PRODUCT, STATE_FIELD } from '../../formats/asff-fields.ts';
import { chunks, SLICE } from '../batches.ts';
import type { Failures, Work } from '../security-hub.ts';
import { type Held, productOf, type Settler } from '../settler.ts';

export interface Archived {
  readonly archived: number;
  /** Findings that there was no time for. */
  readonly left: number;
  readonly failures: Failures;
}

/** Archives findings as they stand. @param at since when they are gone (ISO). */
export async function archive(
  { hub, place }: Settler,
  gone: ReadonlyMap<string, Held>,
  at: string,
  { listing, isOver }: Required<Work>,
): Promise<Archived> {
  const failures: Failures = new Map();
  const fresh = await hub.named(productOf(place), [...gone.keys()], listing);
  // What was updated in between is not gone.
  const same = [...fresh].filter(([id, { UpdatedAt }]) => UpdatedAt === gone.get(id)?.UpdatedAt);
  let [begun, archived] = [0, 0];
  for (const some of chunks(same, SLICE)) {
    if (begun > 0 && isOver()) break;
    const findings: Asff[] = [];
    for (const [id, finding] of some) {
      try {
        findings.push(retired(finding, at));
      } catch (error) {
        failures.set(id, String(error));
      }
    }
    for (const [id, reason] of await hub.import(findings)) failures.set(id, reason);
    begun += some.length;
    archived += findings.length;
  }
  return { archived, left: same.length - begun, failures };
}

/**
 * A finding that Security Hub holds, archived: its rule or its resource is gone. Our own fields are sent again, without those that
 * belong to the customer or to Security Hub, and without what made it look as if there was something to do.
 */
export function retired(finding: AwsSecurityFinding, at: string): Asff {
  const { SchemaVersion, Id, ProductArn, GeneratorId, AwsAccountId, CreatedAt, Title } = finding;
  const { Remediation, Resources, Compliance, FindingProviderFields } = finding;
  const next = Math.max(Date.parse(at), Date.parse(finding.UpdatedAt ?? at) + 1);
  const ours = Object.entries(finding.ProductFields ?? {}).filter(
    ([key]) => key.startsWith(`${PRODUCT}/`) && !/[/]waive[rd]/.test(key),
  );
  const { SecurityControlId, RelatedRequirements } = Compliance ?? {};
  const { Url } = Remediation?.Recommendation ?? {};
  const { Original } = FindingProviderFields?.Severity ?? {};
  const archived = {
    ...{ SchemaVersion, Id, ProductArn, ProductName: PRODUCT, GeneratorId, AwsAccountId },
    ...{ CreatedAt, Title: plain(Title), Description: VANISHED, Resources },
    // Whether a field that is left out stays as it was is nowhere documented.
    ...(Remediation
      ? { Remediation: { Recommendation: { Text: NOTHING, ...(Url ? { Url } : {}) } } }
      : {}),
    FindingProviderFields: {
      ...FindingProviderFields,
      Severity: { Label: 'INFORMATIONAL', ...(Original ? { Original } : {}) },
    },
    UpdatedAt: new Date(next).toISOString(),
    Compliance: {
      ...{ Status: 'NOT_AVAILABLE', SecurityControlId, RelatedRequirements },
      StatusReasons: [{ ReasonCode: 'resultVanished', Description: VANISHED }],
    },
    ProductFields: {
      ...Object.fromEntries(ours),
      [STATE_FIELD]: 'NOT_APPLICABLE',
      [`${PRODUCT}/messageId`]: 'resultVanished',
      // A result that was recorded before is over.
      [EVIDENCE_FIELD]: at,
    },
    RecordState: 'ARCHIVED',
  };
  return archived as unknown as Asff;
}

const NOTHING = 'There is nothing to fix.';
const VANISHED = 'AWS Config no longer has this result.';

function plain(title = ''): string {
  const prefix = Object.values(PREFIXES).find((each) => each !== '' && title.startsWith(each));
  return title.slice(prefix?.length ?? 0);
}
