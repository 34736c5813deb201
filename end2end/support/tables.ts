// Files that the product gives away, read as a colleague's spreadsheet would read them: CSV, and the numbers of a workbook's sheet.
// Not here: how the page shows the same numbers (the journeys).
// Read next: journeys/reports/day.spec.ts.
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { expect, type Locator, type Page } from '@playwright/test';

/** A file that a link gives, with its name. */
export async function taken(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent('download');
  await link.click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The rows of a CSV file; quoted cells may hold commas, quotes and line ends. */
export function rowsOf(bytes: Buffer): string[][] {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** The table of a report's file below its caption: heads first, the total last. */
export function tableOf(rows: string[][], caption: string): string[][] {
  const start = rows.findIndex(row => row.length === 1 && row[0] === caption);
  expect(start, `${caption} stands in the file`).toBeGreaterThan(-1);
  const rest = rows.slice(start + 1);
  const end = rest.findIndex(row => row.length < 2);
  return end < 0 ? rest : rest.slice(0, end);
}

/** A file out of a ZIP archive, as text. */
function unpacked(archive: Buffer, name: string): string {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [length, extra, comment] = [28, 30, 32].map(place => archive.readUInt16LE(at + place)) as [number, number, number];
    if (archive.toString('utf8', at + 46, at + 46 + length) === name) {
      const local = archive.readUInt32LE(at + 42);
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
      return (archive.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8');
    }
    at += 46 + length + extra + comment;
  }
  throw new Error(`no ${name} in the archive`);
}

/** The numbers of a column of a workbook's sheet, from top to bottom; words are left out. */
export function numbersOf(book: Buffer, sheet: number, column: string): number[] {
  const xml = unpacked(book, `xl/worksheets/sheet${sheet}.xml`);
  const cells = xml.matchAll(new RegExp(`<c r="${column}\\d+"([^>]*)><v>([^<]*)</v>`, 'g'));
  return [...cells].filter(([, kind]) => !kind?.includes('t="s"')).map(([, , value]) => Number(value));
}

/** The sum of numbers. */
export function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
