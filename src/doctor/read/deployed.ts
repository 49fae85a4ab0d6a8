import { deployedRules } from '../../facets/account/deployed-rules.ts';
import { orNull } from '../../facets/asked.ts';
import { accountItem } from '../../records/normalise.ts';
import { text } from '../../values/json.ts';
import { type Access, attempt, attemptReading } from '../access.ts';
import type { DeployedFacts, FunctionFacts } from '../facts.ts';

/** What the member stack calls its functions; without Security Hub there is no third. */
const FUNCTIONS = ['live', 'recorded', 'publish-findings'].map((name) => `s3-config-rules-${name}`);

/** What stands where the pack was rolled out already: its rules with what they invoke, and the code of its functions. */
export async function readDeployed(
  { ask, services }: Access,
  { account, region }: { readonly account: string; readonly region: string },
  at: string,
): Promise<DeployedFacts> {
  const functions = await attempt(async () => {
    const found: FunctionFacts[] = [];
    for (const FunctionName of FUNCTIONS) {
      const question = ask('GetFunctionConfiguration', { FunctionName }, region);
      const answer = await orNull(question, 'ResourceNotFoundException');
      if (answer === null) continue;
      found.push({
        name: FunctionName,
        code: text(answer.CodeSha256, `CodeSha256 of ${FunctionName}`),
        release: answer.Description ?? '',
      });
    }
    return found;
  });
  const item = accountItem(account, region, at);
  return { rules: await attemptReading(() => deployedRules.read(services, item)), functions };
}
