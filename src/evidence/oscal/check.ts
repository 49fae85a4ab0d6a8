import { isObject } from '../../values/json.ts';

/** The documents of a bundle by file name. */
export type Documents = ReadonlyMap<string, unknown>;

/**
 * What the schemas of OSCAL do not say: that ids are unique within a document and that what is referred to is there. Sentences.
 * @param files the names of the other files of the bundle, relative to the folder of the documents ("../items/…").
 */
export function faultsInDocuments(
  documents: Documents,
  files: ReadonlySet<string>,
): readonly string[] {
  const faults: string[] = [];
  const everyId = new Set<string>();
  const own = new Map<string, Set<string>>();
  for (const [name, document] of documents) {
    const ids = new Set<string>();
    own.set(name, ids);
    walk(document, (key, value) => {
      if ((key !== 'uuid' && key !== 'id') || typeof value !== 'string') return;
      if (ids.has(value)) faults.push(`${name}: ${key} ${value} stands twice.`);
      ids.add(value);
      everyId.add(value);
    });
  }
  for (const [name, document] of documents) {
    walk(document, (key, value) => {
      if (typeof value !== 'string') return;
      const isFound = resolves(key, value, own.get(name) ?? new Set(), everyId, documents, files);
      if (!isFound) faults.push(`${name}: ${key} ${value} refers to nothing.`);
    });
  }
  return faults;
}

/** Keys that refer to an id of the same document, and to one of any document. */
const WITHIN = /^(subject|observation|risk|actor|component)-uuid$/;
const ANYWHERE = /^(control-id|objective-id|target-id|id-ref)$/;

function resolves(
  key: string,
  value: string,
  own: ReadonlySet<string>,
  every: ReadonlySet<string>,
  documents: Documents,
  files: ReadonlySet<string>,
): boolean {
  if (WITHIN.test(key)) return own.has(value);
  if (ANYWHERE.test(key)) return every.has(value);
  if (key !== 'href' && key !== 'source') return true;
  if (value.startsWith('#')) return own.has(value.slice(1));
  return value.startsWith('https://') || documents.has(value) || files.has(value);
}

function walk(value: unknown, visit: (key: string, value: unknown) => void): void {
  if (Array.isArray(value)) for (const each of value) walk(each, visit);
  else if (isObject(value)) {
    for (const [key, each] of Object.entries(value)) {
      visit(key, each);
      walk(each, visit);
    }
  }
}
