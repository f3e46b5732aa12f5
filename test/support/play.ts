import { expect } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { push } from '../../src/features/tasks/list/push-morning.ts'
import type { Bank } from './bank.ts'

/**
 * Plays a transcript against a bank. `M1> text` says a line, `M1> [label]` presses a button of the
 * last card; the lines below must stand in the answer, in that order. `@ time` sets the clock,
 * `push` runs the morning push, and `M1<` shows what that person was told without asking.
 */
export async function play(bank: Bank, transcript: string): Promise<void> {
  let answer = ''
  let from = 0
  for (const line of transcript.split('\n').map((each) => each.trim())) {
    if (!line) continue
    const said = line.match(/^(\w+)> (.+)$/)
    const time = line.match(/^@ (.+)$/)
    const told = line.match(/^(\w+)<$/)
    if (time?.[1]) bank.setClock(time[1])
    else if (line === 'push')
      await push(bank.app.services, bank.app.services.moment(), { dryRun: false })
    else if (said) {
      const [, code = '', text = ''] = said
      const button = text.match(/^\[(.+)\]$/)?.[1]
      const cards = button
        ? await bank.press(code, button)
        : await bank.say(code, text.replaceAll('⏎', '\n'))
      answer = cards.map(render).join('\n')
      from = 0
    } else if (told) {
      const news = await bank.told()
      answer = news
        .filter(({ code }) => code === told[1])
        .map(({ text }) => text)
        .join('\n')
      from = 0
    } else {
      const at = answer.indexOf(line, from)
      expect(at, `"${line}" in:\n${answer}`).toBeGreaterThanOrEqual(0)
      from = at + line.length
    }
  }
}
