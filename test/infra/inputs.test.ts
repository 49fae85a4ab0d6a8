import { expect, it } from 'vitest';
import { inputsOf } from '../../infra/deploying/inputs.ts';
import { SettingsError } from '../../src/settings-file/yaml-file.ts';

type Given = { readonly deployment?: string; readonly settings?: string };

const chosen = (given: Given, here: readonly string[], isDeploying: boolean) =>
  inputsOf(
    (key) => given[key],
    (file) => here.includes(file),
    isDeploying,
  );
const BOTH = ['deployment.yaml', 'settings.yaml'];

it.each<[string, Given, readonly string[], boolean, readonly [string, string], number]>([
  ['both files', {}, BOTH, true, ['deployment.yaml', 'settings.yaml'], 0],
  ['files that are named', { deployment: 'a', settings: 'b' }, BOTH, true, ['a', 'b'], 0],
  ['one of each', { settings: 'b' }, ['deployment.yaml'], true, ['deployment.yaml', 'b'], 0],
  ['nothing', {}, [], false, ['examples/deployment.yaml', 'examples/settings.yaml'], 2],
  [
    'settings, to try them',
    {},
    ['settings.yaml'],
    false,
    ['examples/deployment.yaml', 'settings.yaml'],
    1,
  ],
])('takes %s', (_, given, here, isDeploying, [deployment, settings], notes) => {
  const inputs = chosen(given, here, isDeploying);
  expect(inputs).toMatchObject({ deployment, settings });
  expect(inputs.notes).toHaveLength(notes);
});

// The settings of the example company trust its partners and waive findings of its buckets.
it.each<[string, Given, readonly string[], boolean, readonly RegExp[]]>([
  ['nothing is rolled out', {}, [], true, [/^There is no deployment\.yaml/, /settings\.yaml/]],
  ['no deployment is rolled out', {}, ['settings.yaml'], true, [/-c deployment=<file>/]],
  ['no settings are rolled out', {}, ['deployment.yaml'], true, [/^There is no settings\.yaml/]],
  ['a deployment has no settings', { deployment: 'a' }, [], false, [/-c settings=<file>/]],
])('never takes those of the example company where %s', (_, given, here, isDeploying, problems) => {
  let thrown: unknown;
  try {
    chosen(given, here, isDeploying);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(SettingsError);
  expect((thrown as SettingsError).problems).toEqual(
    problems.map((each) => expect.stringMatching(each)),
  );
});
