import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { RuleText } from '../../core/rule.ts';
import type { Waiver } from '../../core/waiver.ts';
import type { Wait } from '../../sources/recorded-items.ts';

/** All that the publisher reaches the world by. */
export interface PublisherWorld {
  readonly rules: readonly RuleText[];
  readonly waivers: readonly Waiver[];
  readonly config: ConfigServiceClient;
  readonly hub: SecurityHubClient;
  readonly pagesUrl: string | undefined;
  readonly contentHash: string | undefined;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  readonly now: () => Date;
  readonly wait: Wait;
}

export function createPublisher(_world: PublisherWorld): (event: unknown) => Promise<unknown> {
  return async () => {
    throw new Error('Under construction on this branch.');
  };
}
