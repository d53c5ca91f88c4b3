/** Readings of the tree as a script has them. Leaves are written as they are: their images are those of scripts. */
import type {
  BoundNode,
  CollectionNode,
  Leaf,
  ReadingNode,
  ScopedNode,
  SourceNode,
  StepNode,
} from '../../syntax/tree.ts';

/** Words with a blank between them; what is not there is left out. */
export const words = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');

const viewOf = (view: Leaf | undefined): string | undefined => view && `view ${view.image}`;

/** What is read or compared. */
export function sourceText(source: SourceNode): string {
  switch (source.kind) {
    case 'key':
      return words('key', source.path.image, viewOf(source.view), source.value && `value ${source.value.image}`);
    case 'object':
      return words(source.word.image, source.path.image, viewOf(source.view), source.property?.image);
    case 'msi': {
      // A product code is what is meant where nothing is said.
      const by = source.by?.image === 'product-code' ? undefined : source.by?.image;
      return words('msi', by, source.id.image, source.property?.image);
    }
    case 'hotfix':
      return words('hotfix', source.id.image);
    case 'name':
      return words(source.name.image, source.value && `value ${source.value.image}`);
    case 'literal':
      return source.literal.image;
  }
}

/** A step on a value. */
export function stepText(step: StepNode): string {
  switch (step.kind) {
    case 'as':
      return words('as', step.what.image);
    case 'matching':
      return words('matching', step.regex.image);
    case 'replacing':
      return words('replacing', step.what.image, 'with', step.with.image);
  }
}

/** A reading with its steps. */
export function readingText(reading: ReadingNode | undefined): string {
  if (reading?.source === undefined) return '';
  return words(sourceText(reading.source), ...reading.steps.map(stepText));
}

/** `>= 14.0 < 15.0`. */
export const boundsText = (bounds: readonly BoundNode[]): string =>
  words(...bounds.map(({ operator, value }) => words(operator.image, readingText(value))));

/** A product or Windows with its range. */
export const scopedText = ({ name, bounds }: ScopedNode): string => words(name.image, boundsText(bounds));

/** What an `each` or a quantifier goes over. */
export function collectionText(from: CollectionNode | undefined): string {
  if (from === undefined) return '';
  return words(from.what.image, from.patterns.map(({ image }) => image).join(', '), viewOf(from.view));
}
