import type { Stack } from 'aws-cdk-lib';
import type { Release } from '../src/release/release.ts';

/**
 * Says in the template of a stack what it was made from. CloudFormation changes nothing for a difference in metadata
 * only (User Guide, "CloudFormation template Metadata syntax").
 */
export function addRelease(stack: Stack, { version, commit }: Release, contentHash?: string): void {
  stack.templateOptions.metadata = {
    's3-config-rules': {
      ...{ version, commit },
      ...(contentHash === undefined ? {} : { contentHash }),
    },
  };
}
