import type { Context } from '../../../bot/command.ts'
import { type Day, sayWhen } from '../../../core/calendar/time.ts'
import { Choice } from '../../../core/decision.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { Client } from '../../clients/rules.ts'
import type { Named } from '../../staff/store.ts'

/** What several people are to do. */
interface Said {
  /** The client, or what is none. */
  readonly named?: string | undefined
  readonly clientId?: string | undefined
  readonly kind: 'call' | 'visit' | 'other'
  readonly dueOn: Day | null
  readonly dueTime: string | null
  readonly note: string | null
}

const DOES = { call: ['联系', 'call '], visit: ['走访', 'visit '], other: ['', ''] } as const

/**
 * A client has one task of a kind at a time, which one colleague works: which of these it is for, or whether all of them
 * are told, with the day in theirs. `people`: none are the whole team; `client`: null, what they are to do is about none.
 */
export function oneOfThem(
  said: Said,
  people: readonly Named[],
  client: Client | null,
  { at, say }: Context,
): Choice {
  const [zh, en] = DOES[said.kind]
  const about = client?.name ?? said.named ?? ''
  const what = (language: Language) => {
    const in_ = speaker(language)
    return [in_(`${zh}${about}`, `${en}${about}`), said.note].filter(Boolean).join(in_('，', ', '))
  }
  const { dueOn, dueTime } = said
  const when = (language: Language) =>
    dueOn ? speaker(language)('，', ', ') + sayWhen({ dueOn, dueTime }, at.today, language) : ''
  const tells = {
    command: 'notify-team',
    input: {
      to: people.map(({ code }) => code),
      text: say(what('zh'), what('en')),
      dueOn,
      dueTime,
    },
  }
  const all = people.length === 0
  const names = (between: string) => people.map(({ name }) => name).join(between)
  return new Choice(
    client
      ? {
          zh: `一位客户的任务由一位同事办：${what('zh')}${when('zh')}，派给谁？其他人也要去的，发通知。`,
          en: `One colleague works a client's task: who is to ${what('en')}${when('en')}? If the others go too, tell them.`,
        }
      : all
        ? {
            zh: `一件任务由一位同事办，请说派给谁。或者通知全队"${what('zh')}"${when('zh')}？`,
            en: `One colleague works a task: say who. Or tell the team "${what('en')}"${when('en')}?`,
          }
        : {
            zh: `没有客户"${about}"，任务要说和哪位客户。或者通知 ${names('、')}"${what('zh')}"${when('zh')}？`,
            en: `There is no client "${about}", and a task is about one. Or tell ${names(', ')} "${what('en')}"${when('en')}?`,
          },
    [
      ...(client
        ? people.map(({ name, code }) => ({
            label: name,
            intent: { command: 'assign', input: { ...said, clientId: client.id, to: code } },
          }))
        : []),
      {
        label: all
          ? say('通知全队', 'Tell the team')
          : say(`通知这 ${people.length} 人`, 'Tell all'),
        intent: tells,
      },
    ],
  )
}
