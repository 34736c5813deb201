// A citizen's mail: put as a file into the folder from which the server takes mails each minute, as a mail server would.
// Not here: what goes back to the citizen (telephone.ts).
// Read next: journeys/incoming/mail.spec.ts.
import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Photo } from './photos';

/** Where the server under test takes mails from; none outside `cargo xtask test e2e`. */
const FOLDER = process.env.MINSHENG_MAILS_IN ?? '';

export type Letter = { from: string; subject: string; text: string; photo: Photo };

/** Bytes in base 64, in lines as mails have them. */
function lines(bytes: Buffer): string {
  return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
}

/** A header's words that are not ASCII. */
function worded(words: string): string {
  return `=?utf-8?B?${Buffer.from(words).toString('base64')}?=`;
}

/** Puts a mail there: under a name that is not looked at first, so that nobody reads half of it. */
export function post({ from, subject, text, photo }: Letter): void {
  expect(FOLDER, '`cargo xtask test e2e` says where mails lie').toBeTruthy();
  const id = randomUUID();
  const mail = [
    `From: ${worded('李明')} <${from}>`,
    'To: 12345@example.gov.cn',
    `Subject: ${worded(subject)}`,
    `Message-ID: <${id}@example.cn>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    lines(Buffer.from(text)),
    '--part',
    `Content-Type: ${photo.mimeType}; name="${photo.name}"`,
    `Content-Disposition: attachment; filename="${photo.name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    lines(photo.buffer),
    '--part--',
    '',
  ].join('\r\n');
  const hidden = join(FOLDER, `.${id}.eml`);
  writeFileSync(hidden, mail);
  renameSync(hidden, join(FOLDER, `${id}.eml`));
}
