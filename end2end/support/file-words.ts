// Words about files of a case that journeys read. Copied from shared/src/text by hand, on purpose.
// Not here: words of the citizens' pages (words.ts).
// Read next: journeys/case-files.spec.ts.
import type { Words } from './languages';

export const fileRemoved = ['移除附件', 'File removed'] as Words;
