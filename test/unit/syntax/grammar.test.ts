import { createToken, EmbeddedActionsParser, type Rule } from 'chevrotain';
import { describe, expect, it } from 'vitest';
import { DetectGrammar } from '../../../server/src/syntax/grammar/declarations.ts';
import { messages } from '../../../server/src/syntax/messages.ts';
import { Lexer } from 'chevrotain';
import { VOCABULARY } from '../../../server/src/syntax/tokens.ts';
import { llConflicts } from './ll-conflicts.ts';

describe('the grammar', () => {
  it('passes the validations that are skipped when the extension starts', () => {
    expect(() => new DetectGrammar(messages, false)).not.toThrow();
    const strict = new Lexer(VOCABULARY, { positionTracking: 'onlyOffset', ensureOptimizations: true });
    expect(strict.lexerDefinitionErrors).toEqual([]);
  });

  it('is LL(1): no two alternatives begin alike, and no optional part begins like what may follow it', () => {
    const rules: Record<string, Rule> = new DetectGrammar(messages).getGAstProductions();
    expect(llConflicts(rules, 'file', 1)).toEqual([]);
  });

  it('is LL(2), as far as the parser looks ahead', () => {
    const rules: Record<string, Rule> = new DetectGrammar(messages).getGAstProductions();
    expect(llConflicts(rules, 'file', 2)).toEqual([]);
  });
});

const Id = createToken({ name: 'Id', pattern: /[a-z]+/ });
const Dot = createToken({ name: 'Dot', pattern: '.' });

describe('the check itself', () => {
  it('sees an optional part that begins like what follows its rule', () => {
    class Ambiguous extends EmbeddedActionsParser {
      constructor() {
        super([Id, Dot], { skipValidations: true });
        this.performSelfAnalysis();
      }
      readonly file = this.RULE('file', () => {
        this.SUBRULE(this.part);
        this.CONSUME(Id);
      });
      readonly part = this.RULE('part', () => {
        this.CONSUME(Dot);
        this.OPTION(() => this.CONSUME(Id));
      });
    }
    expect(llConflicts(new Ambiguous().getGAstProductions(), 'file', 1)).toHaveLength(1);
    expect(llConflicts(new Ambiguous().getGAstProductions(), 'file', 2)).toEqual([]);
  });

  it('sees alternatives that begin alike', () => {
    class Alike extends EmbeddedActionsParser {
      constructor() {
        super([Id, Dot], { skipValidations: true });
        this.performSelfAnalysis();
      }
      readonly file = this.RULE('file', () => {
        this.OR([
          { ALT: () => this.CONSUME(Id) },
          {
            ALT: () => {
              this.CONSUME1(Id);
              this.CONSUME(Dot);
            },
          },
        ]);
      });
    }
    expect(llConflicts(new Alike().getGAstProductions(), 'file', 1)[0]).toContain('alternatives');
  });
});
