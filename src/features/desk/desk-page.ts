import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { type NotedAct, noteActs } from '../../bot/audit.ts'
import type { Pages } from '../../bot/feature.ts'
import { askerOf, scopeOf } from '../../bot/policy.ts'
import type { Services } from '../../bot/services.ts'
import { newId } from '../../core/ids.ts'
import type { Actor } from '../../core/staff.ts'
import { speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { looked } from '../../infra/database/postgres/replica.ts'
import { DIMENSIONS } from '../campaigns/figures/rules.ts'
import { campaignPicture } from '../campaigns/figures/show-figures.ts'
import { seeCampaign } from '../campaigns/policy.ts'
import { campaignById } from '../campaigns/store.ts'
import { seeClients } from '../staff/policy.ts'
import { campaignPage, campaignsPage } from './campaigns-page.ts'
import { exportRoutes } from './export-page.ts'
import { comesFromHere, DOOR, doorOf, isStamped, stampField } from './guard-page.ts'
import { importRoutes } from './import/import-page.ts'
import {
  BY_ITSELF,
  ID,
  LINK_MINUTES,
  type Reader,
  realmOf,
  SESSION_HOURS,
  type Tab,
} from './rules.ts'
import { needsOf } from './second-factor/rules.ts'
import { type Present, secondFactorRoutes } from './second-factor/second-factor-page.ts'
import { enter, holderOf, leave, readerOf, stampOf, TOKEN_SHAPE } from './sessions/store.ts'
import { guarded, type Html, languageOf, narrowPage, refreshes } from './shell-page.ts'
import { listRoutes } from './targets/lists-page.ts'
import { segmentsPage } from './targets/segments-page.ts'
import { undeliveredRoutes } from './undelivered/undelivered-page.ts'
import { handOverPage, loadPage, referralsPage, tiersPage } from './work-page.ts'

const COOKIE = 'desk'

type Shown = (services: Services, tx: Queries, who: Reader) => Promise<Html | Promise<Html>>
const PAGES: Record<Exclude<Tab, 'lists' | 'import' | 'undelivered'>, Shown> = {
  campaigns: campaignsPage,
  tiers: tiersPage,
  load: loadPage,
  referrals: referralsPage,
  'hand-over': handOverPage,
  segments: segmentsPage,
}

/**
 * The pages of leads, heads, marketing and risk. A link from the chat shows a button; pressing it
 * uses the link up and begins a session, so that a preview or a crawler that opens it uses nothing.
 */
export const deskPages: Pages = {
  path: '/desk',
  routes(services) {
    const { prisma } = services.database
    const now = () => services.moment().now
    const app = new Hono()
    app.use(guarded(services.bank.colour))
    app.use(comesFromHere)
    app.use(async (context, next) => {
      await next()
      context.header('Cache-Control', 'no-store')
    })

    const secure = services.publicUrl.startsWith('https:')
    const sessionOf = (context: Context): string => getCookie(context, COOKIE) ?? ''

    /** The clients that the answer to a request shows. */
    const shown = new WeakMap<Request, readonly string[]>()

    /** Asked of a request by gate and page alike. */
    const known = new WeakMap<Request, Promise<Present | null>>()
    const present = (context: Context): Promise<Present | null> => {
      const { raw } = context.req
      const asked =
        known.get(raw) ?? inBrowser(sessionOf(context), context.req.query(BY_ITSELF) !== undefined)
      known.set(raw, asked)
      return asked
    }
    async function inBrowser(session: string, byItself: boolean): Promise<Present | null> {
      const who = TOKEN_SHAPE.test(session)
        ? await readerOf(prisma, session, now(), { byItself })
        : null
      if (!who || !realmOf(who)) return null
      return { ...who, needs: needsOf(who, services.demandsFactor), stamp: stampOf(session) }
    }
    const reader = async (context: Context): Promise<Reader | null> => {
      const who = await present(context)
      return who?.needs === 'nothing' ? who : null
    }

    app.get('/in/:token', async (context) => {
      const holder = await holding(context)
      if (!holder) return context.html(spentPage(services, context), 410)
      const other = await present(context)
      if (other && other.id !== holder.id) {
        return context.html(othersPage(services, context, other), 403)
      }
      return context.html(doorPage(services, holder, doorOf(context, secure), false))
    })
    app.post('/in/:token', async (context) => {
      const holder = await holding(context)
      const other = await present(context)
      if (holder && other && other.id !== holder.id) {
        return context.html(othersPage(services, context, other), 403)
      }
      // A page elsewhere must not let this browser in as somebody else.
      if (
        holder &&
        !isStamped(getCookie(context, DOOR), (await context.req.parseBody())['stamp'])
      ) {
        return context.html(doorPage(services, holder, doorOf(context, secure), true), 403)
      }
      const token = context.req.param('token')
      const session =
        holder && (await services.database.transaction((tx) => enter(tx, token, now())))
      if (!session) return context.html(spentPage(services, context), 410)
      setCookie(context, COOKIE, session, {
        path: '/desk',
        httpOnly: true,
        sameSite: 'Strict',
        secure,
        maxAge: SESSION_HOURS * 3600,
      })
      return context.redirect('/desk/campaigns', 303)
    })
    app.post('/out', async (context) => {
      const session = sessionOf(context)
      if (!isStamped(session, (await context.req.parseBody())['stamp'])) {
        return context.redirect('/desk/campaigns', 303)
      }
      await leave(prisma, session, now())
      deleteCookie(context, COOKIE, { path: '/desk' })
      return context.html(outPage(services, context, 'left'))
    })
    const outside = (context: Context) => outPage(services, context, 'stranger')
    app.route('/second-factor', secondFactorRoutes(services, present, sessionOf, outside))
    // What follows is shown once nothing is needed any more.
    app.use(async (context, next) => {
      const who = await present(context)
      if (who && who.needs !== 'nothing') return context.redirect('/desk/second-factor', 303)
      await next()
      const page = context.req.path.replace('/desk/', '')
      const tab = page.split('/')[0] ?? ''
      if (who && context.res.status === 200 && (tab in PAGES || tab === 'lists')) {
        const { by = null, after } = context.req.query()
        const input = { page, by, ...(after !== undefined && { after }) }
        await noteLook(prisma, who, { input, seen: shown.get(context.req.raw) ?? [] }, now())
      }
      return undefined
    })
    app.get('/', (context) => context.redirect('/desk/campaigns', 303))
    for (const [tab, page] of Object.entries(PAGES)) {
      app.get(`/${tab}`, async (context) => {
        const who = await reader(context)
        if (!who) return context.html(outPage(services, context, 'stranger'), 401)
        if (tab === 'load') refreshes(context)
        return context.html(
          await looked(services.database, prisma, async (tx) => await page(services, tx, who)),
        )
      })
    }
    app.route('/', exportRoutes(services, reader, outside))
    const shows = (context: Context, clientIds: readonly string[]) =>
      shown.set(context.req.raw, clientIds)
    app.route('/lists', listRoutes(services, reader, outside, shows))
    app.route('/import', importRoutes(services, reader, outside))
    app.route('/undelivered', undeliveredRoutes(services, reader, outside))
    app.get('/campaigns/:id', async (context) => {
      const who = await reader(context)
      if (!who) return context.html(outPage(services, context, 'stranger'), 401)
      const id = context.req.param('id')
      const page = ID.test(id)
        ? await looked(
            services.database,
            prisma,
            async (tx) => await campaignPage(services, tx, who, id),
          )
        : null
      return page ? context.html(page) : context.html(nothingPage(services, who), 404)
    })
    app.get('/campaigns/:id/picture.png', async (context) => {
      const who = await reader(context)
      const id = context.req.param('id')
      const campaign = who && ID.test(id) ? await campaignById(prisma, id) : null
      if (!who || !campaign || seeCampaign.judge(who, campaign)) return context.notFound()
      const by = DIMENSIONS.find((each) => each === context.req.query('by')) ?? null
      const scope = scopeOf(askerOf(seeClients, who))
      const png = await looked(services.database, prisma, (tx) =>
        campaignPicture(tx, campaign, scope, by, who.language),
      )
      return context.body(new Uint8Array(png), 200, { 'Content-Type': 'image/png' })
    })
    return app

    async function holding(context: Context): Promise<Actor | null> {
      const token = context.req.param('token') ?? ''
      const who = TOKEN_SHAPE.test(token) ? await holderOf(prisma, token, now()) : null
      return who && realmOf(who) ? who : null
    }
  },
}

/** A page or a picture that somebody saw is on the audit trail before its first byte. */
const noteLook = (tx: Queries, who: Reader, look: Pick<NotedAct, 'input' | 'seen'>, now: Date) =>
  noteActs(
    tx,
    [
      {
        ...{ id: newId(), staff: who.id, channel: 'desk', command: 'look', ...look },
        ...{ result: 'done', undoable: false, givenOut: null },
      },
    ],
    now,
  )

/** What the link shows: whose it is, and a button. */
function doorPage(services: Services, who: Actor, stamp: string, again: boolean) {
  const say = speaker(who.language)
  return narrowPage(
    services,
    who.language,
    say('打开看板', 'Open your pages'),
    html`<p>${say(`这个链接只给 ${who.name}，只能用一次。`, `This link is for ${who.name} alone, and good once.`)}</p>
${again ? html`<p>${say('没有打开，请再按一次。', 'It was not opened; please press once more.')}</p>` : ''}<form method="post">${stampField(stamp)}<button class="go">${say(`我是${who.name}，打开`, `I am ${who.name}: open`)}</button></form>`,
  )
}

function spentPage(services: Services, context: Context) {
  const language = languageOf(context)
  const say = speaker(language)
  return narrowPage(
    services,
    language,
    say('这个链接用过了，或者过期了', 'This link was used, or is too old'),
    html`<p>${say(
      `链接只能打开一次，${LINK_MINUTES} 分钟内有效。请在聊天里再发一次"看板"。`,
      `A link is good once, for ${LINK_MINUTES} minutes. Say "desk" in chat for a new one.`,
    )}</p>`,
  )
}

function othersPage(services: Services, context: Context, present: Actor) {
  const language = languageOf(context)
  const say = speaker(language)
  return narrowPage(
    services,
    language,
    say('这个链接是给别人的', 'This link is for somebody else'),
    html`<p>${say(
      `这个浏览器里是 ${present.name}。链接没有被用掉；看自己的请在聊天里发"看板"。`,
      `${present.name} is in this browser. The link was not used; for your own pages say "desk" in chat.`,
    )}</p>`,
  )
}

function outPage(services: Services, context: Context, why: 'left' | 'stranger') {
  const language = languageOf(context)
  const say = speaker(language)
  const title =
    why === 'left' ? say('已退出', 'Logged out') : say('请从聊天里打开', 'Open it from the chat')
  return narrowPage(
    services,
    language,
    title,
    html`<p>${say('要看看板，请在聊天里发"看板"，用收到的链接打开。', 'To see your pages, say "desk" in chat and use the link you get.')}</p>`,
  )
}

function nothingPage(services: Services, who: Reader) {
  const say = speaker(who.language)
  return narrowPage(
    services,
    who.language,
    say('没有这个活动', 'There is no such campaign'),
    html`<p><a href="/desk/campaigns">${say('看全部活动', 'All campaigns')}</a></p>`,
  )
}
