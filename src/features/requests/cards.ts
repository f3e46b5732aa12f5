import { type Day, sayDay } from '../../core/calendar/time.ts'
import { type Button, type Card, textCard } from '../../core/card.ts'
import { inLanguage, type Language, type Say, speaker, type Text } from '../../core/text.ts'
import { lastDayOf, REQUEST_DAYS, type Request } from './rules.ts'

type Shown = Pick<Request, 'id' | 'askedByName' | 'reason' | 'evidence' | 'askedOn'>

const buttons = (requestId: string, say: Say): Button[] => [
  {
    label: say('确认', 'Confirm'),
    intent: { command: 'confirm-request', input: { requestId } },
  },
  {
    label: say('不同意', 'Decline'),
    intent: { command: 'decline-request', input: { requestId } },
  },
  {
    label: say('调查', 'Enquire'),
    opensForm: true,
    intent: { command: 'request-enquiry-form', input: { requestId } },
  },
]

/** Who asks, what, why, and until when it can be confirmed. */
function wordsOf(
  { askedByName, reason, evidence, askedOn }: Shown,
  what: Text,
  today: Day,
  language: Language,
) {
  const say = speaker(language)
  const by = askedByName ?? say('管理员（服务器上）', 'The administrator (on the server)')
  const last = sayDay(lastDayOf(askedOn), today, language)
  return [
    say(`${by} 请第二人确认：`, `${by} asks for a second person:`),
    `**${inLanguage(what, language)}**`,
    ...(reason ? [say(`理由：${reason}`, `Reason: ${reason}`)] : []),
    ...(evidence ? [say(`证据：${evidence}`, `Evidence: ${evidence}`)] : []),
    say(`确认前不生效，${last} 前有效。`, `Nothing is done before; open until ${last}.`),
  ].join('\n')
}

/** To whoever may confirm. */
export const confirmCard = (asked: Shown, what: Text, today: Day, language: Language): Card =>
  textCard(wordsOf(asked, what, today, language), {
    kind: 'buttons',
    buttons: buttons(asked.id, speaker(language)),
  })

/** To whoever asks: who is to confirm. */
export const askedCard = (confirmers: readonly string[], language: Language): Card =>
  textCard(
    speaker(language)(
      `这要第二个人确认：已请 ${confirmers.join('、')} 确认，${REQUEST_DAYS} 天内有效；确认前不生效。发"待确认"看进展。`,
      `A second person confirms this: ${confirmers.join(', ')} ${confirmers.length === 1 ? 'is' : 'are'} asked to, within ${REQUEST_DAYS} days; until then nothing changes. Say "requests" to see what waits.`,
    ),
  )

/** What waits: for the reader, and what the reader asked of others. */
export function requestsCard(
  mine: readonly { readonly request: Request; readonly what: Text }[],
  asked: readonly { readonly request: Request; readonly what: Text }[],
  today: Day,
  language: Language,
): Card {
  const say = speaker(language)
  const title = say('待确认', 'Waiting for a second person')
  if (mine.length + asked.length === 0) {
    return { title, blocks: [{ kind: 'text', text: say('没有待确认的事。', 'Nothing waits.') }] }
  }
  const waits = ({ request, what }: (typeof asked)[number]) => ({
    text: say(
      `${what.zh}（${sayDay(lastDayOf(request.askedOn), today, 'zh')} 前）`,
      `${what.en} (until ${sayDay(lastDayOf(request.askedOn), today, 'en')})`,
    ),
  })
  return {
    title,
    blocks: [
      ...(mine.length > 0
        ? [
            {
              kind: 'list' as const,
              items: mine.map(({ request, what }, place) => ({
                mark: `${place + 1}`,
                text: wordsOf(request, what, today, language),
                buttons: buttons(request.id, say),
              })),
            },
          ]
        : []),
      ...(asked.length > 0
        ? [
            {
              kind: 'list' as const,
              heading: say('您提出、等别人确认的', 'Asked by you, for others to confirm'),
              items: asked.map(waits),
            },
          ]
        : []),
    ],
  }
}

/** To whoever asked: what became of it. */
export const decidedCard = (by: string, what: Text, confirmed: boolean, language: Language): Card =>
  textCard(
    confirmed
      ? speaker(language)(
          `${by} 已确认，已生效：${what.zh}`,
          `${by} confirmed, and it is done: ${what.en}`,
        )
      : speaker(language)(
          `${by} 不同意：${what.zh}。没有改动，请和他商量。`,
          `${by} did not agree: ${what.en}. Nothing was changed; please talk it over.`,
        ),
  )

/** To whoever asked: nobody confirmed in time. */
export const lapsedCard = (what: Text, language: Language): Card =>
  textCard(
    speaker(language)(
      `${REQUEST_DAYS} 天内没有人确认，已失效：${what.zh}。仍然需要就再提出一次。`,
      `Nobody confirmed within ${REQUEST_DAYS} days, so it lapsed: ${what.en}. Ask anew if it is still wanted.`,
    ),
  )
