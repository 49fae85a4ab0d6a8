import { PRODUCT } from '../formats/asff-fields.ts';

/**
 * Automation rules of Security Hub, as CreateAutomationRule and AWS::SecurityHub::AutomationRule take them. They belong to
 * the account that administers Security Hub, and act on the findings of all its members (docs/security-hub.md).
 */
export interface AutomationRule {
  readonly RuleName: string;
  readonly Description: string;
  readonly RuleOrder: number;
  readonly RuleStatus: 'ENABLED';
  readonly IsTerminal: boolean;
  readonly Criteria: Readonly<Record<string, readonly Filter[]>>;
  readonly Actions: readonly object[];
}

interface Filter {
  readonly Value: string;
  readonly Comparison: 'EQUALS' | 'PREFIX' | 'CONTAINS';
}

/** What packs append to the name of a rule, before some letters of their own; other ways to deploy rules keep it. */
export const DECORATION = '-conformance-pack-';

/** The most values that the title takes as a criterion (Security Hub API Reference, AutomationRulesFindingFilters). */
const TITLES = 100;

/**
 * Suppresses the copies that AWS Config itself sends of our results: always MEDIUM, titled with the name of the rule, either plain or
 * as a pack decorates it. A rule of someone else whose name only begins like ours is not affected.
 */
export function suppressNativeCopies(rules: readonly { readonly id: string }[]): AutomationRule[] {
  const titles = rules.flatMap(({ id }): Filter[] => [
    { Value: id, Comparison: 'EQUALS' },
    { Value: `${id}${DECORATION}`, Comparison: 'PREFIX' },
  ]);
  return Array.from({ length: Math.ceil(titles.length / TITLES) }, (_, index) => ({
    RuleName: `${PRODUCT}-native-copies-${index + 1}`,
    Description: `Suppresses the AWS Config copies of findings that ${PRODUCT} publishes.`,
    RuleOrder: 100 + index,
    RuleStatus: 'ENABLED',
    IsTerminal: true,
    Criteria: {
      ProductArn: [{ Value: ':product/aws/config', Comparison: 'CONTAINS' }],
      Title: titles.slice(index * TITLES, (index + 1) * TITLES),
      WorkflowStatus: [
        { Value: 'NEW', Comparison: 'EQUALS' },
        { Value: 'NOTIFIED', Comparison: 'EQUALS' },
      ],
    },
    Actions: [setWorkflow('SUPPRESSED', `Published by ${PRODUCT} with reason and remediation.`)],
  }));
}

/**
 * Resolves our findings when they pass. No rule has to open them again: Security Hub itself resets the workflow from NOTIFIED or
 * RESOLVED to NEW when a finding falls from PASSED to FAILED, WARNING or NOT_AVAILABLE, and when an archived one becomes active
 * (API Reference, Workflow; User Guide, "Setting the workflow status of findings").
 */
export const resolvePassed: AutomationRule = {
  RuleName: `${PRODUCT}-resolve-passed`,
  Description: `Sets findings of ${PRODUCT} that are PASSED to RESOLVED.`,
  RuleOrder: 200,
  RuleStatus: 'ENABLED',
  IsTerminal: false,
  Criteria: {
    ProductName: [{ Value: PRODUCT, Comparison: 'EQUALS' }],
    ComplianceStatus: [{ Value: 'PASSED', Comparison: 'EQUALS' }],
    RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }],
    WorkflowStatus: [
      { Value: 'NEW', Comparison: 'EQUALS' },
      { Value: 'NOTIFIED', Comparison: 'EQUALS' },
    ],
  },
  Actions: [setWorkflow('RESOLVED')],
};

/** A note would overwrite one that an analyst wrote, so our own findings do not get a note. */
function setWorkflow(Status: string, note?: string): object {
  return {
    Type: 'FINDING_FIELDS_UPDATE',
    FindingFieldsUpdate: {
      Workflow: { Status },
      ...(note ? { Note: { Text: note, UpdatedBy: PRODUCT } } : {}),
    },
  };
}

/** Every automation rule as a file that create-automation-rule of the AWS CLI takes, by its name. */
export function automationRuleFiles(
  rules: readonly { readonly id: string }[],
): ReadonlyMap<string, string> {
  const all = [...suppressNativeCopies(rules), resolvePassed];
  return new Map(
    all.map((rule) => [`${rule.RuleName}.json`, `${JSON.stringify(rule, null, 2)}\n`]),
  );
}
