import { describe, expect, it } from 'vitest';
import { readTask, taskArguments } from '../../../../../client/src/features/tasks/definition.ts';

describe('a task', () => {
  it('becomes arguments of the command line, its paths behind all options', () => {
    expect(taskArguments({ verb: 'check', paths: [] })).toEqual(['check']);
    const drafts = readTask({ verb: 'check', severity: 'warning', paths: ['--help', 'drafts'] });
    expect(drafts && taskArguments(drafts)).toEqual(['check', '--severity=warning', '--', '--help', 'drafts']);
    expect(taskArguments({ verb: 'test', paths: ['a'], severity: 'error' })).toEqual(['test', '--', 'a']);
    expect(taskArguments({ verb: 'fmt', paths: ['a.detect'] })).toEqual(['fmt', '--check', '--', 'a.detect']);
  });

  it('is refused where it says what no task can do', () => {
    for (const wrong of [{}, { verb: 'scan' }, { verb: 'check', paths: 'a' }, { verb: 'check', paths: [1] }])
      expect(readTask(wrong)).toBeUndefined();
    expect(readTask({ verb: 'check', severity: 3 })).toBeUndefined();
  });
});
