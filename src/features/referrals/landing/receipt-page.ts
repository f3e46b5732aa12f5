import type { Context, Hono } from 'hono'
import type { Services } from '../../../bot/services.ts'
import { dayIn, sayDay } from '../../../core/calendar/time.ts'
import { COMING_EVERY, COMING_MS, pictureType } from '../contact-codes/rules.ts'
import { pictureOfCode, stateOfCode } from '../contact-codes/store.ts'
import { withdraw } from '../privacy/withdraw.ts'
import { type Link, linksById } from '../store.ts'
import { type Trouble, thanksPage, withdrawnPage, withdrawPage } from './notes-page.ts'
import type { PageSetting } from './shell-page.ts'

const RECEIPT = /^[\w-]{24}$/

interface Receipt {
  readonly id: string
  readonly linkId: string
  readonly enteredAt: Date
  readonly withdrawn: boolean
}

/** The pages that a sender alone knows: thank-you and withdrawal. */
export function addReceipts(
  app: Hono,
  services: Services,
  {
    pageOf,
    trouble,
  }: {
    pageOf(context: Context): PageSetting
    trouble(context: Context, kind: Trouble): Response | Promise<Response>
  },
): void {
  const { prisma } = services.database

  async function receiptAt(context: Context): Promise<Receipt | null> {
    const receipt = context.req.param('receipt') ?? ''
    if (!RECEIPT.test(receipt)) return null
    const [entry] = await prisma.$queryRaw<Receipt[]>`
      select entry.id, link_id as "linkId", entered_at as "enteredAt",
        status = 'withdrawn' as withdrawn
      from referral_entry as entry join referral_link as link on link.id = link_id
      where receipt = ${receipt} and code = ${context.req.param('code') ?? ''}`
    return entry ?? null
  }

  const path = '/:code/thanks/:receipt'
  app.use(`${path}/*`, async (context, next) => {
    await next()
    context.header('cache-control', 'no-store')
  })
  app.get(path, async (context) => {
    const entry = await receiptAt(context)
    if (!entry) return trouble(context, 'no-receipt')
    const page = pageOf(context)
    if (entry.withdrawn) return context.html(withdrawnPage(context.req.param('code'), page))
    const link = (await linksById(prisma, [entry.linkId])).get(entry.linkId) ?? null
    const { now, timezone, workdays, today } = services.moment()
    const contact = services.contactWays && (await stateOfCode(prisma, entry.linkId, now))
    const isNew = now.getTime() - entry.enteredAt.getTime() < COMING_MS
    // The page never waits for WeCom: a new one looks again.
    if (contact === 'coming' && isNew) context.header('refresh', String(COMING_EVERY))
    const day = workdays.of(link?.unitPath ?? '/').next(dayIn(entry.enteredAt, timezone))
    const view = {
      code: context.req.param('code'),
      receipt: context.req.param('receipt'),
      caller: link && callerOf(link),
      callBy: sayDay(day, today, page.language),
      contact: contact === 'there',
    }
    return context.html(thanksPage(view, page))
  })
  app.get(`${path}/contact`, async (context) => {
    const entry = services.contactWays && (await receiptAt(context))
    const { now } = services.moment()
    const picture =
      entry && !entry.withdrawn ? await pictureOfCode(prisma, entry.linkId, now) : null
    const type = picture && pictureType(picture)
    if (!type) return trouble(context, 'no-receipt')
    return context.body(Uint8Array.from(picture), 200, { 'content-type': type })
  })
  app.get(`${path}/withdraw`, async (context) => {
    const entry = await receiptAt(context)
    if (!entry) return trouble(context, 'no-receipt')
    const page = pageOf(context)
    const code = context.req.param('code')
    return context.html(entry.withdrawn ? withdrawnPage(code, page) : withdrawPage(page))
  })
  app.post(`${path}/withdraw`, async (context) => {
    const entry = await receiptAt(context)
    if (!entry) return trouble(context, 'no-receipt')
    await withdraw(services, entry.id)
    return context.html(withdrawnPage(context.req.param('code'), pageOf(context)))
  })
}

/**
 * Who calls, by the link alone: were it by the number, the page would tell whose clients the bank
 * has. Null where the referrer has no book of clients: any manager may be it.
 */
const callerOf = (link: Link): string | null =>
  link.staffRole === 'manager' && link.staffActive ? link.staffName : null
