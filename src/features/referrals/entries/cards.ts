import { sayPhone } from '../../../bot/grammar/phone.ts'
import type { Moment } from '../../../bot/moment.ts'
import { dayIn, sayDay } from '../../../core/calendar/time.ts'
import type { Block, Button, Card } from '../../../core/card.ts'
import { nameKey } from '../../../core/identity/name-key.ts'
import { inLanguage, type Language, speaker } from '../../../core/text.ts'
import { shownAs } from '../rules.ts'
import type { Link } from '../store.ts'
import { CREDIT_DAYS, evidenceText } from './rules.ts'
import type { Entry } from './store.ts'

interface Known {
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly negativeList: boolean
}

interface Arrival {
  readonly entry: Entry
  readonly link: Link
  readonly client: Known
  readonly returning: boolean
  /** Of a newcomer, a client of the same manager who may be the same person; null: nobody is like them. */
  readonly like: {
    readonly id: string
    readonly name: string
    readonly businessName: string | null
  } | null
  /** When another referrer, who has the credit, recommended them; null: nobody did. */
  readonly firstOn: Date | null
}

/** The referrer's name; a client of another manager's book by the family name alone. */
const referrerFor = (link: Link, ownerId: string): string =>
  link.staffId === ownerId
    ? link.referrerName
    : shownAs({ name: link.referrerName, isStaff: link.referrerIsStaff })

/** To the manager: somebody came, call them. */
export function arrivalCard(arrival: Arrival, at: Moment, language: Language): Card {
  const { entry, link, client, returning, like, firstOn } = arrival
  const say = speaker(language)
  const referrer = referrerFor(link, client.ownerId)
  const who = [`**${entry.name}**`, entry.business, sayPhone(entry.phone, false)]
  const need = entry.need ? say(`，需要"${entry.need}"`, `; needs "${entry.need}"`) : ''
  const offer = link.offer ? say(`（${link.offer}）`, ` (${link.offer})`) : ''
  if (client.negativeList) {
    const name = entry.name
    const barred = say(
      `${referrer}转介的 ${name} 在负面清单上：已记下，不做营销，不用联系。`,
      `${name}, recommended by ${referrer}, is on the negative list: noted, no marketing, do not call.`,
    )
    return { blocks: [{ kind: 'text', text: barred }, clientButtons(client.id, language)] }
  }
  const text = say(
    `${referrer}转介${offer}：${who.filter(Boolean).join(' · ')} 刚留下联系方式${need}。已排进您的任务，越早联系越好。`,
    `Recommended by ${referrer}${offer}: ${who.filter(Boolean).join(' · ')} just left their details${need}. It is on your list; call soon.`,
  )
  const notes: string[] = []
  const asks: Button[] = []
  if (returning) {
    notes.push(
      say(
        `档案里已有这位客户（${client.name}），算回访，不算新客户。`,
        `On file already (${client.name}): counts as returned, not as new.`,
      ),
    )
  }
  if (returning && nameKey(entry.name) !== nameKey(client.name)) {
    const { name, phone, business: businessName } = entry
    notes.push(
      say(
        `留的名字是 ${name}，和档案不同：是另一个人就另建。`,
        `The name left is ${name}, not that of the file: if it is somebody else, enter them.`,
      ),
    )
    const input = { name, phone, businessName, asNew: true }
    asks.push({ label: say('另建', 'Enter'), intent: { command: 'new-client', input } })
  }
  if (like) {
    const known = [like.name, like.businessName].filter(Boolean).join(' · ')
    notes.push(
      say(`可能就是您已有的客户 ${known}。`, `May be ${known}, who is your client already.`),
    )
    const input = { keptId: like.id, mergedId: client.id }
    asks.push({ label: say('是同一个', 'The same'), intent: { command: 'merge-preview', input } })
  }
  if (firstOn) {
    const on = sayDay(dayIn(firstOn, at.timezone), at.today, language)
    notes.push(
      say(
        `${on} 已由别人转介过，${CREDIT_DAYS} 天内归首位转介人。`,
        `Somebody else recommended them on ${on} and has the credit for ${CREDIT_DAYS} days.`,
      ),
    )
  }
  const more: Block[] = notes.length > 0 ? [{ kind: 'text', text: notes.join('\n') }] : []
  return { blocks: [{ kind: 'text', text }, ...more, clientButtons(client.id, language, asks)] }
}

/** A visitor of whom it is not known yet whether they are one: by the family name alone. */
export const heldName = (name: string): string => shownAs({ name, isStaff: false })

/** To the manager: somebody came, but a lead looks at it before anybody calls. */
export function heldCard(name: string, link: Link, managerId: string, language: Language): Card {
  const say = speaker(language)
  const referrer = referrerFor(link, managerId)
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `${referrer}转介：${heldName(name)} 留下了联系方式，正等主管审核，请先不要联系。审核通过后会马上排进您的任务。`,
          `Recommended by ${referrer}: ${heldName(name)} left their details and waits for a lead's review; please do not call yet. Once it is passed it is on your list at once.`,
        ),
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('我的转介', 'My referrals'),
            intent: { command: 'my-referrals', input: {} },
          },
        ],
      },
    ],
  }
}

/** To the manager: what waited for a review was not taken in. */
export const notTakenCard = (name: string, language: Language): Card => ({
  blocks: [
    {
      kind: 'text',
      text: speaker(language)(
        `等审核的转介 ${heldName(name)} 没有受理，不用联系。`,
        `${heldName(name)}, who waited for a review, was not accepted; do not call.`,
      ),
    },
  ],
})

/** To the manager: the same person wrote again, with another wish. */
export const repeatCard = (client: Known, entry: Entry, language: Language): Card => {
  const say = speaker(language)
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `**${client.name}** 又在转介页留言：需要"${entry.need}"。`,
          `**${client.name}** wrote on the referral page again: needs "${entry.need}".`,
        ),
      },
      clientButtons(client.id, language),
    ],
  }
}

function clientButtons(clientId: string, language: Language, more: readonly Button[] = []): Block {
  const say = speaker(language)
  return {
    kind: 'buttons',
    buttons: [
      {
        label: say('客户', 'Client'),
        style: 'primary',
        intent: { command: 'client', input: { clientId } },
      },
      ...more,
      { label: say('今日', 'Today'), intent: { command: 'today', input: {} } },
    ],
  }
}

/** To the referrer, or to the manager of a client who recommended: somebody came; no names. */
export function referrerCard(
  link: Link,
  credit: 'first' | 'later' | 'none',
  language: Language,
): Card {
  const say = speaker(language)
  const whose = link.referrerIsStaff
    ? say('您的转介码', 'your referral code')
    : say(`${link.referrerName} 的转介码`, `${link.referrerName}'s referral code`)
  const then =
    credit === 'first'
      ? say('已交给客户经理跟进。谢谢。', 'A client manager follows up. Thank you.')
      : credit === 'later'
        ? say(
            `已交给客户经理跟进；这位此前已有人转介，${CREDIT_DAYS} 天内归首位转介人。`,
            `A client manager follows up. Somebody recommended them before and has the credit for ${CREDIT_DAYS} days.`,
          )
        : say(
            '主管审核后由客户经理跟进，这次不计转介。',
            'After a review a client manager follows up; it does not count as a referral.',
          )
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `有人通过${whose}留下了联系方式，${then}`,
          `Somebody left their details by ${whose}. ${then}`,
        ),
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('我的转介', 'My referrals'),
            intent: { command: 'my-referrals', input: {} },
          },
        ],
      },
    ],
  }
}

/** To a reviewer: what came, what speaks against it, and what can be done. */
export function reviewCard(entry: Entry, link: Link, language: Language): Card {
  const say = speaker(language)
  const who = [entry.name, entry.business, sayPhone(entry.phone, true)].filter(Boolean).join(' · ')
  return {
    title: say('转介待审核', 'A referral to review'),
    blocks: [
      {
        kind: 'fields',
        fields: [
          { label: say('来人', 'Visitor'), value: who },
          {
            label: say('推荐人', 'Referrer'),
            value: link.referrerIsStaff
              ? link.referrerName
              : say(
                  `${link.referrerName}（客户，${link.staffName} 名下）`,
                  `${link.referrerName} (a client of ${link.staffName})`,
                ),
          },
          ...(entry.need ? [{ label: say('需要', 'Needs'), value: entry.need }] : []),
        ],
      },
      {
        kind: 'list',
        heading: say('为什么要看', 'Why it waits'),
        items: entry.evidence.map((each) => ({ text: inLanguage(evidenceText(each), language) })),
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('计入转介', 'Count it'),
            style: 'primary',
            intent: { command: 'review-referral', input: { entryId: entry.id, verdict: 'count' } },
          },
          {
            label: say('只联系不计', 'Call, no credit'),
            intent: { command: 'review-referral', input: { entryId: entry.id, verdict: 'call' } },
          },
          {
            label: say('不受理', 'Reject'),
            intent: { command: 'review-referral', input: { entryId: entry.id, verdict: 'reject' } },
          },
        ],
      },
    ],
  }
}
