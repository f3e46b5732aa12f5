import { html } from 'hono/html'
import type { Services } from '../../bot/services.ts'
import { addDays } from '../../core/calendar/time.ts'
import { type Say, speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { productLabel } from '../catalogue/rules.ts'
import { peopleOf } from '../digest/day/store.ts'
import { reasonLabel } from '../handover/labels.ts'
import { handOverFigures, reasonsGiven } from '../handover/store.ts'
import { tierLabel } from '../tier-rules/rules.ts'
import { prospectClasses } from '../tier-rules/store.ts'
import { tiersIn } from '../tiers/overview/rules.ts'
import { exportLinks } from './export-page.ts'
import { MOVES_DAYS, PERIOD_DAYS, type Reader, realmOf } from './rules.ts'
import { deskPage, number, refreshNote, table } from './shell-page.ts'
import { loads, referralLines, tierCounts, tierMoves } from './store.ts'

const MOST_PEOPLE = 200

/** Tiers of existing clients, classes of prospects, and the moves of the last month. */
export async function tiersPage(services: Services, tx: Queries, who: Reader) {
  const say = speaker(who.language)
  const path = realmOf(who) ?? ''
  const { today } = services.moment()
  const counts = await tierCounts(tx, path)
  const moves = await tierMoves(tx, path, addDays(today, -MOVES_DAYS))
  const classes = await prospectClasses(tx, today)
  const prospects = counts.filter(({ tier }) => classes.includes(tier))
  const existing = counts.filter(({ tier }) => !classes.includes(tier))
  const numbers = (some: typeof counts) =>
    some.length > 0
      ? html`<dl class="numbers">${tiersIn(some).map((tier) =>
          number(
            tierLabel(tier, who.language),
            some.find((each) => each.tier === tier)?.count ?? 0,
          ),
        )}</dl>`
      : html`<p class="soft">${say('没有客户。', 'No clients.')}</p>`
  const label = say('近 30 天的变动', 'Moves of the last 30 days')
  const body = html`
<section><h2>${say('存量客户', 'Existing clients')}</h2>${numbers(existing)}</section>
<section><h2>${say('潜在客户', 'Prospects')}</h2>${numbers(prospects)}</section>
<section><h2>${label}</h2>${
    moves.length > 0
      ? table(
          label,
          [
            say('从 → 到', 'From → to'),
            say('客户', 'Clients'),
            say('其中待审批', 'Waiting for approval'),
          ],
          moves.map(({ from, to, count, pending }) => [
            `${from ? tierLabel(from, who.language) : '—'} → ${tierLabel(to, who.language)}`,
            count,
            pending,
          ]),
        )
      : html`<p class="soft">${say('没有变动。', 'No moves.')}</p>`
  }</section>`
  return deskPage(services, who, 'tiers', say('客户分层', 'Tiers'), body)
}

/** Tasks and load of each manager. */
export async function loadPage(services: Services, tx: Queries, who: Reader) {
  const say = speaker(who.language)
  const { today } = services.moment()
  const path = realmOf(who) ?? ''
  const people = await loads(tx, path, today, MOST_PEOPLE)
  const day = await peopleOf(tx, { code: '', name: '', path }, services.moment(), {
    ...{ since: today, from: 0, most: MOST_PEOPLE, idle: false },
  })
  const sum = (of: 'open' | 'overdue' | 'today' | 'done') =>
    people.reduce((total, person) => total + person[of], 0)
  const teams = new Set(people.map(({ unit }) => unit)).size
  const label = say('每位客户经理', 'Each manager')
  const body = html`
<section><dl class="numbers">
${number(say('逾期', 'Overdue'), sum('overdue'))}
${number(say('今天到期', 'Due today'), sum('today'))}
${number(say('未办', 'Open'), sum('open'))}
${number(say('7 天内登记', 'Logged in 7 days'), sum('done'))}
</dl>${exportLinks(who)}</section>
${todaySection(day, say)}<section><h2>${label}</h2>${
    people.length > 0
      ? table(
          label,
          [
            say('姓名', 'Name'),
            ...(teams > 1 ? [say('团队', 'Team')] : []),
            say('客户', 'Clients'),
            say('未办', 'Open'),
            say('逾期', 'Overdue'),
            say('今天', 'Today'),
            say('登记', 'Logged'),
          ],
          people.map((person) => [
            person.name,
            ...(teams > 1 ? [person.unit] : []),
            person.clients,
            person.open,
            person.overdue,
            person.today,
            person.done,
          ]),
        )
      : html`<p class="soft">${say('没有客户经理。', 'No managers.')}</p>`
  }${
    people.length === MOST_PEOPLE
      ? html`<p class="soft">${say(`只列出逾期最多的 ${MOST_PEOPLE} 位。`, `The ${MOST_PEOPLE} with the most overdue.`)}</p>`
      : ''
  }</section>`
  const title = say('任务和负荷', 'Work and load')
  return deskPage(services, who, 'load', title, body)
}

/** Who did what today, zeros first. */
function todaySection({ people, sums }: Awaited<ReturnType<typeof peopleOf>>, say: Say) {
  if (people.length === 0) return ''
  const label = say('今天', 'Today')
  const idle = say(`${sums.idle} 人还没登记`, `${sums.idle} without an entry`)
  return html`<section><h2>${label}</h2><p class="soft">${idle}${say('。', '. ')}${refreshNote('load', say)}</p>${table(
    label,
    [
      say('姓名', 'Name'),
      say('登记', 'Logged'),
      say('有意向', 'Interested'),
      say('申请', 'Applied'),
      say('走访', 'Visits'),
      say('未办', 'Open'),
    ],
    people.map((person) => [
      person.away ? say(`${person.name}（请假）`, `${person.name} (away)`) : person.name,
      ...[person.logged, person.interested, person.applied, person.visits, person.open],
    ]),
  )}</section>`
}

/** Who recommended how many, and what came of it. */
export async function referralsPage(services: Services, tx: Queries, who: Reader) {
  const say = speaker(who.language)
  const { today, timezone } = services.moment()
  const since = addDays(today, -PERIOD_DAYS)
  const lines = await referralLines(tx, realmOf(who) ?? '', since, timezone, MOST_PEOPLE)
  const label = say('近 90 天的转介', 'Referrals of the last 90 days')
  const sum = (of: 'entries' | 'fresh' | 'applied' | 'granted' | 'confirmed') =>
    lines.reduce((total, line) => total + line[of], 0)
  const body = html`
<section><dl class="numbers">
${number(say('留下联系方式', 'Left details'), sum('entries'))}
${number(say('新客户', 'New'), sum('fresh'))}
${number(say('已申请', 'Applied'), sum('applied'))}
${number(say('登记放款', 'Granted, as logged'), sum('granted'))}
${number(say('核实放款', 'Granted, confirmed'), sum('confirmed'))}
</dl></section>
<section><h2>${label}</h2>${
    lines.length > 0
      ? table(
          label,
          [
            say('推荐人', 'Referrer'),
            say('机构', 'Unit'),
            say('留下方式', 'Details'),
            say('新客户', 'New'),
            say('申请', 'Applied'),
            say('登记放款', 'Granted, as logged'),
            say('核实放款', 'Granted, confirmed'),
          ],
          lines.map((line) => [
            line.referrer,
            line.unit,
            line.entries,
            line.fresh,
            line.applied,
            line.granted,
            line.confirmed,
          ]),
        )
      : html`<p class="soft">${say('还没有。', 'None yet.')}</p>`
  }</section>`
  return deskPage(services, who, 'referrals', say('转介', 'Referrals'), body)
}

/** What became of needs that were handed over. */
export async function handOverPage(services: Services, tx: Queries, who: Reader) {
  const say = speaker(who.language)
  const { today, catalogue } = services.moment()
  const since = addDays(today, -PERIOD_DAYS)
  const path = realmOf(who) ?? ''
  const figures = await handOverFigures(tx, { registeredBelow: path }, since)
  const reasons = await reasonsGiven(tx, path, since)
  const label = say('近 90 天的移交', 'Hand-overs of the last 90 days')
  const why = say('退回原因', 'Declined because')
  const columns = [
    say('产品', 'Product'),
    say('移交', 'Sent'),
    say('待答复', 'Unanswered'),
    say('接收', 'Accepted'),
    say('退回', 'Declined'),
    say('办结', 'Done'),
    say('答复天数', 'Days'),
  ]
  const departments = [...Map.groupBy(figures, ({ department }) => department)]
  const body = html`<p class="soft">${label}</p>${
    departments.length > 0
      ? departments.map(
          ([department, lines]) =>
            html`<section><h2>${department}</h2>${table(
              department,
              columns,
              lines.map((line) => [
                productLabel(catalogue, line.product, who.language),
                ...[line.sent, line.unanswered, line.accepted, line.declined, line.done],
                line.days,
              ]),
            )}</section>`,
        )
      : html`<section><p class="soft">${say('没有移交。', 'Nothing was handed over.')}</p></section>`
  }
${
  reasons.length > 0
    ? html`<section><h2>${why}</h2>${table(
        why,
        [say('原因', 'Reason'), say('次数', 'Times')],
        reasons.map(({ reason, count }) => [reasonLabel(reason, say), count]),
      )}</section>`
    : ''
}`
  return deskPage(services, who, 'hand-over', say('需求移交', 'Hand-over of needs'), body)
}
