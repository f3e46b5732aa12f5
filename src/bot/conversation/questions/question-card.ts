import { sayDay } from '../../../core/calendar/time.ts'
import { daysOffered } from '../../../core/calendar/workdays.ts'
import type { Block, Button, Card } from '../../../core/card.ts'
import { inLanguage, type Language, speaker, type Text } from '../../../core/text.ts'
import { type Doubt, isFree, MOST_OFFERED } from '../../grammar/reading.ts'
import type { Moment } from '../../moment.ts'
import type { Waiting } from '../dialog-store.ts'

/** What a button under a question says: which question, where its answer goes, and the answer. */
export const ANSWER = 'answer-question'

export interface Shown {
  readonly language: Language
  readonly at: Moment
}

/** An answer that is offered: what the button says, and what it stands for. */
export interface Offered {
  readonly label: string
  readonly value: string
}

/** All that is open on one card, with buttons for what has few answers. */
export function questionsCard(open: readonly Waiting[], shown: Shown, why = ''): Card {
  const doubts = doubtsOf(open)
  const [first] = doubts
  if (!first) return { blocks: [] }
  if (doubts.length > 1) {
    return {
      blocks: [...(why ? [{ kind: 'text', text: why } as const] : []), ...listOf(doubts, shown)],
    }
  }
  const text = [why, inLanguage(first.doubt.question, shown.language)].filter(Boolean).join('\n')
  return { blocks: [{ kind: 'text', text }, ...rowOf(buttonsFor(first, shown))] }
}

/**
 * What still is open, below the answer to something else: a line, and a button that asks it whole. `resumed`: what is
 * said next is no answer unless it is taken up first.
 */
export function standingBlocks(
  open: readonly Waiting[],
  { language }: Pick<Shown, 'language'>,
  { resumed = false } = {},
): Block[] {
  const doubts = doubtsOf(open)
  const [first] = doubts
  if (!first) return []
  const say = speaker(language)
  const asked = doubts.slice(0, MOST_NAMED).map(({ doubt }) => briefly(doubt.question, language))
  const all = doubts.length > asked.length ? `${asked.join(' ')} …` : asked.join(' ')
  const how = resumed ? say('说"继续"接着答。', ' Say "continue" to answer it.') : ''
  const text =
    doubts.length > 1
      ? say(
          `还有 ${doubts.length} 件没说清：${all}${how}`,
          `${doubts.length} things are not clear yet: ${all}${how}`,
        )
      : say(`刚才问的还没有答：${all}${how}`, `Not answered yet: ${all}${how}`)
  const intent = { command: ANSWER, input: { question: first.question.key } }
  return [
    { kind: 'text', text },
    { kind: 'buttons', buttons: [{ label: say('接着答', 'Answer it'), intent }] },
  ]
}

/** So many questions are named in a line. */
const MOST_NAMED = 3

/**
 * A question without what it lists or explains: 第 1 件的结果是哪一种：有意向、没接？ Where its first part asks nothing
 * it goes on to what does: 日期"昨天"已经过去了，哪一天？比如 周五。 What asks for a file is no question: 请发来客户表。
 */
function briefly(question: Text, language: Language): string {
  const said = inLanguage(question, language)
  const [first = said] = said.match(CLAUSE) ?? []
  const [whole] = said.match(/^(?:"[^"]*"|[^"？?])+(?=[？?])/) ?? []
  const asked = whole && !ASKS.test(unquoted(first)) ? whole : first
  const asks = /[？?]/.test(unquoted(said)) || ASKS.test(unquoted(asked))
  const [mark, stop] = language === 'zh' ? ['？', '。'] : ['?', '.']
  return `${asked.trim()}${asks ? mark : stop}`
}

const unquoted = (said: string): string => said.replace(/"[^"]*"/g, '')

const CLAUSE = /^(?:"[^"]*"|[^"：:，,。？?;；]|(?<=\d)[,:](?=\d))+/
const ASKS =
  /哪|几|多少|什么|怎么|谁|吗|是否|\b(?:which|what|when|whom?|whose|how|is|are|shall|do|does)\b/i

interface Open {
  readonly question: Waiting
  readonly doubt: Doubt
}

const doubtsOf = (open: readonly Waiting[]): readonly Open[] =>
  open.flatMap((question) =>
    // What its word is asked first may be answered with all the rest.
    (question.begun ? question.doubts.slice(0, 1) : question.doubts).map((doubt) => ({
      question,
      doubt,
    })),
  )

function listOf(doubts: readonly Open[], shown: Shown): Block[] {
  const say = speaker(shown.language)
  return [
    {
      kind: 'list',
      heading: say(`${doubts.length} 件还没说清`, `${doubts.length} things are not clear yet`),
      items: doubts.map((each) => {
        const buttons = buttonsFor(each, shown)
        const text = inLanguage(each.doubt.question, shown.language)
        return buttons.length > 0 ? { text, buttons } : { text }
      }),
    },
  ]
}

const rowOf = (buttons: readonly Button[]): Block[] =>
  buttons.length > 0 ? [{ kind: 'buttons', buttons }] : []

/** The answers to a doubt, where they are few. */
const buttonsFor = (open: Open, shown: Shown): readonly Button[] =>
  offering(open, answersTo(open.doubt, shown))

const offering = ({ question, doubt: { slots } }: Open, offered: readonly Offered[]): Button[] =>
  offered.slice(0, MOST_OFFERED).map(({ label, value }) => ({
    label,
    intent: { command: ANSWER, input: { question: question.key, slot: slots[0] ?? '', value } },
  }))

/** Whether a card of these asks for somebody. */
export const asksFor = (open: readonly Waiting[], whom: 'colleague' | 'client'): boolean =>
  doubtsOf(open).some(({ doubt }) => doubt.expects === whom)

/** Those who are likely, below a card that asks for somebody. */
export const peopleBlocks = (
  open: readonly Waiting[],
  whom: 'colleague' | 'client',
  people: readonly Offered[],
): readonly Block[] =>
  doubtsOf(open)
    .filter(({ doubt }) => doubt.expects === whom)
    .flatMap((each) => rowOf(offering(each, people)))

function answersTo({ expects, question }: Doubt, { language, at }: Shown): readonly Offered[] {
  if (typeof expects === 'object') {
    const offered = labelled(expects.among, language)
    // A question that names some of the answers is about these.
    const asked = inLanguage(question, language)
    const named = offered.filter(({ label }) => asked.includes(label))
    return named.length > 1 ? named : offered
  }
  if (expects !== 'day') return []
  return daysOffered(at).map((day) => ({ label: sayDay(day, at.today, language), value: day }))
}

/** Each value once, by the word for it in this language. */
function labelled(among: Readonly<Record<string, string>>, language: Language): Offered[] {
  const chinese = (word: string) => /\p{Script=Han}/u.test(word)
  const words = Object.entries(among).map(([label, value]) => ({ label, value }))
  return [...new Set(words.map(({ value }) => value))].flatMap((value) => {
    const all = words.filter((each) => each.value === value)
    return all.find(({ label }) => chinese(label) === (language === 'zh')) ?? all.slice(0, 1)
  })
}

/** Whether any text would be the answer to what a question asks first. */
export const takesText = ({ doubts: [{ expects }] }: Pick<Waiting, 'doubts'>): boolean =>
  isFree(expects)
