import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Services } from '../../../bot/services.ts'
import { addressOf } from '../../../infra/web.ts'
import type { Figures } from '../figures/rules.ts'
import { figuresOf } from '../figures/store.ts'
import { sayBalance } from '../points/rules.ts'
import { type Balance, balanceOf } from '../points/store.ts'
import { OWN_CODE_SHAPE } from '../rules.ts'
import { ownLink } from '../store.ts'
import type { Guard } from './guard/guard.ts'
import type { Trouble } from './notes-page.ts'
import { type Html, type PageSetting, shell } from './shell-page.ts'

/** Of fewer people a step beyond the first talk would tell of a friend by name. */
const FEWEST_TOLD = 3

/** A client who recommends sees what became of it, by an address that they alone were given: counts, and nobody's name. */
export function addOwnPage(
  app: Hono,
  { database, bank, moment }: Services,
  guard: Guard,
  {
    pageOf,
    trouble,
    later,
  }: {
    pageOf(context: Context): PageSetting
    trouble(context: Context, kind: Trouble): Response | Promise<Response>
    later(context: Context, seconds: number): Response | Promise<Response>
  },
): void {
  app.get('/mine/:own', async (context) => {
    const own = context.req.param('own')
    context.header('cache-control', 'no-store')
    if (!OWN_CODE_SHAPE.test(own)) return trouble(context, 'unknown')
    const wait = await guard.opens(addressOf(context, bank.trustedHops), own)
    if (wait > 0) return later(context, wait)
    const link = await ownLink(database.prisma, own)
    if (!link) return trouble(context, 'unknown')
    if (link.revoked) return trouble(context, 'revoked')
    const always = { from: null, until: null, timezone: moment().timezone }
    const [figures] = await figuresOf(database.prisma, 'whole', { clientId: link.clientId }, always)
    const points = await balanceOf(database.prisma, link, moment().today)
    const known = { figures: figures ?? null, points }
    return context.html(ownPage(known, bank.tellsReferrerOfGrant, pageOf(context)))
  })
}

function ownPage(
  { figures, points }: { readonly figures: Figures | null; readonly points: Balance | null },
  tellsOfGrant: boolean,
  page: PageSetting,
): Html {
  const { say } = page
  const { opened = 0, left = 0, contacted = 0, applied = 0, granted = 0 } = figures ?? {}
  const steps: [string, number][] = [
    [say('打开过您的链接', 'opened your link'), opened],
    [say('留下了联系方式', 'left their details'), left],
    [say('客户经理已联系', 'were called by us'), contacted],
  ]
  const tells = left >= FEWEST_TOLD
  if (tells) steps.push([say('已申请', 'applied'), applied])
  if (tells && tellsOfGrant) steps.push([say('已放款', 'got their loan'), granted])
  const title = say('谢谢您的推荐', 'Thank you for recommending us')
  // Of fewer, points would tell how far a friend came.
  const earned =
    points && tells
      ? say(`您的转介积分：${sayBalance(points).zh}。`, `Your points: ${sayBalance(points).en}. `)
      : ''
  const kept = say(
    `${earned}这里只有${earned ? '人数和积分' : '人数'}，没有任何人的姓名；人数少时不分到申请这一步，免得看出是谁。这一页的地址请不要转发。`,
    `${earned}These are ${earned ? 'counts and points' : 'counts'}, and nobody’s name; of few people we do not say who applied, as it would tell who it is. Please keep this address to yourself.`,
  )
  return shell(
    page,
    title,
    html`<h1>${title}</h1><ul>${steps.map(([what, count]) => html`<li><strong>${say(`${count} 人`, `${count}`)}</strong> ${what}</li>`)}</ul><p class="lead">${kept}</p>`,
  )
}
