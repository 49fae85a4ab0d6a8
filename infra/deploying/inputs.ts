import { SettingsError } from '../../src/settings-file/yaml-file.ts';

/** The two files that a synthesis reads. */
export interface Inputs {
  readonly deployment: string;
  readonly settings: string;
  /** What somebody should know of the choice. */
  readonly notes: readonly string[];
}

type Key = 'deployment' | 'settings';

/**
 * Files that are named, or stand here; otherwise those of the example company, both of them, so that anybody can look at the templates.
 * Its settings trust accounts of others and waive findings: they are for no other deployment, and neither file is for a roll-out.
 * @param given names a file; undefined where nobody did.
 * @throws SettingsError when a file is missing.
 */
export function inputsOf(
  given: (key: Key) => string | undefined,
  exists: (file: string) => boolean,
  isDeploying: boolean,
): Inputs {
  const own = (key: Key): string | null => {
    const named = given(key);
    if (named !== undefined) return named;
    return exists(`${key}.yaml`) ? `${key}.yaml` : null;
  };
  const [deployment, settings] = [own('deployment'), own('settings')];
  const isExample = deployment === null && !isDeploying;
  const missing = (['deployment', 'settings'] as const).filter((key) => own(key) === null);
  if (missing.length > 0 && !isExample) {
    throw new SettingsError(
      missing.map(
        (key) =>
          `There is no ${key}.yaml here. Start from examples/${key}.yaml, or name one: -c ${key}=<file>`,
      ),
    );
  }
  return {
    deployment: deployment ?? 'examples/deployment.yaml',
    settings: settings ?? 'examples/settings.yaml',
    notes: missing.map(
      (key) => `There is no ${key}.yaml here: taking that of the example company.`,
    ),
  };
}
