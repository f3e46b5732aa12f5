import { type Day, sayDay } from '../../../core/calendar/time.ts'
import { type Card, textCard } from '../../../core/card.ts'
import { Choice } from '../../../core/decision.ts'
import type { Intent } from '../../../core/intent.ts'
import { counted, inLanguage, type Language, speaker } from '../../../core/text.ts'
import { productLabel } from '../../catalogue/rules.ts'
import { sayFilter, type Wording } from '../../clients/filter/labels.ts'
import { SKIP_LABELS, WAY_LABELS } from '../labels.ts'
import { type Choosing, type Receiver, type Shares, SKIPS, sumOf, type Way } from '../rules.ts'

interface Shown {
  readonly name: string
  readonly product: string | null
  readonly talkingPoints: string
  readonly endsOn: Day
  readonly out: { readonly choosing: Choosing; readonly way: Way; readonly perDay: number }
  readonly receivers: readonly Receiver[]
  readonly shares: Shares
}

/** So many people are named with what they get. */
const MOST_NAMED = 30

/** Who gets how many, zeros too, and why some clients go to nobody. */
function shareLines(
  { receivers, shares }: Pick<Shown, 'receivers' | 'shares'>,
  language: Language,
): string[] {
  const say = speaker(language)
  const given = new Map(shares.given.map((each) => [each.staffId, each.clients]))
  const people = receivers.slice(0, MOST_NAMED).map(({ id, name, code, away }) => {
    const many = say(`${given.get(id) ?? 0} 户`, counted(given.get(id) ?? 0, 'client'))
    return away
      ? say(`${name}（${code}）请假，跳过`, `${name} (${code}) is away, skipped`)
      : `${name} ${many}`
  })
  const more = receivers.length - people.length
  const skipped = SKIPS.flatMap((skip) => {
    const count = shares.skipped[skip]
    return count ? [`${inLanguage(SKIP_LABELS[skip], language)} ${count}`] : []
  })
  return [
    ...people,
    ...(more > 0 ? [say(`还有 ${more} 人`, `and ${more} more people`)] : []),
    ...(skipped.length > 0
      ? [say(`不分：${skipped.join('、')}`, `To nobody: ${skipped.join(', ')}`)]
      : []),
  ]
}

/** Before anything is done: who would get how many; `again`: it is not as it was shown. */
export function planChoice(shown: Shown, again: boolean, intent: Intent, wording: Wording): Choice {
  const { name, talkingPoints, endsOn, product, shares, receivers } = shown
  const { choosing, way, perDay } = shown.out
  const question = (language: Language): string => {
    const say = speaker(language)
    const from =
      'filter' in choosing
        ? sayFilter(choosing.filter, { ...wording, language }).join(' · ')
        : say('刚导入的客户表', 'the workbook that was imported')
    const people = receivers.filter(({ away }) => !away).length
    const until = sayDay(endsOn, wording.today, language)
    const about = product ? `${productLabel(wording.catalogue, product, language)} · ` : ''
    return [
      ...(again ? [say('情况有变，请再看一遍。', 'Things have changed; please look again.')] : []),
      say(
        `名单"${name}"：${from}，${sumOf(shares)} 户分给 ${people} 人，${inLanguage(WAY_LABELS[way], 'zh')}，每人每天最多 ${perDay} 件，到 ${until}。`,
        `List "${name}": ${from}; ${counted(sumOf(shares), 'client')} to ${people} people, ${inLanguage(WAY_LABELS[way], 'en')}, at most ${perDay} a day each, until ${until}.`,
      ),
      `${about}${talkingPoints}`,
      ...shareLines({ receivers, shares }, language),
      say('确认后才分配。', 'Nothing is done before you confirm.'),
    ].join('\n')
  }
  const label = speaker(wording.language)('确认分配', 'Share out')
  return new Choice({ zh: question('zh'), en: question('en') }, [{ label, intent }])
}

/** To whoever made it: what went to whom. */
export function madeCard(
  shown: Pick<Shown, 'name' | 'receivers' | 'shares'>,
  language: Language,
): Card {
  const say = speaker(language)
  const head = say(
    `名单"${shown.name}"已分配：**${sumOf(shown.shares)}** 户，每户一件任务，大家已收到通知。`,
    `The list "${shown.name}" is shared out: **${sumOf(shown.shares)}** clients, a task each; everybody was told.`,
  )
  const intent = { command: 'list-progress', input: { name: shown.name } }
  return textCard([head, ...shareLines(shown, language)].join('\n'), {
    kind: 'buttons',
    buttons: [{ label: say('进度', 'Progress'), intent }],
  })
}

/** To each manager who got clients. */
export function receivedCard(
  by: string,
  list: {
    readonly name: string
    readonly talkingPoints: string
    readonly clients: number
    readonly endsOn: Day
  },
  today: Day,
  language: Language,
): Card {
  const say = speaker(language)
  const until = sayDay(list.endsOn, today, language)
  return textCard(
    say(
      `${by}分给您名单"${list.name}"：**${list.clients}** 户，到 ${until}，已排进每天的任务。话术：${list.talkingPoints}`,
      `${by} gave you **${list.clients}** clients of the list "${list.name}", until ${until}; they are among your tasks, day by day. Say: ${list.talkingPoints}`,
    ),
    {
      kind: 'buttons',
      buttons: [
        {
          label: say('我的进度', 'My progress'),
          intent: { command: 'list-progress', input: { name: list.name } },
        },
      ],
    },
  )
}
