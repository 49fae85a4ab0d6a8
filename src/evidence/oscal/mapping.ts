import { type Basis, documentId, FILES, metadataOf, supportedIn } from './basis.ts';
import { controlId, listed, markup, objectiveId, prop, uuidOf } from './ids.ts';

/**
 * The objectives of the rules against the requirements. The relationship is never "equal": a rule tests a part of what the text
 * asks (primary), or something that helps (supporting).
 */
export function mappingCollection(basis: Basis): object | null {
  const supported = supportedIn(basis);
  if (supported.length === 0) return null;
  return {
    'mapping-collection': {
      uuid: documentId(basis, 'mapping'),
      metadata: metadataOf(basis, 'How the rules support the requirements'),
      provenance: {
        method: 'human',
        'matching-rationale': 'functional',
        status: 'complete',
        'mapping-description':
          'The reason of each link says what the rule tests that the text asks for.',
      },
      mappings: basis.frameworks.flatMap((framework) => {
        const own = supported.filter(({ requirement }) =>
          requirement.startsWith(`${framework.id} `),
        );
        if (own.length === 0) return [];
        const served = new Set(own.map(({ requirement }) => requirement));
        const unserved = framework.requirements.filter(({ id }) => !served.has(id));
        return [
          {
            uuid: uuidOf('mapping', framework.id),
            'source-resource': { type: 'catalog', href: FILES.catalog },
            'target-resource': { type: 'catalog', href: FILES.catalog },
            maps: own.map(({ rule, requirement, strength, reason }) => ({
              uuid: uuidOf('map', requirement, rule.id),
              relationship: strength === 'primary' ? 'subset-of' : 'intersects-with',
              sources: [{ type: 'statement', 'id-ref': objectiveId(requirement, rule.id) }],
              targets: [{ type: 'control', 'id-ref': controlId(requirement) }],
              props: [prop('strength', strength)],
              remarks: markup(reason),
            })),
            ...gap(
              framework.id,
              unserved.map(({ id }) => controlId(id)),
            ),
          },
        ];
      }),
    },
  };
}

const gap = (framework: string, controls: readonly string[]) =>
  controls.length === 0
    ? {}
    : {
        'target-gap-summary': {
          uuid: uuidOf('gap', framework),
          ...listed('unmapped-controls', [{ 'with-ids': controls }]),
        },
      };
