export const DATABASE = 's3_config_rules';
export const TABLE = 'compliance_changes';

export interface SavedQuery {
  /** Part of the logical id. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** For engine version 3 of Athena. */
  readonly sql: string;
}

/**
 * Names and annotations come from accounts that may be hostile, and results are CSV files that people open: what a spreadsheet
 * would take for a formula gets an apostrophe in front (OWASP, "CSV Injection").
 */
const shown = (column: string) =>
  `CASE WHEN regexp_like(${column}, '^[=+\\-@\\t\\r]') THEN '''' || ${column} ELSE ${column} END AS ${column}`;

/** AWS Config adds this to the names of rules in a pack, differently in each account. */
const RULE = `regexp_replace(detail.configrulename, '-conformance-pack-[0-9a-z]+$', '')`;

/** AWS Config is told NOT_APPLICABLE of what is waived; it has failed all the same, and is no failure that was fixed. */
const WAIVED = `'^waived [^,]+, '`;
const stateOf = (result: string) =>
  `CASE WHEN ${result}.compliancetype = 'NOT_APPLICABLE' AND regexp_like(${result}.annotation, ${WAIVED})
      THEN 'WAIVED' ELSE ${result}.compliancetype END`;

const SUBJECT = 'account, region, rule, resource_type, resource_id';
const SHOWN_SUBJECT = `account, region, ${shown('rule')}, resource_type, ${shown('resource_id')}`;

const daysAgo = (days: number) =>
  `date_format(current_timestamp - INTERVAL '${days}' DAY, '%Y/%m/%d')`;

/**
 * The events, flat. EventBridge may deliver one twice, hence DISTINCT. A line that is no JSON has no id, and a time that cannot be
 * read is none: nothing that is locked in the bucket may stop a query.
 */
const changes = (where = 'id IS NOT NULL') => `WITH changes AS (
  SELECT DISTINCT
    id,
    account,
    region,
    ${RULE} AS rule,
    detail.resourcetype AS resource_type,
    detail.resourceid AS resource_id,
    ${stateOf('detail.oldevaluationresult')} AS old_state,
    ${stateOf('detail.newevaluationresult')} AS state,
    detail.newevaluationresult.annotation AS annotation,
    try(from_iso8601_timestamp(detail.newevaluationresult.resultrecordedtime)) AS recorded
  FROM ${DATABASE}.${TABLE}
  WHERE ${where}
)`;

const newest = `${changes()},
newest AS (
  SELECT
    ${SUBJECT},
    max_by(state, recorded) AS state,
    max_by(annotation, recorded) AS annotation,
    max(recorded) AS recorded
  FROM changes
  GROUP BY ${SUBJECT}
)`;

/** What an auditor asks. Values to change are at the top or next to a remark; no query takes a name as part of its text. */
export const queries: readonly SavedQuery[] = [
  {
    id: 'BucketChanges',
    name: 's3-config-rules: changes of one bucket',
    description: 'Every change of compliance of one bucket, or other resource, within a period.',
    sql: `-- Change: the name of the bucket, and the first and the last day of the period.
${changes(`day BETWEEN '2026/01/01' AND '2026/12/31'
    AND detail.resourceid = 'example-bucket'`)}
SELECT recorded, account, region, ${shown('rule')}, old_state, state, ${shown('annotation')}
FROM changes
ORDER BY recorded, rule, id`,
  },
  {
    id: 'Failures',
    name: 's3-config-rules: what failed, when and for how long',
    description:
      'Failures that began within the last year, those that last first, and what followed: only COMPLIANT is fixed.',
    sql: `-- Change: the number of days. A failure that began earlier is not listed.
${changes(`day >= ${daysAgo(365)}`)},
steps AS (
  SELECT *, lag(state) OVER (PARTITION BY ${SUBJECT} ORDER BY recorded, id) AS before
  FROM changes
),
periods AS (
  SELECT
    *,
    lead(recorded) OVER (PARTITION BY ${SUBJECT} ORDER BY recorded, id) AS ended,
    lead(state) OVER (PARTITION BY ${SUBJECT} ORDER BY recorded, id) AS followed_by
  FROM steps
  WHERE before IS NULL OR before <> state
)
SELECT
  ${SHOWN_SUBJECT},
  ${shown('annotation')},
  recorded AS failed,
  ended,
  followed_by,
  date_diff('hour', recorded, coalesce(ended, current_timestamp)) AS hours
FROM periods
WHERE state = 'NON_COMPLIANT'
ORDER BY ended IS NOT NULL, recorded, ${SUBJECT}`,
  },
  {
    id: 'Newest',
    name: 's3-config-rules: newest results',
    description: 'The newest result of each rule on each resource, in each account and Region.',
    sql: `${newest}
SELECT ${SHOWN_SUBJECT}, state, ${shown('annotation')}, recorded
FROM newest
ORDER BY ${SUBJECT}`,
  },
  {
    id: 'FailingRules',
    name: 's3-config-rules: rules by failing resources',
    description:
      'How many resources fail each rule now, in how many accounts, and how many more are waived.',
    sql: `${newest}
SELECT
  ${shown('rule')},
  count(CASE WHEN state = 'NON_COMPLIANT' THEN 1 END) AS failing,
  count(DISTINCT CASE WHEN state = 'NON_COMPLIANT' THEN account END) AS accounts,
  count(CASE WHEN state = 'WAIVED' THEN 1 END) AS waived
FROM newest
WHERE state = 'NON_COMPLIANT' OR state = 'WAIVED'
GROUP BY rule
ORDER BY failing DESC, rule`,
  },
  {
    id: 'SilentAccounts',
    name: 's3-config-rules: accounts that went silent',
    description:
      'Accounts and Regions that sent nothing for 7 days. Only changes are sent, so silence by itself is not a failure.',
    sql: `-- Change: the number of days. What never sent anything is not listed: the aggregator knows all accounts.
WITH newest AS (
  SELECT account, region, max(try(from_iso8601_timestamp(time))) AS sent
  FROM ${DATABASE}.${TABLE}
  WHERE id IS NOT NULL
  GROUP BY account, region
)
SELECT account, region, sent, date_diff('day', sent, current_timestamp) AS days
FROM newest
WHERE date_diff('day', sent, current_timestamp) >= 7
ORDER BY sent, account, region`,
  },
  {
    id: 'Waived',
    name: 's3-config-rules: waived',
    description: 'What is waived now, by which waiver, and the message under it.',
    sql: `-- AWS Config may leave out annotations; a result without one is not listed.
${newest},
waived AS (
  SELECT
    ${SUBJECT},
    regexp_extract(annotation, '^waived ([^,]+), ', 1) AS waiver,
    regexp_replace(annotation, ${WAIVED}, '') AS annotation,
    recorded
  FROM newest
  WHERE state = 'WAIVED'
)
SELECT ${SHOWN_SUBJECT}, ${shown('waiver')}, ${shown('annotation')}, recorded
FROM waived
ORDER BY ${SUBJECT}`,
  },
  {
    id: 'Unassessed',
    name: 's3-config-rules: could not be assessed',
    description: 'What fails for want of evidence, and what is missing.',
    sql: `-- AWS Config may leave out annotations; a result without one is not listed.
${newest}
SELECT ${SHOWN_SUBJECT}, ${shown('annotation')}, recorded
FROM newest
WHERE state = 'NON_COMPLIANT' AND regexp_like(annotation, '^evidenceUnavailable: ')
ORDER BY ${SUBJECT}`,
  },
];
