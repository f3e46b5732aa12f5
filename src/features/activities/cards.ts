import type { Moment } from '../../bot/moment.ts'
import { addDays, type Day, sayDay } from '../../core/calendar/time.ts'
import { type Block, type Button, type Card, type ListItem, textCard } from '../../core/card.ts'
import type { Actor } from '../../core/staff.ts'
import { type Language, speaker } from '../../core/text.ts'
import { type Activity, takesPart } from './rules.ts'

const when = (activity: Activity, today: Day, language: Language): string =>
  [sayDay(activity.heldOn, today, language), activity.startsAt].filter(Boolean).join(' ')

export interface Guest {
  readonly name: string
  readonly businessName: string | null
  readonly came: boolean
}

/** Guests named in one card at most. */
const MOST_NAMED = 30

/** To the manager of a client whose number was given at the door, though nobody invited them. */
export function cameCard(
  activity: Activity,
  client: { readonly id: string; readonly name: string },
  language: Language,
): Card {
  const say = speaker(language)
  return textCard(
    say(
      `有人在"${activity.name}"门口用您的客户 **${client.name}** 的手机号签到，客户没有在邀请名单上。是本人就请主办方登记到场。`,
      `Somebody signed in at "${activity.name}" with the phone number of your client **${client.name}**, who was not invited. If it was them, have the hosts note that they came.`,
    ),
    {
      kind: 'buttons',
      buttons: [
        {
          label: say('本人到场', 'They came'),
          intent: { command: 'attend', input: { activityId: activity.id, clientIds: [client.id] } },
        },
      ],
    },
  )
}

/** One activity: when, where, who is invited and who came; `others`: guests whom the reader does not serve. */
export function activityCard(
  activity: Activity,
  { guests, others }: { readonly guests: readonly Guest[]; readonly others: number },
  today: Day,
  who: Actor,
): Card {
  const say = speaker(who.language)
  const blocks: Block[] = [
    {
      kind: 'fields',
      fields: [
        { label: say('时间', 'When'), value: when(activity, today, who.language) },
        { label: say('地点', 'Where'), value: activity.place },
        { label: say('主办', 'Host'), value: activity.hostName },
        { label: say('已邀请', 'Invited'), value: `${activity.invited}` },
        { label: say('到场', 'Came'), value: `${activity.attended}` },
      ],
    },
  ]
  if (guests.length > 0) {
    const items = guests.slice(0, MOST_NAMED).map(
      ({ name, businessName, came }): ListItem => ({
        text: [`**${name}**`, businessName, came && say('到场', 'came')]
          .filter(Boolean)
          .join(' · '),
      }),
    )
    blocks.push({ kind: 'list', heading: say('您的客户', 'Your clients'), items })
  }
  if (others > 0) {
    const text = say(`同事的客户 ${others} 位。`, `Clients of colleagues: ${others}.`)
    blocks.push({ kind: 'text', text })
  }
  if (activity.cancelled) {
    blocks.push({ kind: 'text', text: say('已取消。', 'Cancelled.') })
  } else if (takesPart(who, activity)) {
    blocks.push({
      kind: 'text',
      text: say(
        `回复"邀请 ${activity.name} 张三、李四"，当天回复"到场 ${activity.name} 张三"。`,
        `Reply "invite ${activity.name} Zhang, Li", and on the day "came ${activity.name} Zhang".`,
      ),
    })
    const input = { activityId: activity.id }
    const buttons: Button[] = [
      { label: say('门口码', 'Door code'), intent: { command: 'door-code', input } },
    ]
    if (who.id === activity.hostId) {
      buttons.push({
        label: say('取消活动', 'Cancel it'),
        intent: { command: 'cancel-activity', input },
      })
    }
    blocks.push({ kind: 'buttons', buttons })
  }
  return { title: activity.name, blocks }
}

/** The events of a series that was planned, with those on a day off said. */
export function seriesCard(
  events: readonly Activity[],
  { today, workdays }: Pick<Moment, 'today' | 'workdays'>,
  language: Language,
): Card {
  const say = speaker(language)
  const [first] = events
  const items = events.map((event): ListItem => {
    const off = workdays.isWorkday(event.heldOn) ? null : say('休息日', 'a day off')
    return {
      text: [`**${event.name}**`, when(event, today, language), off].filter(Boolean).join(' · '),
    }
  })
  return {
    title: first?.series ?? say('客户活动', 'Client events'),
    blocks: [
      {
        kind: 'text',
        text: say(
          `已排 ${events.length} 场，地点 ${first?.place}。"邀请 ${first?.series} 张三"指最近的一场；"取消客户活动 ${first?.name}"取消一场，"取消客户活动 ${first?.series} 全部"全部取消。`,
          `${events.length} events are planned, at ${first?.place}. "invite ${first?.series} Zhang" means the next one; "cancel event ${first?.name}" calls off one, "cancel event ${first?.series} all" the rest.`,
        ),
      },
      { kind: 'list', items },
    ],
  }
}

export function activitiesCard(
  activities: readonly Activity[],
  today: Day,
  language: Language,
): Card {
  const say = speaker(language)
  const intent = { command: 'activity-form', input: {} }
  const items = activities.map(
    (activity): ListItem => ({
      text: `**${activity.name}** · ${when(activity, today, language)} · ${activity.place}\n${say(`邀请 ${activity.invited}，到场 ${activity.attended}`, `${activity.invited} invited, ${activity.attended} came`)}`,
      buttons: [
        {
          label: say('查看', 'Look'),
          intent: { command: 'activity', input: { activityId: activity.id } },
        },
      ],
    }),
  )
  return {
    title: say('客户活动', 'Client events'),
    blocks: [
      items.length > 0
        ? { kind: 'list', items }
        : { kind: 'text', text: say('近期没有客户活动。', 'There are no client events.') },
      {
        kind: 'buttons',
        buttons: [{ label: say('新建', 'New'), opensForm: true, intent }],
      },
    ],
  }
}

export function activityFormCard(today: Day, language: Language): Card {
  const say = speaker(language)
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: say('新的客户活动', 'A new client event'),
          submit: say('保存', 'Save'),
          intent: { command: 'save-activity', input: {} },
          fields: [
            {
              name: 'name',
              label: say('名称', 'Name'),
              type: 'text',
              required: true,
              hint: say('如 春茶沙龙', 'such as TeaSalon'),
            },
            {
              name: 'heldOn',
              label: say('日期', 'Day'),
              type: 'date',
              required: true,
              value: addDays(today, 7),
            },
            {
              name: 'startsAt',
              label: say('时间', 'Time'),
              type: 'text',
              required: false,
              hint: say('如 14:30', 'such as 14:30'),
            },
            { name: 'place', label: say('地点', 'Where'), type: 'text', required: true },
          ],
        },
      },
    ],
  }
}
