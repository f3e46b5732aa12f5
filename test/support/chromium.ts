import { existsSync } from 'node:fs'
import { mkdir, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** What it waits for takes as long as `until` waits. */
const PATIENCE_MS = 60_000

/** A real Chromium: the machine's own, else the one that came with the packages (Linux). */
export async function openBrowser(): Promise<Browser> {
  const browser = await launched()
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    context.setDefaultTimeout(PATIENCE_MS)
    return context
  }
  return browser
}

async function launched(): Promise<Browser> {
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed) return chromium.launch({ executablePath: installed, args: ['--no-sandbox'] })
  sparticuz.setGraphicsMode = false
  // In a single process the end of one page would be the end of all.
  const args = sparticuz.args.filter((each) => each !== '--single-process')
  return chromium.launch({ executablePath: await unpacked(), args })
}

/** Unpacks it into the run's own folder, once: two workers at a time would write over each other. */
async function unpacked(): Promise<string> {
  const lock = path.join(tmpdir(), 'unpacking-chromium')
  const taken = () =>
    mkdir(lock).then(
      () => true,
      () => false,
    )
  while (!(await taken())) await pause(50)
  return sparticuz.executablePath().finally(() => rmdir(lock))
}

/** A cheap phone and a desk. */
export const SCREENS = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 800 },
} as const
