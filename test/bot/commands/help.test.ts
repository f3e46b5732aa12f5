import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../src/app-features.ts'
import type { Context } from '../../../src/bot/command.ts'
import { parse } from '../../../src/bot/grammar/parse.ts'
import { render } from '../../../src/channels/console/render.ts'
import { ROLES, type Role } from '../../../src/core/staff.ts'
import { type Language, speaker } from '../../../src/core/text.ts'
import type { Queries } from '../../../src/infra/database/index.ts'
import { MONDAY } from '../../support/bank.ts'
import { momentOf } from '../../support/moment.ts'

const AT = momentOf(MONDAY)

async function help(text: string, role: Role, language: Language = 'zh') {
  const parsed = parse(text, COMMANDS, AT)
  if (parsed.kind !== 'intent') return null
  const command = COMMANDS.find(({ name }) => name === parsed.intent.command)
  const who = { id: '1', code: 'X', name: 'X', role, unitId: '1', unitPath: '/HQ/', language }
  const context = { who, say: speaker(language) } as Context
  const answer = await command?.run({} as Queries, parsed.intent.input, context, () => true)
  return answer?.result === 'done' ? answer.card : null
}

describe('help', () => {
  test.each(ROLES)('of a %s fits one screen, and every topic opens', async (role) => {
    const card = await help('帮助', role)
    expect(card && render(card).split('\n').length).toBeLessThan(30)
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

  test('of a topic that there is not is not understood', async () => {
    expect(await help('帮助 天气', 'manager')).toBeNull()
  })
})
