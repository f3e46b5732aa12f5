import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { type Asker, askerOf, scopeOf } from '../../../bot/policy.ts'
import type { Services } from '../../../bot/services.ts'
import { sayDay } from '../../../core/calendar/time.ts'
import { speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { looked } from '../../../infra/database/postgres/replica.ts'
import { productLabel } from '../../catalogue/rules.ts'
import { seeLists } from '../../lists/policy.ts'
import {
  countLabels,
  countsShown,
  endLabel,
  leftOutText,
  standingLabel,
} from '../../lists/progress/cards.ts'
import {
  BEFORE_ALL,
  type Counts,
  leftOut,
  progressOf,
  rowsAfter,
  totalsOf,
} from '../../lists/progress/store.ts'
import type { TargetList } from '../../lists/rules.ts'
import { listSeenBy, listsSeenBy, MOST_LISTED } from '../../lists/store.ts'
import { outcomeLabel } from '../../tasks/labels.ts'
import { ID, type Reader } from '../rules.ts'
import {
  deskPage,
  narrowPage,
  number,
  refreshes,
  refreshNote,
  table,
  whole,
} from '../shell-page.ts'

type Read = (context: Context) => Promise<Reader | null>
type Page = Parameters<Context['html']>[0]

/** Managers and clients of one page. */
const MOST_PEOPLE = 200
const PAGE_ROWS = 50

/** Targeted lists: all, how far each manager is with one, and one client by client. */
export function listRoutes(
  services: Services,
  read: Read,
  outside: (context: Context) => Page,
  /** Has the look at a page name the clients that it shows. */
  shows: (context: Context, clientIds: readonly string[]) => void,
): Hono {
  const { prisma } = services.database
  const app = new Hono()

  /** Shows a page to whoever may see lists; null: what it is about is not there for them. */
  async function shown(
    context: Context,
    page: (tx: Queries, who: Reader, asker: Asker) => Promise<Page | null>,
  ) {
    const who = await read(context)
    if (!who) return context.html(outside(context), 401)
    const asker = askerOf(seeLists, who)
    if (!asker.reach) return context.notFound()
    const found = await looked(services.database, prisma, (tx) => page(tx, who, asker))
    return found ? context.html(found) : context.html(nonePage(services, who), 404)
  }
  const listIn = async (tx: Queries, asker: Asker, context: Context) => {
    const id = context.req.param('id') ?? ''
    return ID.test(id) ? listSeenBy(tx, asker, id) : null
  }

  app.get('/', (context) =>
    shown(context, (tx, who, asker) => {
      refreshes(context)
      return listsPage(services, tx, who, asker)
    }),
  )
  app.get('/:id', (context) =>
    shown(context, async (tx, who, asker) => {
      const list = await listIn(tx, asker, context)
      if (list) refreshes(context)
      return list && listPage(services, tx, who, asker, list)
    }),
  )
  // It does not come anew by itself: each look at clients is on the audit trail.
  app.get('/:id/clients', (context) =>
    shown(context, async (tx, who, asker) => {
      const list = await listIn(tx, asker, context)
      const after = context.req.query('after') ?? BEFORE_ALL
      if (!list || !ID.test(after)) return null
      const rows = await rowsAfter(tx, list, scopeOf(asker), after, PAGE_ROWS + 1)
      const page = rows.slice(0, PAGE_ROWS)
      const ids = page.map(({ clientId }) => clientId)
      shows(context, ids)
      return clientsPage(services, who, list, page, rows.length > PAGE_ROWS)
    }),
  )
  return app
}

const nonePage = (services: Services, who: Reader) => {
  const say = speaker(who.language)
  return narrowPage(
    services,
    who.language,
    say('没有这份名单', 'There is no such list'),
    html`<p><a href="/desk/lists">${say('看全部名单', 'All lists')}</a></p>`,
  )
}

async function listsPage(services: Services, tx: Queries, who: Reader, asker: Asker) {
  const say = speaker(who.language)
  const lists = await listsSeenBy(tx, asker)
  const ids = lists.map(({ id }) => id)
  const totals = new Map(
    (await totalsOf(tx, ids, scopeOf(asker))).map((each) => [each.listId, each]),
  )
  const cards = lists.map(
    (list) => html`<li><a class="card" href="/desk/lists/${list.id}">
<div class="head"><h2>${list.name}</h2>${tag(services, list, who)}</div>
<p class="soft">${whole(facts(services, list, who))}</p>${numbers(totals.get(list.id), who)}</a></li>`,
  )
  const most = say(`只列出最近的 ${MOST_LISTED} 份。`, `Only the latest ${MOST_LISTED} are listed.`)
  const body =
    cards.length > 0
      ? html`<p class="soft">${refreshNote('lists', say)}</p><ul class="list">${cards}</ul>${
          cards.length === MOST_LISTED ? html`<p class="soft">${most}</p>` : ''
        }`
      : html`<section><p>${say('还没有名单。在聊天里发"名单 新建"分一份。', 'There is no list yet. Say "new list" in chat to share one out.')}</p></section>`
  return deskPage(services, who, 'lists', say('名单', 'Lists'), body)
}

function tag(services: Services, list: TargetList, { language }: Reader) {
  const say = speaker(language)
  const end = endLabel(list, services.moment().today, say)
  return html`<span class="tag">${end ?? say('进行中', 'running')}</span>`
}

function facts(services: Services, list: TargetList, { language }: Reader): string {
  const { today, catalogue } = services.moment()
  return [
    `${sayDay(list.startsOn, today, language)} – ${sayDay(list.endsOn, today, language)}`,
    list.makerName,
    list.product && productLabel(catalogue, list.product, language),
  ]
    .filter(Boolean)
    .join(' · ')
}

const NONE: Counts = {
  ...{ clients: 0, open: 0, done: 0, reached: 0, interested: 0, applied: 0, granted: 0 },
}

function numbers(counts: Counts | undefined, { language }: Reader) {
  const labels = countLabels(speaker(language))
  const values = countsShown(counts ?? NONE)
  return html`<dl class="numbers">${labels.map((label, place) => number(label, values[place] ?? 0))}</dl>`
}

async function listPage(
  services: Services,
  tx: Queries,
  who: Reader,
  asker: Asker,
  list: TargetList,
) {
  const say = speaker(who.language)
  const scope = scopeOf(asker)
  const people = await progressOf(tx, list.id, scope)
  const [totals] = await totalsOf(tx, [list.id], scope)
  const left = await leftOut(tx, list.id)
  const label = say('每位客户经理', 'Each manager')
  const rows = people.slice(0, MOST_PEOPLE).map((person) => [person.name, ...countsShown(person)])
  const more = say(
    `只列出办得最少的 ${MOST_PEOPLE} 位。`,
    `The ${MOST_PEOPLE} who did least are listed.`,
  )
  const body = html`<p class="soft">${tag(services, list, who)} ${whole(facts(services, list, who))} · ${refreshNote(`lists/${list.id}`, say)}</p>
<section>${numbers(totals, who)}</section>
<section><h2>${say('话术', 'Talking points')}</h2><p class="points">${list.talkingPoints}</p></section>
<section><h2>${label}</h2>${
    rows.length > 0
      ? table(label, [say('姓名', 'Name'), ...countLabels(say)], rows)
      : html`<p class="soft">${say('您的人没有分到客户。', 'None of your people has clients of it.')}</p>`
  }${people.length > MOST_PEOPLE ? html`<p class="soft">${more}</p>` : ''}${
    left.length > 0 ? html`<p class="soft">${whole(leftOutText(left, who.language))}</p>` : ''
  }<p><a href="/desk/lists/${list.id}/clients">${say('逐户看', 'Client by client')}</a></p></section>`
  return deskPage(services, who, 'lists', list.name, body)
}

/** 2026-11-24 as 11/24: no line ends in it. */
const shortDay = (day: string | null): string => day?.slice(5).replace('-', '/') ?? ''

function clientsPage(
  services: Services,
  who: Reader,
  list: TargetList,
  page: Awaited<ReturnType<typeof rowsAfter>>,
  more: boolean,
) {
  const say = speaker(who.language)
  const { kinds } = services.moment()
  const label = say('逐户', 'Client by client')
  const rows = page.map((row) => [
    [row.name, row.businessName].filter(Boolean).join(' '),
    (row.recalled || row.skip ? null : row.managerName) ?? '—',
    shortDay(row.dueOn) || '—',
    standingLabel(row, who.language),
    row.outcome ? `${outcomeLabel(kinds, row.outcome, say)} ${shortDay(row.outcomeOn)}` : '—',
  ])
  const columns = [
    ...[say('客户', 'Client'), say('经理', 'Manager'), say('应办', 'Due')],
    ...[say('状态', 'State'), say('结果', 'Outcome')],
  ]
  const path = `/desk/lists/${list.id}`
  const next = more
    ? html` · <a href="${path}/clients?after=${page.at(-1)?.clientId ?? ''}">${say('下一页', 'Next page')}</a>`
    : ''
  const body = html`<section><h2>${label}</h2>${
    rows.length > 0
      ? table(label, columns, rows)
      : html`<p class="soft">${say('没有更多客户。', 'There are no more clients.')}</p>`
  }<p><a href="${path}">${say('回到进度', 'Back to progress')}</a> · <a href="${path}/clients">${say('第一页', 'First page')}</a>${next}</p></section>`
  return deskPage(services, who, 'lists', list.name, body)
}
