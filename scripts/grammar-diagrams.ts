/** Writes docs/grammar.md: the grammar of detection scripts as diagrams, drawn from the parser's own rules. */
import { writeFileSync } from 'node:fs';
import { grammarPage } from './grammar/page.ts';

writeFileSync(new URL('../docs/grammar.md', import.meta.url), grammarPage());
