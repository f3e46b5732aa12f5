import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../src/app-features.ts'
import type { Command, Context } from '../../../src/bot/command.ts'
import { firstSteps } from '../../../src/bot/commands/first-steps.ts'
import { sayableBy } from '../../../src/bot/grammar/commands/sayable.ts'
import { parse } from '../../../src/bot/grammar/parse.ts'
import { render } from '../../../src/channels/console/render.ts'
import { type Actor, ROLES, type Role } from '../../../src/core/staff.ts'
import { type Language, speaker } from '../../../src/core/text.ts'
import type { Queries } from '../../../src/infra/database/index.ts'
import { MONDAY } from '../../support/bank.ts'
import { momentOf } from '../../support/moment.ts'

const AT = momentOf(MONDAY)
/** So little may these say that all of it stands on one page. */
const FEW_ROLES = new Set<Role>(['staff'])

async function help(text: string, role: Role, language: Language = 'zh') {
  const parsed = parse(text, COMMANDS, AT)
  if (parsed.kind !== 'intent') return null
  const who = { id: '1', code: 'X', name: 'X', role, unitId: '1', unitPath: '/HQ/', language }
  return run(parsed.intent.command, parsed.intent.input, who as unknown as Actor)
}

async function run(name: string, input: unknown, who: Actor) {
  const command = COMMANDS.find((each) => each.name === name)
  const context = { who, say: speaker(who.language) } as Context
  const answer = await command?.run({} as Queries, input, context, () => true)
  return answer?.result === 'done' ? answer.card : null
}

/** What a line says to somebody of a role: the name of the command; null: nothing. */
function saidBy(role: Role, line: string): string | null {
  const parsed = parse(line, sayableBy(role, COMMANDS), AT, EXAMPLE_NAMES)
  if (parsed.kind === 'intent') return parsed.intent.command
  return parsed.kind === 'asks' ? parsed.ask.intent.command : null
}

/** Clients whom the examples of help name. */
const EXAMPLE_NAMES = ['张三', '李四', 'Zhang', 'Li']

/** What help says to say, each by itself. */
const examplesOf = ({ phrases, help }: Command): string[] =>
  phrases ? [help.usage.zh, help.usage.en].flatMap((usage) => usage.split(/ · | \/ /)) : []

describe('an example of help', () => {
  const examples = COMMANDS.filter(({ phrases, roles }) => phrases && roles.length > 0)
  test.each(examples.map(({ name }) => [name]))(
    'of %s is read as that, whoever may say it',
    (name) => {
      const command = COMMANDS.find((each) => each.name === name)
      const wrong = (command?.roles ?? []).flatMap((role) =>
        (command ? examplesOf(command) : []).flatMap((line) => {
          const said = saidBy(role, line)
          return said === name ? [] : [`${role}: "${line}" is ${said}`]
        }),
      )
      expect(wrong).toEqual([])
    },
  )
})

/** Those of a role that begin with a word of another command, too: 投诉 makes one, settles it and lists them. */
const namesakes = (role: Role, { name, phrases }: Command): Command[] =>
  sayableBy(role, COMMANDS).filter(
    (other) =>
      other.name !== name && other.phrases?.words.some((word) => phrases?.words.includes(word)),
  )

test('of two commands that begin with one word, one at most reads what either is said by', () => {
  const both = COMMANDS.flatMap((command) =>
    command.roles.flatMap((role) =>
      namesakes(role, command).flatMap((other) =>
        examplesOf(command)
          .filter((line) => parse(line, [other], AT, EXAMPLE_NAMES).kind === 'intent')
          .map((line) => `${role}: "${line}" is ${command.name} and ${other.name}`),
      ),
    ),
  )
  expect(both).toEqual([])
})

describe('help', () => {
  test.each(ROLES)('of a %s fits one screen, and every topic opens', async (role) => {
    const card = await help('帮助', role)
    expect(card && render(card).split('\n').length).toBeLessThan(FEW_ROLES.has(role) ? 26 : 8)
    const buttons = card?.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    for (const { label } of buttons ?? []) {
      const topic = await help(`帮助 ${label}`, role)
      expect(topic?.title).toContain(label)
    }
  })

  test('names every other command that is said in words under exactly one topic', async () => {
    const said = COMMANDS.filter(
      ({ name, phrases, roles }) => name !== 'help' && phrases && roles.includes('manager'),
    )
    const card = await help('help', 'manager', 'en')
    const topics = card?.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    const pages = await Promise.all(
      (topics ?? []).map(async ({ label }) => {
        const page = await help(`help ${label}`, 'manager', 'en')
        return page ? render(page).split('\n') : []
      }),
    )
    const lines = pages.flat()
    for (const { help: own } of said) {
      expect(lines.filter((line) => line.replace('· ', '') === own.usage.en)).toHaveLength(1)
    }
  })

  test.each(ROLES)('a %s hears of three things to begin with, all theirs', async (role) => {
    for (const language of ['zh', 'en'] as const) {
      const who = { id: '1', name: 'X', role, unitPath: '/HQ/', language } as Actor
      const steps = firstSteps(COMMANDS, who)
      expect(steps).toHaveLength(3)
      for (const { name, help: own, roles } of steps) {
        expect(roles).toContain(role)
        const [said = ''] = own.usage[language].split(/ · | \/ /)
        const parsed = parse(said, COMMANDS, AT)
        expect(parsed).toMatchObject({ kind: 'intent', intent: { command: name } })
      }
      const card = await run('welcome', {}, who)
      expect(card && render(card)).toContain(steps[0]?.help.usage[language])
    }
  })

  test('of a topic that there is not is not understood', async () => {
    expect(await help('帮助 天气', 'manager')).toBeNull()
  })
})
