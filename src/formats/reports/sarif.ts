import { createHash } from 'node:crypto';
import type { Severity } from '../../engine/rule.ts';
import { adviceFor, type RuleWords } from '../../engine/words.ts';
import { cut, printable } from '../../values/text.ts';
import type { Format, FormatContext } from '../format.ts';
import { jsonLine } from '../json.ts';
import type { BaselineState, Reported } from '../reported.ts';
import { labelsOf } from '../requirement-labels.ts';
import { OpenFindings, wordsFor } from './open-findings.ts';

/**
 * What GitHub accepts in one run; it shows the 5,000 most severe (GitHub documentation, "SARIF results exceed one or more limits").
 */
const RESULTS_AT_MOST = 25_000;
/** The same page: of more tags of a rule, GitHub shows 10. */
const TAGS_AT_MOST = 10;

const INFORMATION = 'https://github.com/s3-config-rules/s3-config-rules';
const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0 for code scanning: what fails, could not be assessed or is waived. A waiver is a suppression, and a baseline gives
 * each result its state.
 */
export const sarif: Format = {
  open(write, context) {
    const open = new OpenFindings(RESULTS_AT_MOST);
    return {
      add: async (finding) => open.add(finding),
      end: () => write(`${jsonLine(logOf(open, context))}\n`),
    };
  },
};

function logOf(open: OpenFindings, context: FormatContext) {
  const { all, left } = open;
  const ids = [...new Set(all.map(({ rule }) => rule))].sort();
  const notifications =
    left > 0
      ? [
          {
            level: 'warning',
            message: { text: `${left} results of lower severity do not fit in here.` },
          },
        ]
      : [];
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 's3-config-rules',
            informationUri: INFORMATION,
            ...(context.release ? { semanticVersion: context.release.version } : {}),
            rules: ids.map((id) => ruleOf(wordsFor(id, context.rules), context)),
          },
        },
        automationDetails: { id: 's3-config-rules/' },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            endTimeUtc: context.now,
            ...(left > 0 ? { toolExecutionNotifications: notifications } : {}),
          },
        ],
        results: all.map((finding) => resultOf(finding, ids.indexOf(finding.rule), context)),
      },
    ],
  };
}

/** How GitHub orders alerts of security: over 9.0 critical, 7.0 high, 4.0 medium, above that low (GitHub documentation, "SARIF support"). */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

const LEVELS = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;

function ruleOf(
  { id, title, rationale, severity, requirements, messages }: RuleWords,
  { pagesUrl }: FormatContext,
) {
  const fixes = new Set(Object.values(messages).flatMap(({ fix }) => fix ?? []));
  const labels = labelsOf(Object.keys(requirements) as Reported['requirements'][number][]);
  return {
    id,
    name: id,
    shortDescription: { text: cut(title, 1024) },
    fullDescription: { text: cut(rationale, 1024) },
    help: {
      text: [rationale, ...fixes].join('\n\n'),
      markdown: `${rationale}\n\n${[...fixes].map((fix) => `- ${fix}`).join('\n')}\n`,
    },
    ...(pagesUrl ? { helpUri: `${pagesUrl.replace(/\/$/, '')}/${id}.md` } : {}),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      'security-severity': SECURITY_SEVERITY[severity],
      tags: ['security', ...labels].slice(0, TAGS_AT_MOST),
    },
  };
}

/** Section 3.27.24 of the standard. */
const BASELINE: Readonly<Record<BaselineState, string>> = {
  new: 'new',
  changed: 'updated',
  known: 'unchanged',
};

function resultOf(finding: Reported, ruleIndex: number, context: FormatContext) {
  const { rule, state, severity, subject, messageId, message, waiver, baseline } = finding;
  const advice = adviceFor(finding, context.rules);
  const said = state === 'UNKNOWN' ? `Could not be assessed: ${message}` : message;
  const text = [`${printable(subject.name)}: ${said}`, ...(advice ? [`Fix: ${advice.fix}`] : [])];
  return {
    ruleId: rule,
    ruleIndex,
    // What could not be assessed is shown: by the standard it would have no level, and would be overlooked.
    level: state === 'UNKNOWN' ? 'warning' : LEVELS[severity],
    message: { text: text.join('\n') },
    locations: [locationOf(finding)],
    partialFingerprints: fingerprintsOf(finding),
    ...(baseline ? { baselineState: BASELINE[baseline] } : {}),
    ...(state === 'WAIVED' ? { suppressions: [suppressionOf(waiver, context)] } : {}),
    properties: {
      ...{ state, severity, messageId, capturedAt: finding.capturedAt },
      ...{ resource: subject, requirements: finding.requirements },
    },
  };
}

/**
 * A resource is no file, but GitHub asks for one: its type and its name stand for it, so that the alert stays the same from run to
 * run. Account ids do not become part of a path; they are in the properties.
 */
function locationOf({ subject }: Reported) {
  const kind = subject.type.toLowerCase().split('::').filter(Boolean).slice(1);
  const name = subject.name === subject.account ? 'account' : subject.name;
  const uri = [...kind, name].map((part) => encodeURIComponent(printable(part))).join('/');
  return {
    physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
    logicalLocations: [
      {
        name: printable(subject.name),
        fullyQualifiedName: printable(subject.arn || subject.id),
        kind: 'resource',
      },
    ],
  };
}

/** GitHub tells alerts apart by primaryLocationLineHash, path and rule; the message is part of it, because it is what is fixed. */
function fingerprintsOf({ rule, messageId, subject: { type, account, region, id } }: Reported) {
  const hash = createHash('sha256')
    .update(JSON.stringify([rule, type, account, region, id, messageId]))
    .digest('hex');
  return { primaryLocationLineHash: `${hash.slice(0, 16)}:1`, 's3ConfigRules/v1': hash };
}

function suppressionOf(id: string | undefined, { settings }: FormatContext) {
  const waiver = settings.waivers.find((each) => each.id === id);
  const terms = waiver
    ? `Waiver ${waiver.id}: ${waiver.reason} Approved by ${waiver.approver} until ${waiver.expires}.`
    : `Waiver ${id ?? ''}`;
  return { kind: 'external', status: 'accepted', justification: printable(terms) };
}
