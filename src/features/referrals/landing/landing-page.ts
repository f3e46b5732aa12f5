import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import type { Pages } from '../../../bot/feature.ts'
import { type Moment, momentIn } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import { sayDay } from '../../../core/calendar/time.ts'
import type { BatchOptions } from '../../../infra/batch.ts'
import { createSharedCounts } from '../../../infra/limits/shared-counts.ts'
import { addressOf } from '../../../infra/web.ts'
import { deskOf } from '../entries/desk.ts'
import { previewPng } from '../pictures/draw.ts'
import { CODE_SHAPE, type Via } from '../rules.ts'
import type { Link } from '../store.ts'
import { askForCode } from './confirm-page.ts'
import { type FormView, formPage, wordsOf } from './form-page.ts'
import { createGuard } from './guard/guard.ts'
import { createKeyring, type Secret } from './guard/keyring.ts'
import { newStamp } from './guard/stamp.ts'
import { countedHash, networkHash, type Visitor, visitorOf } from './guard/visitor.ts'
import { noticePage, TROUBLE_STATUS, type Trouble, troublePage } from './notes-page.ts'
import { type Opened, openingsOf } from './openings.ts'
import { addOwnPage } from './own-page.ts'
import { quickForm } from './quick-page.ts'
import { readForm } from './read-form.ts'
import { addReceipts } from './receipt-page.ts'
import {
  type Html,
  languageOf,
  type PageSetting,
  PREVIEW,
  pageSettings,
  policyOf,
} from './shell-page.ts'

/** A form sent by hand is a few hundred bytes. */
const MOST_BYTES = 16 * 1024

/** Clicks of two milliseconds, or that arrive while others are written, are one statement. */
const CLICKS: BatchOptions = { waitMs: 2, size: 500, concurrency: 1 }

/** What a referral link opens: who recommends, a short form, a thank-you. Needs no script. */
export const landingPage: Pages = {
  path: '/r',
  routes: (services) => landingRoutes(services, CLICKS),
}

/** The landing page's routes; `clicks` tells how clicks are written. */
export function landingRoutes(services: Services, clicks: BatchOptions): Hono {
  const settings = pageSettings(services)
  const keyring = createKeyring(services.database)
  const sealed = async (key: string) =>
    countedHash(key, await keyring.today(services.moment().today))
  const guard = createGuard(createSharedCounts(services.database.prisma, sealed))
  const desk = deskOf(services)
  const opened = openingsOf(services, clicks)
  const pageOf = (context: Context) => settings[languageOf(context.req.header('accept-language'))]
  /** The last day for the call, said once in each language. */
  const said = new Map<string, string>()
  function callBy({ language }: PageSetting, { today, workdays }: Moment): string {
    const day = workdays.next(today)
    const key = `${today} ${day} ${language}`
    const words = said.get(key) ?? sayDay(day, today, language)
    if (said.size > 8) said.clear()
    said.set(key, words)
    return words
  }

  function visitorAt({ req }: Context, address: string, secret: Secret): Visitor {
    const header = (name: string) => req.header(name)
    return visitorOf({ method: req.method, address, header }, secret)
  }

  const trouble = (context: Context, kind: Trouble) =>
    context.html(troublePage(kind, pageOf(context)), TROUBLE_STATUS[kind])

  async function find(
    context: Context,
    visitor: Visitor,
    via: Via,
    counts: boolean,
  ): Promise<Opened> {
    const code = codeOf(context)
    if (!CODE_SHAPE.test(code)) return { state: 'unknown' }
    const { device, agent } = visitor
    return opened({ code, visitor: device, via, agent, counts })
  }

  const quick = quickForm(settings)

  async function open(context: Context, via: Via) {
    const address = addressOf(context, services.bank.trustedHops)
    const wait = await guard.opens(address, codeOf(context))
    if (wait > 0) return later(context, wait)
    const at = services.moment()
    const secret = await keyring.today(at.today)
    const visitor = visitorAt(context, address, secret)
    const found = await find(context, visitor, via, visitor.counts)
    if (found.state !== 'live') return trouble(context, found.state)
    const page = pageOf(context)
    const { link } = found
    const challenged = await guard.underAttack(link.code)
    const words = {
      ...wordsOf(link, page),
      callBy: callBy(page, momentIn(at, link.unitPath)),
      code: link.code,
    }
    const { etag, draw } = quick(words, page, `${at.today} ${via}`, challenged)
    context.header('etag', etag)
    context.header('cache-control', 'private, no-cache')
    context.header('vary', 'accept-language')
    if (context.req.header('if-none-match')?.includes(etag)) return context.body(null, 304)
    return context.html(draw(newStamp(link.code, via, secret, at.now)))
  }

  const later = (context: Context, seconds: number) => {
    context.header('retry-after', String(seconds))
    return trouble(context, 'too-often')
  }

  function drawForm(link: Link, page: PageSetting, view: Pick<FormView, DrawnAnew>): Html {
    const at = momentIn(services.moment(), link.unitPath)
    const words = { ...wordsOf(link, page), callBy: callBy(page, at) }
    return formPage({ ...words, code: link.code, ...view }, page)
  }

  async function send(context: Context) {
    const code = codeOf(context)
    const address = addressOf(context, services.bank.trustedHops)
    const wait = await guard.sends(address, code)
    if (wait > 0) return later(context, wait)
    const at = services.moment()
    const secret = await keyring.today(at.today)
    const visitor = visitorAt(context, address, secret)
    const challenged = await guard.underAttack(code)
    const read = await readForm(context.req, code, challenged, keyring, at)
    if (read.kind === 'refused') return trouble(context, read.why)
    const found = await find(context, visitor, 'tap', false)
    if (found.state !== 'live') return trouble(context, found.state)
    const page = pageOf(context)
    if (read.kind === 'faulty') {
      const stamp = read.stamp ?? newStamp(code, 'tap', secret, at.now)
      return context.html(drawForm(found.link, page, { ...read, stamp, challenged }), 422)
    }
    const asked =
      services.sms && (await askForCode(services, services.sms, guard, read, code, secret, page))
    if (asked && 'wait' in asked) return later(context, asked.wait)
    if (asked) return context.html(asked.html, asked.status)
    if ((await guard.fills(read.entered['stamp'] ?? '')) > 0) {
      const stamp = newStamp(code, 'tap', secret, at.now)
      const again = { entered: read.entered, faults: ['stale'], stamp, challenged }
      return context.html(drawForm(found.link, page, again), 422)
    }
    const { language } = page
    const { device } = visitor
    const network = networkHash(address, secret)
    await desk.take({ ...read.entry, linkId: found.link.id, language, device, network })
    return context.redirect(`${page.base}/${code}/thanks/${read.entry.receipt}`, 303)
  }

  const app = new Hono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: policyOf(settings.zh),
      referrerPolicy: 'no-referrer',
      // A chat draws the preview picture on its own pages.
      crossOriginResourcePolicy: 'cross-origin',
    }),
  )
  app.onError((error, context) => {
    services.log.error({ error: error.name }, 'landing page')
    return trouble(context, 'later')
  })
  app.get('/notice', (context) => context.html(noticePage(pageOf(context))))
  app.get('/preview.png', async (context) => {
    context.header('cache-control', 'public, max-age=86400')
    return context.body(Uint8Array.from(await previewPng(services.bank, PREVIEW)), 200, {
      'content-type': 'image/png',
    })
  })
  app.get('/:code', (context) => open(context, 'tap'))
  app.get('/:code/q', (context) => open(context, 'scan'))
  app.post(
    '/:code',
    bodyLimit({ maxSize: MOST_BYTES, onError: (context) => trouble(context, 'too-large') }),
    send,
  )
  addReceipts(app, services, { pageOf, trouble })
  addOwnPage(app, services, guard, { pageOf, trouble, later })
  app.notFound((context) => trouble(context, 'unknown'))
  return app
}

type DrawnAnew = 'stamp' | 'entered' | 'faults' | 'challenged'

const codeOf = (context: Context): string => (context.req.param('code') ?? '').toLowerCase()
