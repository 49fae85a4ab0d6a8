import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { productArn } from '../formats/asff.ts';
import type { Release } from '../release/release.ts';
import type { Wait } from '../sources/config-api/recorded-items.ts';
import type { Exceptions } from './change.ts';
import type { SecurityHub } from './security-hub.ts';
import type { Shown } from './workflow.ts';

/** The account and Region whose Security Hub is written. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export interface Settler extends Exceptions {
  readonly hub: SecurityHub;
  readonly place: Place;
  readonly pagesUrl: string | undefined;
  readonly contentHash: string | undefined;
  readonly release?: Release | undefined;
  readonly wait: Wait;
}

/** A finding as Security Hub holds it, as far as it decides what to do. */
export type Held = Shown &
  Partial<
    Pick<AwsSecurityFinding, 'GeneratorId' | 'CreatedAt' | 'UpdatedAt' | 'Compliance' | 'Resources'>
  >;

/** The product whose findings are written. */
export const productOf = ({ partition, region, account }: Place) =>
  productArn(partition, region, account);
