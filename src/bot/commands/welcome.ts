import { z } from 'zod'
import { type Button, textCard } from '../../core/card.ts'
import { type Command, query } from '../command.ts'
import { firstSteps, stepsButtons, stepsList } from './first-steps.ts'
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
      const steps = firstSteps(commands, who)
      const help: Button = { label: say('帮助', 'Help'), intent: { command: 'help', input: {} } }
      return textCard(
        say(`${who.name}，您好。直接说就行：`, `Hello ${who.name}. Just say it:`),
        stepsList(steps, who),
        { kind: 'buttons', buttons: [...stepsButtons(steps, who), help] },
      )
    },
  })
