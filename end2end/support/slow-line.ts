// A slow line for one upload, so that its progress can be seen; through the browser's own throttle, which only Chromium has.
// The line is made fast again as soon as the progress was seen: nobody waits for the rest.
// Read next: filing.ts.
import { expect } from '@playwright/test';
import type { ComplaintForm } from './filing';
import type { Words } from './languages';
import type { Photo } from './photos';
import * as words from './words';

const FAST = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };

/** Adds a photo over a slow line: progress shows, the form waits for it, then the photo is there. */
export async function expectUploadSeen(form: ComplaintForm, one: Photo, say: (text: Words) => string): Promise<void> {
  const browser = await form.page.context().newCDPSession(form.page);
  await browser.send('Network.emulateNetworkConditions', { ...FAST, uploadThroughput: 60_000 });
  await form.addPhotos(one);
  const tile = form.photos.first();
  await expect(tile.locator('progress')).toBeVisible();
  await expect(tile.locator('progress'), 'the progress moves').not.toHaveAttribute('value', '0');
  await expect(form.submit, 'the form waits').toHaveAttribute('aria-disabled', 'true');
  await expect(form.page.getByText(say(words.photosPending))).toBeVisible();
  await browser.send('Network.emulateNetworkConditions', FAST);
  await expect(tile).toContainText(say(words.uploaded));
  await expect(form.submit).not.toHaveAttribute('aria-disabled', 'true');
  await browser.detach();
}
