import { bucketsEntry } from '../settings/entry.ts';
import { recordEntries } from '../settings/settings.ts';
import type { Parameter, Parametrised } from './parameters.ts';

/** "an integer from 1 to 36500", for errors, pages and the pack. */
export function expectationOf(parameter: Parameter): string {
  switch (parameter.type) {
    case 'integer': {
      const bound = parameter.atMost ? `, at most ${parameter.atMost}` : '';
      return `an integer from ${parameter.minimum} to ${parameter.maximum}${bound}`;
    }
    case 'boolean':
      return 'true or false';
    case 'string':
      return `one of ${parameter.enum.join(', ')}`;
    case 'array':
      return `a list, each entry ${parameter.items.expected}`;
    case 'records':
      return `a list of ${recordEntries[parameter.setting].description}, only in the settings`;
  }
}

/** The JSON Schema of a rule's parameters, all of them given. `atMost` needs ajv's `$data`, so it is left out of published schemas. */
export function schemaOf(rule: Parametrised, isPublished = false): Record<string, unknown> {
  const properties = Object.entries(rule.parameters).map(([name, parameter]) => [
    name,
    propertyOf(parameter, isPublished),
  ]);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}

function propertyOf(parameter: Parameter, isPublished: boolean): Record<string, unknown> {
  const { description } = parameter;
  switch (parameter.type) {
    case 'integer': {
      const { type, minimum, maximum, atMost } = parameter;
      const related =
        atMost && !isPublished ? { allOf: [{ maximum: { $data: `1/${atMost}` } }] } : {};
      return { type, minimum, maximum, ...related, description };
    }
    case 'boolean':
      return { type: 'boolean', description };
    case 'string':
      return { enum: parameter.enum, description };
    case 'array': {
      // The word for sensitive data gives way to tags before a rule runs. Where it stays, the rule would judge no bucket.
      const isOfTags = parameter.isScope === true && !isPublished;
      const { pattern } = isOfTags ? bucketsEntry : parameter.items;
      const items = { type: 'string', pattern };
      return { type: 'array', items, maxItems: 10_000, description };
    }
    case 'records':
      return { type: 'array', items: recordEntries[parameter.setting], description };
  }
}
