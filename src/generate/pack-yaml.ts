import { Document, isCollection, isScalar, visit } from 'yaml';

/** Short lists and maps stand on one line, and others one space further in: the template has to stay small. */
export function yaml(template: object): string {
  const document = new Document(template, { aliasDuplicateObjects: false });
  visit(document, (_key, node, path) => {
    if (isCollection(node) && JSON.stringify(node).length <= ONE_LINE) node.flow = true;
    // YAML 1.1 has no plain colons within braces, and CloudFormation does not say which YAML it reads.
    const isInline = path.some((outer) => isCollection(outer) && outer.flow);
    if (isInline && isScalar(node) && String(node.value).includes(':')) node.type = 'QUOTE_DOUBLE';
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, indent: 1 });
}

const ONE_LINE = 300;

/** "s3-tls-only" as logical ids and names of parameters have it: S3TlsOnly. */
export const pascal = (words: string): string =>
  words.replace(/(?:^|[-.])([^-.]?)/g, (_, first: string) => first.toUpperCase());

/** Those that something in the template has: cfn-lint takes any other for a mistake. */
export function usedConditions(conditions: object, by: readonly unknown[]): object {
  const text = JSON.stringify(by);
  const isUsed = (name: string) => text.includes(`"Condition":"${name}"`);
  return Object.fromEntries(Object.entries(conditions).filter(([name]) => isUsed(name)));
}
