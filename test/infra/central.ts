import { Template } from 'aws-cdk-lib/assertions';
import { CentralStack } from '../../infra/central-stack.ts';
import type { Deployment } from '../../src/settings-file/deployment/deployment.ts';
import { example, inApp, someCode } from './world.ts';

export const CENTRAL = '111122223333';
export const HOME = 'eu-central-1';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}
export type Resources = Readonly<Record<string, Resource>>;

/** The template of the central stack; without env, as for the command line. */
export const synthesize = (deployment: Deployment = example): Template =>
  inApp((app) =>
    Template.fromStack(new CentralStack(app, 'Central', { deployment, code: someCode })),
  );

export const resourcesOf = (template: Template, type?: string): Resources =>
  Object.fromEntries(
    Object.entries(template.toJSON()['Resources'] as Resources).filter(
      ([, resource]) => type === undefined || resource.Type === type,
    ),
  );

/** Fills in what CloudFormation would: names of buckets are their logical ids in small letters. */
export function deployed(value: unknown, partition = 'aws'): unknown {
  const fill = (inner: unknown) => deployed(inner, partition);
  if (Array.isArray(value)) return value.map(fill);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, inner] = ['', null], ...others] = Object.entries(value);
  if (others.length > 0 || !(key === 'Ref' || key.startsWith('Fn::'))) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each)]));
  }
  const pseudo: Record<string, string> = {
    'AWS::AccountId': CENTRAL,
    'AWS::Partition': partition,
    'AWS::Region': HOME,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  if (key === 'Ref') return pseudo[inner as string] ?? nameOf(inner as string);
  if (key === 'Fn::Sub') {
    return (inner as string).replace(/\$\{([^}]+)\}/g, (_, name: string) => pseudo[name] ?? name);
  }
  if (key === 'Fn::Join') {
    const [by, parts] = inner as [string, unknown[]];
    return parts.map(fill).join(by);
  }
  if (key === 'Fn::Select') return (inner as [number, unknown]).map(fill);
  if (key === 'Fn::Split') return inner;
  if (key === 'Fn::GetAtt') {
    const [id = '', attribute] = inner as string[];
    if (/Bucket$/.test(id)) return `arn:${partition}:s3:::${nameOf(id)}`;
    if (/Key$/.test(id) && attribute === 'Arn') return keyArn(id, partition);
    return `${id}.${attribute}`;
  }
  throw new Error(`No way to fill in ${key}.`);
}

export const nameOf = (id: string) => id.toLowerCase();
export const keyArn = (id: string, partition = 'aws') =>
  `arn:${partition}:kms:${HOME}:${CENTRAL}:key/${id.toLowerCase()}`;
