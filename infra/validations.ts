import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** Every synthesis is held to what CloudFormation itself would refuse, and to two packs of cdk-nag: one finding, and it fails. */
export function addValidations(app: App): void {
  // CloudFormation's validation would only warn otherwise; strict mode counts its warnings too.
  app.node.setContext('@aws-cdk/core:validateAgainstDefaultRules', true);
  app.node.setContext('@aws-cdk/core:strictCfnValidateErrors', true);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new HIPAASecurityChecks(app));
}

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
