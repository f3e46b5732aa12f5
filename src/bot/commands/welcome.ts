import { z } from 'zod'
import { type Button, textCard } from '../../core/card.ts'
import { type Command, query } from '../command.ts'
import { readOwn } from './policy.ts'

/** What a person hears who opens the chat, and their first steps. Made last, as it names others. */
export const welcomeCommand = (commands: readonly Command[]): Command =>
  query({
    name: 'welcome',
    may: readOwn,
    aloud: true,
    help: {
      usage: { zh: '（打开对话）', en: '(opening the chat)' },
      purpose: { zh: '问候和常用功能', en: 'a greeting and the first steps' },
    },
    input: z.unknown(),
    load: async () => null,
    reply: (_facts, _input, { who, say }) => {
      const theirs = new Set(
        commands.filter(({ roles }) => roles.includes(who.role)).map(({ name }) => name),
      )
      const steps = [
        { command: 'today', label: say('今日', 'Today') },
        { command: 'my-code', label: say('我的码', 'My code') },
        { command: 'help', label: say('帮助', 'Help') },
      ]
      const buttons = steps
        .filter(({ command }) => command === 'help' || theirs.has(command))
        .map(({ command, label }): Button => ({ label, intent: { command, input: {} } }))
      return textCard(
        say(
          `${who.name}，您好。直接说就行，如"今日"、"帮助"。`,
          `Hello ${who.name}. Just say it, such as "today" or "help".`,
        ),
        { kind: 'buttons', buttons },
      )
    },
  })
