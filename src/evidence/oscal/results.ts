import type { FindingRow, SubjectRow } from '../../results/index.ts';
import type { Waiver } from '../../settings/waiver.ts';
import { counted } from '../../values/text.ts';
import { type Basis, documentId, FILES, metadataOf, supportedIn } from './basis.ts';
import { listed, markup, objectiveId, prop, uuidOf } from './ids.ts';
import { inList } from './pieces.ts';
import { assessmentAssets, reviewedControls, TOOL } from './plan.ts';
import { riskOf } from './risk.ts';
import { inventoryItem, subjectId } from './subjects.ts';
import { isOpen, passesId, riskId, type Tally } from './tally.ts';

const ORIGIN = [{ actors: [{ type: 'tool', 'actor-uuid': TOOL }] }];

export interface Population {
  subjects(): AsyncIterable<SubjectRow>;
  findings(): AsyncIterable<FindingRow>;
}

/**
 * The assessment results, in pieces of text: there is one observation for each finding that does not pass, so they may be many.
 * @param tally is filled on the way, from the same rows.
 */
export async function* assessmentResults(
  basis: Basis,
  population: Population,
  tally: Tally,
  waivers: readonly Waiver[],
): AsyncGenerator<string> {
  const head = {
    uuid: documentId(basis, 'results'),
    metadata: metadataOf(
      basis,
      `Results of the assessment of Amazon S3 from ${basis.period.from} to ${basis.period.to}`,
    ),
    'import-ap': { href: FILES.plan },
  };
  const result = {
    uuid: uuidOf('result', documentId(basis, 'results')),
    title: 'How the rules judged the resources',
    description:
      'Each rule was tried on every resource that it is for. A rule supports a requirement and does not establish that it is satisfied.',
    start: basis.period.from,
    end: basis.period.to,
    'reviewed-controls': reviewedControls(basis),
  };
  yield `{"assessment-results":${opened(head)},"results":[${opened(result)}`;
  yield `,"local-definitions":{"assessment-assets":${JSON.stringify(assessmentAssets(basis))}`;
  yield* inList('inventory-items', itemsOf(population));
  yield '}';
  yield* inList('observations', observations(basis, population, tally));
  yield* inList(
    'risks',
    tally.groups.map((group) => riskOf(group, basis, waivers)),
  );
  yield* inList('findings', findingsOf(basis, tally));
  yield '}]}}\n';
}

const opened = (value: object) => JSON.stringify(value).slice(0, -1);

async function* itemsOf({ subjects }: Population) {
  for await (const row of subjects()) if (!row.deleted) yield inventoryItem(row);
}

async function* observations(basis: Basis, { findings }: Population, tally: Tally) {
  for await (const row of findings()) {
    tally.add(row);
    if (isOpen(row.state)) yield observationOf(row, basis);
  }
  for (const [rule, states] of [...tally.rules].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (states.PASS === 0) continue;
    yield {
      uuid: passesId(rule),
      title: markup(`${rule}: passes`),
      description:
        `${counted(states.PASS, 'resource')} passed; ` +
        `${states.NOT_APPLICABLE} were not applicable. Each has a row in results.ndjson.`,
      props: [
        prop('rule', rule),
        prop('pass', states.PASS),
        prop('not-applicable', states.NOT_APPLICABLE),
      ],
      methods: ['TEST'],
      types: ['control-objective'],
      origins: ORIGIN,
      'relevant-evidence': [
        { href: '../results/results.ndjson', description: 'All results, one in a line.' },
      ],
      collected: basis.run.evaluatedAt,
    };
  }
}

function observationOf(row: FindingRow, basis: Basis) {
  const { itemHash } = row;
  return {
    uuid: row.id,
    title: markup(`${row.rule}: ${row.messageId}`),
    description: markup(row.message),
    props: [
      prop('rule', row.rule),
      prop('state', row.state),
      prop('severity', row.severity),
      ...(row.waiver ? [prop('waiver', row.waiver)] : []),
      ...(itemHash ? [prop('item-sha256', itemHash)] : []),
    ],
    methods: ['TEST'],
    types: ['finding'],
    origins: ORIGIN,
    subjects: [{ 'subject-uuid': subjectId(row.subject), type: 'inventory-item' }],
    ...(itemHash
      ? {
          'relevant-evidence': [
            {
              href: `../items/${itemHash.slice(0, 2)}/${itemHash}.json`,
              description: 'The configuration item that was judged.',
            },
          ],
        }
      : {}),
    collected: row.observedAt ?? basis.run.evaluatedAt,
  };
}

function findingsOf(basis: Basis, tally: Tally): readonly object[] {
  const { accounts, regions, subjects } = basis.run.notAssessed;
  const isWhole = accounts + regions + subjects === 0;
  return supportedIn(basis).flatMap(({ rule, requirement, strength }) => {
    const states = tally.objective(requirement, rule.id);
    const { PASS, FAIL, UNKNOWN, WAIVED } = states;
    if (PASS + FAIL + UNKNOWN + WAIVED === 0) return [];
    const isSatisfied = isWhole && FAIL + UNKNOWN + WAIVED === 0;
    const reason = isSatisfied ? 'pass' : FAIL > 0 ? 'fail' : 'other';
    const groups = tally.groups.filter((each) => each.rule === rule.id);
    const target = objectiveId(requirement, rule.id);
    return [
      {
        uuid: uuidOf('finding', target),
        title: markup(rule.title),
        description:
          `Of the results that speak for this objective, ${PASS} pass, ${FAIL} fail, ` +
          `${WAIVED} are waived and ${UNKNOWN} could not be assessed.`,
        props: [
          prop('strength', strength),
          ...Object.entries(states).map(([state, count]) =>
            prop(state.toLowerCase().replace('_', '-'), count),
          ),
        ],
        origins: ORIGIN,
        target: {
          type: 'objective-id',
          'target-id': target,
          description: 'What the rule tests, and not the whole requirement.',
          status: { state: isSatisfied ? 'satisfied' : 'not-satisfied', reason },
        },
        ...listed(
          'related-observations',
          PASS > 0 ? [{ 'observation-uuid': passesId(rule.id) }] : [],
        ),
        ...listed(
          'related-risks',
          groups.map((group) => ({ 'risk-uuid': riskId(group) })),
        ),
      },
    ];
  });
}
