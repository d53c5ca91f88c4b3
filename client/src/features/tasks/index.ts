/** Tasks: the command line's `check`, `fmt --check` and `test`, whose findings go to Problems. */
import {
  CustomExecution,
  l10n,
  Task,
  TaskGroup,
  TaskScope,
  tasks,
  window,
  workspace,
  type TaskDefinition,
  type WorkspaceFolder,
} from 'vscode';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { readTask, TASK_VERBS, taskArguments, type PatchlabTask, type TaskVerb } from './definition.ts';
import { commandLine } from './run.ts';

const TYPE = 'patchlab';

/** What reads the findings of each out of what it prints. */
const MATCHERS: Readonly<Record<TaskVerb, string>> = {
  check: '$patchlab',
  fmt: '$patchlab-fmt',
  test: '$patchlab-test',
};

function detailOf(verb: TaskVerb): string {
  switch (verb) {
    case 'check':
      return l10n.t('Check detection scripts and patch definitions');
    case 'fmt':
      return l10n.t('List the files that are not formatted');
    case 'test':
      return l10n.t('Run the tests of detection scripts');
  }
}

export function activateTasks({ context }: Host): void {
  const program = context.asAbsolutePath('dist/patchlab.js');

  function task(definition: TaskDefinition, asked: PatchlabTask, folder: WorkspaceFolder): Task {
    const named = asked.paths.length > 0 ? ` ${asked.paths.join(' ')}` : '';
    const run = { program, args: taskArguments(asked), cwd: folder.uri.fsPath };
    const made = new Task(
      definition,
      folder,
      `${asked.verb}${named}`,
      TYPE,
      new CustomExecution(() => Promise.resolve(commandLine(run))),
      MATCHERS[asked.verb],
    );
    made.group = asked.verb === 'check' ? TaskGroup.Build : TaskGroup.Test;
    made.detail = detailOf(asked.verb);
    return made;
  }

  const folders = (): readonly WorkspaceFolder[] =>
    (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');

  function provided(): Task[] {
    return folders().flatMap((folder) =>
      TASK_VERBS.map((verb) => task({ type: TYPE, verb }, { verb, paths: [] }, folder)),
    );
  }

  async function checkContent(): Promise<void> {
    const [check] = provided();
    if (check) await tasks.executeTask(check);
    else void window.showInformationMessage(l10n.t('Open a folder with detection scripts to check them.'));
  }

  context.subscriptions.push(
    tasks.registerTaskProvider(TYPE, {
      provideTasks: provided,
      resolveTask: ({ definition, scope }) => {
        const asked = readTask(definition);
        const folder = typeof scope === 'object' ? scope : folders()[0];
        return asked && folder && scope !== TaskScope.Global ? task(definition, asked, folder) : undefined;
      },
    }),
    registerCommand('checkContent', checkContent),
  );
}
