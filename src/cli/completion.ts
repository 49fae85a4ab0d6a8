import type { Command } from 'commander';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

interface Option {
  readonly long: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** A command with its options, by its words: "rules show". The program itself has none. */
interface Completed {
  readonly words: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly Option[];
  /** What its arguments may be, where that is known; otherwise files. */
  readonly choices: readonly string[];
}

/**
 * A script that completes commands, options and their values. It is written once and asks no one: to start the program for each
 * press of a key would be felt.
 * @param values what options and arguments may be, that the program itself does not restrict: by the option, or by the command.
 */
export function completionScript(
  shell: Shell,
  program: Command,
  values: Readonly<Record<string, readonly string[]>>,
): string {
  const found = [...commandsOf(program, '', values)];
  switch (shell) {
    case 'bash':
      return bash(found, program.name());
    case 'zsh':
      return `autoload -U +X bashcompinit && bashcompinit\n${bash(found, program.name())}`;
    case 'fish':
      return fish(found, program.name());
  }
}

function* commandsOf(
  command: Command,
  words: string,
  values: Readonly<Record<string, readonly string[]>>,
): Generator<Completed> {
  const visible = command.createHelp();
  const commands = visible.visibleCommands(command).filter((each) => each.name() !== 'help');
  const all = [...visible.visibleOptions(command), ...visible.visibleGlobalOptions(command)];
  const [argument] = command.registeredArguments;
  yield {
    words,
    commands: commands.map((each) => ({ name: each.name(), description: each.description() })),
    options: all.flatMap(({ long, description, required, optional, argChoices }) =>
      long
        ? [
            {
              long,
              description,
              takesValue: required || optional,
              choices: argChoices ?? values[long] ?? [],
            },
          ]
        : [],
    ),
    choices: argument?.argChoices ?? values[words] ?? [],
  };
  for (const each of commands) {
    yield* commandsOf(each, `${words} ${each.name()}`.trim(), values);
  }
}

/** Words that may stand unquoted in a list: everything here is our own, and this proves it. */
function wordList(words: readonly string[]): string {
  const strange = words.find((word) => !/^[\w:,=.*-]+$/.test(word));
  if (strange !== undefined) throw new Error(`${strange} cannot be completed.`);
  return words.join(' ');
}

function bash(found: readonly Completed[], name: string): string {
  const id = `_${name.replaceAll('-', '_')}`;
  const cases = found.map(({ words, commands, options, choices }) => {
    const own = [...commands.map((each) => each.name), ...choices];
    return `    "${words}") words="${wordList(own)}"; options="${wordList(options.map(({ long }) => long))}" ;;`;
  });
  const valued = new Map<string, readonly string[]>();
  for (const { words, options } of found) {
    for (const { long, takesValue, choices } of options) {
      if (takesValue) valued.set(`${words}:${long}`, choices);
    }
  }
  const values = [...valued].map(([key, choices]) =>
    choices.length > 0
      ? `    "${key}") COMPREPLY=($(compgen -P "$before" -W "${wordList(choices)}" -- "\${current##*,}")); return ;;`
      : `    "${key}") COMPREPLY=($(compgen -f -- "$current")); return ;;`,
  );
  return `${id}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path="" before="" word words options i
  # bash takes "--option=value" for three words.
  [[ $current == = ]] && current="" || { [[ $previous == = ]] && previous=\${COMP_WORDS[COMP_CWORD-2]}; }
  [[ $current == *,* ]] && before="\${current%,*},"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "\${path:+$path }$word" in
      ${found.flatMap(({ words }) => (words === '' ? [] : [`"${words}"`])).join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path:$previous" in
${values.join('\n')}
  esac
  case "$path" in
${cases.join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    [[ \${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F ${id} ${name}
`;
}

function fish(found: readonly Completed[], name: string): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines = found.flatMap(({ words, commands, options, choices }) => {
    const parts = words === '' ? [] : words.split(' ');
    const isHere = [
      ...parts.map((part) => `__fish_seen_subcommand_from ${part}`),
      ...(commands.length > 0
        ? [`not __fish_seen_subcommand_from ${commands.map((each) => each.name).join(' ')}`]
        : []),
    ].join('; and ');
    const line = (rest: string) =>
      `complete -c ${name}${isHere ? ` -n ${quoted(isHere)}` : ''} ${rest}`;
    return [
      ...commands.map((each) => line(`-f -a ${each.name} -d ${quoted(each.description)}`)),
      ...(choices.length > 0 ? [line(`-f -a ${quoted(wordList(choices))}`)] : []),
      ...options.map(({ long, description, takesValue, choices: allowed }) =>
        line(
          `-l ${long.slice(2)} -d ${quoted(description)}${takesValue ? ' -r' : ''}` +
            `${allowed.length > 0 ? ` -f -a ${quoted(wordList(allowed))}` : ''}`,
        ),
      ),
    ];
  });
  return `${lines.join('\n')}\n`;
}
