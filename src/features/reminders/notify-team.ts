import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import { dayField, timeField } from '../../bot/grammar/fields.ts'
import type { Asker } from '../../bot/policy.ts'
import { pathOf } from '../../bot/policy.ts'
import { sayWhen } from '../../core/calendar/time.ts'
import { type Card, textCard } from '../../core/card.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import { few, type Language, speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { findMember } from '../staff/resolve-colleague.ts'
import { goneFault, isGone } from '../tasks/hours-rules.ts'
import { NOTIFY_PHRASES } from './notify-words.ts'
import * as policy from './policy.ts'
import { type Reminder, USUAL_HOUR } from './rules.ts'
import { keepReminder, type Member, membersBelow } from './store.ts'

const input = z.object({
  /** Names or staff codes; none: everybody below. */
  to: z
    .union([z.array(z.string()), z.string().transform((said) => said.split(/[\s,，、;；]+/))])
    .default([])
    .transform((said) => said.filter(Boolean)),
  text: z
    .string({ error: '请写通知什么。 Please say what.' })
    .trim()
    .min(1, '请写通知什么。 Please say what.')
    .max(500),
  dueOn: dayField,
  dueTime: timeField,
  /** Who would be told was shown. */
  sure: z.boolean().default(false),
})
type Input = z.infer<typeof input>

interface Told {
  readonly members: readonly Member[]
  readonly text: string
  /** Stands in their days too, where a day or an hour was said. */
  readonly reminder: Reminder | null
}

/** More people than that are told once it was shown how many they are. */
const AT_ONCE = 20

/** A word to my people; one with a day or an hour is a reminder of theirs too. */
export const notifyTeam = command<Input, Told, Told>({
  name: 'notify-team',
  may: policy.notifyTeam,
  help: {
    usage: { zh: '通知全队 下午4点开会', en: 'tell the team meeting at 4pm' },
    purpose: {
      zh: '给团队或几位同事发一句话；说了时间，就也排进他们的日程：通知 张三、李四 周五走访五金市场',
      en: 'a word to your team or some of it; with a time it stands in their days too',
    },
  },
  phrases: NOTIFY_PHRASES,
  input,
  load,
  decide({ members, text, reminder }, said, { at, say }): Told | Refusal | Choice {
    if (reminder && (reminder.dueOn < at.today || isGone(reminder.dueOn, reminder.dueTime, at))) {
      return new Refusal(goneFault(reminder.dueTime))
    }
    if (members.length <= AT_ONCE || said.sure) return { members, text, reminder }
    return new Choice(
      {
        zh: `发给 ${members.length} 人："${text}"？`,
        en: `Tell ${members.length} people "${text}"?`,
      },
      [
        {
          label: say('发送', 'Send'),
          intent: { command: 'notify-team', input: { ...said, sure: true } },
        },
      ],
    )
  },
  async save(tx, { members, text, reminder }, { who, at, actId, tell }) {
    for (const { id } of members) {
      if (reminder) await keepReminder(tx, reminder, { staffId: id, actId, now: at.now })
      await tell(id, (language) => wordCard(who.name, text, reminder, at.today, language))
    }
  },
  reply: (told, _facts, { at, who }) => sentCard(told, at.today, who.language),
})

async function load(
  tx: Queries,
  { to, text, dueOn, dueTime }: Input,
  { who, reach, at }: Context & Asker,
): Promise<Told | Refusal> {
  const below = await membersBelow(tx, pathOf({ who, reach }), who.id)
  const members: Member[] = []
  for (const said of to) {
    const member = await findMember(tx, { who, reach }, said)
    if (member instanceof Refusal) return member
    const found = below.find(({ id }) => id === member.id)
    if (!found) return refuse(`${member.name} 已离职。`, `${member.name} has left.`)
    if (!members.includes(found)) members.push(found)
  }
  if (to.length === 0) members.push(...below)
  if (members.length === 0) {
    return refuse('您的团队里还没有其他人。', 'There is nobody else in your unit yet.')
  }
  const timed = dueOn !== null || dueTime !== null
  const when = { dueOn: dueOn ?? at.today, dueTime: dueTime ?? USUAL_HOUR }
  const isToday = when.dueOn === at.today && dueTime === null
  const about = { note: `${who.name}：${text}`, clientId: null, clientName: null }
  return { members, text, reminder: timed && !isToday ? { ...when, ...about } : null }
}

function wordCard(
  by: string,
  text: string,
  reminder: Reminder | null,
  today: Reminder['dueOn'],
  language: Language,
): Card {
  const say = speaker(language)
  const when = reminder && sayWhen(reminder, today, language)
  const reminded = when ? say(`\n${when} 提醒您。`, `\nYou will be reminded ${when}.`) : ''
  return textCard(say(`**${by}** 通知：${text}${reminded}`, `**${by}**: ${text}${reminded}`))
}

function sentCard({ members, reminder }: Told, today: Reminder['dueOn'], language: Language): Card {
  const say = speaker(language)
  const names = (those: readonly Member[], of: Language) =>
    few(
      those.map(({ name }) => name),
      of,
    )
  const reached = members.filter((each) => each.reached)
  const others = members.filter((each) => !each.reached)
  const when = reminder && sayWhen(reminder, today, language)
  return textCard(
    [
      reached.length > 0
        ? say(
            `已通知 ${reached.length} 人：${names(reached, 'zh')}。`,
            `Told ${reached.length}: ${names(reached, 'en')}.`,
          )
        : say('没有人收到。', 'Nobody was reached.'),
      when && say(`${when} 也在他们的日程里。`, `It stands in their days, too: ${when}.`),
      others.length > 0 &&
        say(
          `${names(others, 'zh')} 还没有开通聊天，收不到。`,
          `${names(others, 'en')} cannot be reached in chat yet.`,
        ),
    ]
      .filter(Boolean)
      .join('\n'),
  )
}
