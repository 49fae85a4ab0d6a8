import { type Basis, documentId, FILES, metadataOf, supportedIn } from './basis.ts';
import { controlId, listed, markup, objectiveId, prop, statementId, uuidOf } from './ids.ts';

/**
 * The requirements as a catalog: each with the words that we quote, and with one objective for each rule that tests something of
 * it. The objectives are ours, not the law's.
 */
export function catalog(basis: Basis): object {
  const supported = supportedIn(basis);
  return {
    catalog: {
      uuid: documentId(basis, 'catalog'),
      metadata: metadataOf(basis, 'Requirements that stored data touches'),
      groups: basis.frameworks.map((framework) => ({
        id: framework.id,
        title: markup(framework.name),
        props: [prop('citation', framework.citation), prop('source-url', framework.url)],
        controls: framework.requirements.map((requirement) => ({
          id: controlId(requirement.id),
          title: markup(requirement.title),
          props: [
            { name: 'label', value: requirement.citation },
            ...(requirement.implementation
              ? [prop('implementation', requirement.implementation)]
              : []),
            ...(requirement.unserved ? [prop('no-rule-because', requirement.unserved)] : []),
          ],
          parts: [
            { id: statementId(requirement.id), name: 'statement', prose: markup(requirement.text) },
            ...supported
              .filter((each) => each.requirement === requirement.id)
              .map(({ rule, strength, reason }) => ({
                id: objectiveId(requirement.id, rule.id),
                name: 'assessment-objective',
                ns: 'http://csrc.nist.gov/ns/oscal',
                title: markup(rule.title),
                props: [prop('rule', rule.id), prop('strength', strength)],
                prose: markup(reason),
              })),
          ],
        })),
      })),
    },
  };
}

/** All of the requirements of the catalog, chosen as one baseline. */
export const profile = (basis: Basis): object => ({
  profile: {
    uuid: documentId(basis, 'profile'),
    metadata: metadataOf(basis, 'Requirements that the rules were mapped to'),
    imports: [{ href: FILES.catalog, 'include-all': {} }],
  },
});

/** The pack as a component, with how each of its rules supports each requirement. */
export function componentDefinition(basis: Basis): object {
  const supported = supportedIn(basis);
  const ran = basis.rules.filter(({ id }) => basis.run.rules.some(({ rule }) => rule === id));
  return {
    'component-definition': {
      uuid: documentId(basis, 'component'),
      metadata: metadataOf(basis, 'Rules for Amazon S3 on AWS Config'),
      components: [
        {
          uuid: uuidOf('component', basis.run.tool.name),
          type: 'validation',
          title: basis.run.tool.name,
          description:
            'Rules that judge what AWS Config and other services of AWS say of Amazon S3.',
          props: [
            prop('version', basis.run.tool.version),
            prop('commit', basis.run.tool.commit),
            prop('rules-sha256', basis.run.tool.rulesHash),
            ...ran.map(({ id }) => prop('rule', id)),
          ],
          ...listed('control-implementations', implementations(basis, supported)),
        },
      ],
    },
  };
}

function implementations(
  basis: Basis,
  supported: ReturnType<typeof supportedIn>,
): readonly object[] {
  return basis.frameworks.flatMap((framework) => {
    const own = supported.filter(({ requirement }) => requirement.startsWith(`${framework.id} `));
    if (own.length === 0) return [];
    return [
      {
        uuid: uuidOf('control-implementation', framework.id),
        source: FILES.profile,
        description: `What the rules test of ${framework.name}. No rule, and not all of them together, establishes compliance.`,
        'implemented-requirements': own.map(({ rule, requirement, strength, reason }) => ({
          uuid: uuidOf('implemented-requirement', requirement, rule.id),
          'control-id': controlId(requirement),
          description: markup(reason),
          props: [prop('rule', rule.id), prop('strength', strength)],
        })),
      },
    ];
  });
}
