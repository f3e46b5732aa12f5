import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../src/app-features.ts'
import { askedByWord, readBehind } from '../../../src/bot/conversation/questions/bare-word.ts'
import type { Utterance } from '../../../src/bot/conversation/utterance.ts'
import { sayableBy } from '../../../src/bot/grammar/commands/sayable.ts'
import { parse } from '../../../src/bot/grammar/parse.ts'
import { ROLES, type Role } from '../../../src/core/staff.ts'
import { MONDAY } from '../../support/bank.ts'
import { momentOf } from '../../support/moment.ts'

const AT = momentOf(MONDAY)

const wordsOf = (role: Role): readonly string[] => [
  ...new Set(sayableBy(role, COMMANDS).flatMap(({ phrases }) => phrases?.words ?? [])),
]

const askedOf = (role: Role, text: string) =>
  askedByWord({ text, sayable: sayableBy(role, COMMANDS), at: AT } as unknown as Utterance)

/** What a word alone says to somebody of a role; null: no command reads it. */
function readOf(role: Role, word: string) {
  const parsed = parse(word, sayableBy(role, COMMANDS), AT)
  if (parsed.kind === 'intent') return parsed.intent.command
  return parsed.kind === 'asks' ? parsed.ask.intent.command : null
}

describe.each(ROLES)('the word of a command, said by a %s and nothing else,', (role) => {
  test('is read, or is asked what it lacks', () => {
    const neither = wordsOf(role).filter((word) => !readOf(role, word) && !askedOf(role, word))
    expect(neither).toEqual([])
  })

  test('is read by a command of that word, never by one of its beginning', () => {
    const wrong = wordsOf(role).flatMap((word) => {
      const read = readOf(role, word)
      const phrases = COMMANDS.find(({ name }) => name === read)?.phrases
      const may = !phrases || phrases.words.includes(word) || phrases.shape?.test(word)
      return may ? [] : [`${word}: ${read}`]
    })
    expect(wrong).toEqual([])
  })

  test('goes on with whom it asks for', () => {
    const said = { client: '张三', colleague: 'M003' } as const
    const stuck = wordsOf(role).flatMap((word) => {
      const asked = readOf(role, word) ? null : askedOf(role, word)
      const [{ expects, slots }] = asked?.doubts ?? [{ expects: 'text', slots: [] }]
      if (expects !== 'client' && expects !== 'colleague') return []
      const utterance = { sayable: sayableBy(role, COMMANDS), at: AT }
      const read = readBehind(word, said[expects], [said[expects]], utterance)
      return read || slots.length > 0 ? [] : [word]
    })
    expect(stuck).toEqual([])
  })
})

test.each([
  ['走访', '走访：哪位客户？', 'client'],
  ['走访？', '走访：哪位客户？', 'client'],
  ['准备一下', '准备一下：哪位客户？', 'client'],
  ['查询', '查询：哪位客户？', 'client'],
  ['需求', '需求：哪位客户？', 'client'],
  ['改期', '改期：哪一件？写编号或客户，比如 3。', 'client'],
  ['门口码', '门口码：哪个客户活动？', 'text'],
  ['visited', 'visited：哪位客户？', 'client'],
])('%s is asked: %s', (said, question, expects) => {
  expect(askedOf('manager', said)?.doubts[0]).toMatchObject({ question: { zh: question }, expects })
})

test.each([
  ['投诉', 'complaints'],
  ['集群', 'clusters'],
  ['新客户', 'new-client-form'],
  ['提醒我', 'remind-me'],
])('%s is read as %s', (said, command) => {
  expect(readOf('manager', said)).toBe(command)
})

test.each(['走', '走访张三', '走访 张三', '张三', ''])('"%s" is no word alone', (said) => {
  expect(askedOf('manager', said)).toBeNull()
})
