import { z } from 'zod'
import type { Card } from '../core/card.ts'
import type { Actor } from '../core/staff.ts'
import { inLanguage } from '../core/text.ts'
import { type Command, query } from './command.ts'
import { wholeLine } from './words/reading.ts'

/** `help`: what this person may say. Made last, as it speaks of all the others. */
export const helpCommand = (commands: readonly Command[]): Command =>
  query({
    name: 'help',
    roles: 'everyone',
    help: {
      usage: { zh: '帮助', en: 'help' },
      purpose: { zh: '可以说什么', en: 'what you can say' },
    },
    phrases: { words: ['帮助', '怎么用', '菜单', 'help', '?', '？'], read: wholeLine({}) },
    input: z.unknown(),
    load: async () => null,
    allow: () => null,
    reply: (_facts, _input, { who }) => helpCard(commands, who),
  })

function helpCard(commands: readonly Command[], who: Actor): Card {
  const theirs = commands.filter(
    ({ phrases, roles }) => phrases && (roles === 'everyone' || roles.includes(who.role)),
  )
  const items = theirs.map(({ help }) => ({
    text: `**${inLanguage(help.usage, who.language)}**\n${inLanguage(help.purpose, who.language)}`,
  }))
  const title = who.language === 'zh' ? '可以这样说' : 'What you can say'
  return { title, blocks: [{ kind: 'list', items }] }
}
