import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says of a construct why a rule of cdk-nag does not concern it: rule id to reason. */
export function acknowledge(
  construct: IConstruct,
  reasons: Readonly<Record<string, string>>,
): void {
  Validations.of(construct).acknowledge(
    ...Object.entries(reasons).map(([id, reason]) => ({ id: `${packOf(id)}::${id}`, reason })),
  );
}

/** cdk-nag names a rule after its pack: "AwsSolutions-IAM5[Resource::*]" is of AwsSolutions. */
const packOf = (id: string) => id.slice(0, id.indexOf('-'));
