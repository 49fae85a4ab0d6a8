import type { SubjectRow } from '../../results/index.ts';
import { type Basis, controlsIn, documentId, FILES, metadataOf, supportedIn } from './basis.ts';
import { controlId, listed, markup, objectiveId, prop, uuidOf } from './ids.ts';
import { inventoryItem, subjectId } from './subjects.ts';

const SSP = uuidOf('system-security-plan');

/** The program that judged, as the documents refer to it. */
export const TOOL = uuidOf('tool');
const PLATFORM = uuidOf('platform');

export const assessmentAssets = ({ run }: Basis) => ({
  components: [
    {
      uuid: TOOL,
      type: 'software',
      title: run.tool.name,
      description: 'The program that judged the records of AWS Config by the rules.',
      props: [
        prop('version', run.tool.version),
        prop('commit', run.tool.commit),
        prop('rules-sha256', run.tool.rulesHash),
      ],
      status: { state: 'operational' },
    },
  ],
  'assessment-platforms': [
    { uuid: PLATFORM, title: run.tool.name, 'uses-components': [{ 'component-uuid': TOOL }] },
  ],
});

/** What was assessed of the requirements: the objectives of the rules that ran. */
export function reviewedControls(basis: Basis) {
  const supported = supportedIn(basis);
  const controls = controlsIn(supported);
  if (controls.length === 0)
    return {
      'control-selections': [
        { description: 'No rule that ran supports one of these requirements.' },
      ],
    };
  return {
    'control-selections': [
      { 'include-controls': controls.map((id) => ({ 'control-id': controlId(id) })) },
    ],
    'control-objective-selections': [
      {
        'include-objectives': supported.map(({ requirement, rule }) => ({
          'objective-id': objectiveId(requirement, rule.id),
        })),
      },
    ],
  };
}

/**
 * How the assessment was planned: every resource by every rule that is for it, without a sample.
 * @param excluded the resources that were not assessed, which a reader would otherwise take for out of scope.
 */
export function assessmentPlan(basis: Basis, excluded: readonly SubjectRow[]): object {
  const ran = basis.run.rules
    .map(({ rule }) => basis.rules.find(({ id }) => id === rule))
    .filter((rule) => rule !== undefined);
  return {
    'assessment-plan': {
      uuid: documentId(basis, 'plan'),
      metadata: metadataOf(
        basis,
        `Assessment of Amazon S3 from ${basis.period.from} to ${basis.period.to}`,
      ),
      'import-ssp': {
        href: `#${SSP}`,
        remarks: 'The organization supplies its system security plan in place of this resource.',
      },
      'local-definitions': {
        ...listed('inventory-items', excluded.map(inventoryItem)),
        ...listed(
          'activities',
          ran.map((rule) => ({
            uuid: uuidOf('activity', rule.id),
            title: markup(rule.title),
            description: markup(rule.rationale),
            props: [{ name: 'method', value: 'TEST' }, prop('rule', rule.id)],
            ...(rule.limits.length > 0 ? { remarks: rule.limits.map(markup).join(' ') } : {}),
          })),
        ),
      },
      'reviewed-controls': reviewedControls(basis),
      'assessment-subjects': [
        {
          type: 'inventory-item',
          description: 'Every resource of Amazon S3, and every account, that a rule is for.',
          'include-all': {},
          ...listed(
            'exclude-subjects',
            excluded.map((row) => ({
              'subject-uuid': subjectId(row.subject),
              type: 'inventory-item',
              remarks: markup(row.reason ?? 'not assessed'),
            })),
          ),
        },
      ],
      'assessment-assets': assessmentAssets(basis),
      'back-matter': {
        resources: [
          {
            uuid: SSP,
            title: 'System security plan',
            description: 'Not part of this bundle: the organization supplies it.',
          },
          {
            uuid: uuidOf('resource', 'profile'),
            title: 'The requirements',
            rlinks: [{ href: FILES.profile }],
          },
        ],
      },
    },
  };
}
